"""`results.jsonl`: one line a submission, in their order, and what a run finds there of an earlier one.

A run writes its lines one after the other. As long as they are those that stand there already, nothing is written at
all: that is a resume. Where the first other line comes, what follows is moved to a second file, from which later lines
are taken as they come up. So the run may be ended at any moment, and whatever was written is found again: all that was
graded but for the chunk whose lines wait for one another.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import nullcontext, suppress
from typing import BinaryIO, NamedTuple

from grader.batch.kept_files import cut_half_line, lock, open_kept
from grader.batch.output_files import RESULTS, RESULTS_EARLIER
from grader.batch.records import MAX_LINE_BYTES, head_of, is_whole, key_of, name_in
from grader.endings import CommandFailed

COPY_BYTES = 1024 * 1024
INDEX_CACHE_KIB = 16 * 1024


class Known(NamedTuple):
    """An earlier line: which file of the two it is in, where, and what it says of the resume."""

    earlier: bool
    start: int
    length: int
    basis: str
    files: Mapping[str, str | None]


class Results:
    """The results of one run. Use as a context manager; `finish` when all submissions are through."""

    def __init__(self, folder: str, *, fresh: bool = False) -> None:
        self.path = os.path.join(folder, RESULTS)
        self._earlier_path = os.path.join(folder, RESULTS_EARLIER)
        self._fresh = fresh
        self._file = open_kept(self.path)
        lock(self._file, self.path)
        self._earlier = open_kept(self._earlier_path)
        cut_half_line(self._file)
        cut_half_line(self._earlier)
        # a database of its own, on disk where it is large, gone when it is closed
        self._index = sqlite3.connect("")
        self._index.execute(f"PRAGMA cache_size = -{INDEX_CACHE_KIB}")
        self._index.execute(
            "CREATE TABLE lines (id TEXT PRIMARY KEY, earlier INT, start INT, length INT) WITHOUT ROWID"
        )
        self.found = self._read_index()
        if fresh:  # only now: before the lock they may be another run's
            self._file.truncate(0)
            self._earlier.truncate(0)
        self._end = 0  # up to here the file is what this run has written, or found to be right
        self._size = self._file.seek(0, os.SEEK_END)
        self._waiting: list[bytes] = []  # lines before `_end` that are not written yet: nothing stands behind them
        # what was moved away began here in the file, and lies there in the second one
        self._moved: tuple[int, int] | None = None

    def __enter__(self) -> "Results":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with suppress(CommandFailed) if kind else nullcontext():  # on a full disk it fails once more
            self.flush()
        with suppress(OSError) if kind else nullcontext():
            self._earlier.close()
        if os.path.exists(self._earlier_path) and os.path.getsize(self._earlier_path) == 0:
            os.remove(self._earlier_path)
        for opened in (self._index, self._file):  # the file last: it holds the lock
            with suppress(OSError) if kind else nullcontext():
                opened.close()

    def known(self, submission: str) -> Known | None:
        """Return the earlier line of a submission, None if there is none that holds. Each is asked for once."""
        if not self.found:
            return None
        row = self._index.execute(
            "SELECT earlier, start, length FROM lines WHERE id = ?", (key_of(submission),)
        ).fetchone()
        if row is None:
            return None
        self._index.execute("DELETE FROM lines WHERE id = ?", (key_of(submission),))
        if self._fresh:
            return None
        earlier, start, length = row
        line = self._line(bool(earlier), start, length)
        if not is_whole(line):
            return None
        data = head_of(line)
        return Known(bool(earlier), start, length, data["basis"], data["files"])

    def keep(self, known: Known) -> bytes:
        """Take over an earlier line as the next one, and return it."""
        line = self._line(known.earlier, known.start, known.length)
        if not known.earlier and self._moved is None and known.start == self._end:
            self._end += known.length
        else:
            self.add(line)
        return line

    def add(self, line: bytes) -> None:
        """Put down the next line, unless it stands there already. It is written with the next `flush`."""
        if self._end < self._size:
            self._file.seek(self._end)
            if self._file.read(len(line)) == line:
                self._end += len(line)
                return
            self._move_rest()
        self._waiting.append(line)
        self._end += len(line)
        self._size = self._end

    def flush(self) -> None:
        """Write the lines that wait, behind all others. Raises `CommandFailed`."""
        lines = b"".join(self._waiting)
        self._waiting.clear()
        if not lines:
            return
        try:
            self._file.seek(0, os.SEEK_END)
            self._file.write(lines)
            self._file.flush()
        except OSError as error:
            raise CommandFailed(
                f"{self.path} cannot be written: {error.strerror}. What was graded so far is kept: "
                "mend this, and the same command goes on from there."
            ) from error

    def finish(self, *, keep_rest: bool = False) -> Iterator[str]:
        """Leave nothing in the file but the lines of this run, and yield the submissions that are no longer there.

        `keep_rest`: not all could be read. The earlier lines then wait in the second file for the next run.
        """
        self.flush()
        if keep_rest and self._end < self._size:
            self._move_rest()
        self._file.truncate(self._end)
        os.fsync(self._file.fileno())
        if keep_rest:
            return
        self._earlier.truncate(0)
        for (gone,) in self._index.execute("SELECT id FROM lines"):
            yield gone

    def _line(self, earlier: bool, start: int, length: int) -> bytes:
        file = self._earlier if earlier else self._file
        if not earlier and self._moved is not None and start >= self._moved[0]:
            file, start = self._earlier, self._moved[1] + start - self._moved[0]
        file.seek(start)
        return file.read(length)

    def _move_rest(self) -> None:
        """Move what follows to the second file: first there, then away from here, so that nothing is ever nowhere."""
        base = self._earlier.seek(0, os.SEEK_END)
        self._file.seek(self._end)
        while block := self._file.read(COPY_BYTES):
            self._earlier.write(block)
        self._earlier.flush()
        os.fsync(self._earlier.fileno())
        self._moved = (self._end, base)
        self._file.truncate(self._end)
        self._size = self._end

    def _read_index(self) -> int:
        """Note where each line is, the newest of each submission; return their number."""
        for earlier, file in ((True, self._earlier), (False, self._file)):
            self._index.executemany("INSERT OR REPLACE INTO lines VALUES (?, ?, ?, ?)", _places(file, earlier))
        self._index.commit()
        count: int = self._index.execute("SELECT count(*) FROM lines").fetchone()[0]
        return count


def _places(file: BinaryIO, earlier: bool) -> Iterator[tuple[str, bool, int, int]]:
    file.seek(0)
    start = 0
    while line := file.readline(MAX_LINE_BYTES):
        name = name_in(line)
        if name is not None:
            yield key_of(name), earlier, start, len(line)
        start += len(line)
