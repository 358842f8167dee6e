"""The results of an earlier run, as far as a later one is compared with them. Any part of the file may be damaged."""

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from grader.batch.output_files import RESULTS
from grader.batch.records import MAX_LINE_BYTES, checks_of, key_of
from grader.endings import UsageError

MAX_SHAPES = 1000  # rubrics in one file; there is one, or two after a change that was not finished
NO_RECORD = (KeyError, TypeError, ValueError, AttributeError, RecursionError)  # what the reading of other data raises


class Result(NamedTuple):
    """What a run said about one submission.

    `checks` maps each check to its outcome, its points and its greatest points; it is empty where nothing could be
    graded. `files` tells which files were looked at, as the run recorded it.
    """

    status: str
    score: int | None
    checks: Mapping[str, tuple[str, int, int]]
    files: str


def result_of(record: Mapping[str, Any]) -> Result:
    """Return what a record says. Raises `KeyError`, `TypeError` or `ValueError` for what is no record."""
    report = record["report"]
    score = report["score"]
    if not (score is None or isinstance(score, int)):
        raise ValueError("a score is a whole number")
    checks = {
        str(check["id"]): (str(check["outcome"]), int(check["score"]), int(check["max_score"]))
        for check in checks_of(record)
    }
    return Result(str(report["status"]), score, checks, json.dumps(record.get("files"), sort_keys=True))


class EarlierRun:
    """The results of an earlier run by submission, in a file of their own that is gone with the process.

    `old` is the output folder of that run, or its `results.jsonl`; it is read at once, because the new run may write
    into the same folder. `damaged` is the number of lines that are no records. Raises `UsageError`.
    """

    def __init__(self, old: str) -> None:
        self.path = os.path.join(old, RESULTS) if os.path.isdir(old) else old
        self.damaged = 0
        self._base = sqlite3.connect("", isolation_level=None)  # "": a temporary file, deleted by SQLite
        self._base.execute("PRAGMA journal_mode=OFF")
        self._base.execute("PRAGMA synchronous=OFF")
        self._base.execute("CREATE TABLE old (id TEXT PRIMARY KEY, result TEXT) WITHOUT ROWID")
        # the checks and their greatest points are the same in nearly all records: each record keeps a number for them
        self._shapes: dict[tuple[tuple[str, int], ...], int] = {}
        self._shape_list: list[tuple[tuple[str, int], ...]] = []
        try:
            self._read()
        except OSError as error:
            self.close()
            raise UsageError(
                f"--regrade {old}: {self.path} cannot be read ({error.strerror}). "
                f"Give the folder that an earlier run wrote, or its {RESULTS}."
            ) from error
        if not self.count and self.damaged:
            self.close()
            raise UsageError(f"--regrade {old}: {self.path} holds no results. Give the folder of an earlier run.")

    def _read(self) -> None:
        self._base.execute("BEGIN")
        for submission, result in self._lines():
            # a submission stands in a file once; should it not, the last line counts, as in a resumed run
            self._base.execute("INSERT OR REPLACE INTO old VALUES (?, ?)", (submission, result))
        self._base.execute("COMMIT")
        (self.count,) = self._base.execute("SELECT count(*) FROM old").fetchone()

    def _lines(self) -> Iterator[tuple[str, str]]:
        with open(self.path, "rb") as file:
            while line := file.readline(MAX_LINE_BYTES):
                if not line.endswith(b"\n") and len(line) == MAX_LINE_BYTES:
                    while (rest := file.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                        pass
                    self.damaged += 1
                    continue
                try:
                    record = json.loads(line)
                    yield key_of(record["submission"]), self._packed(result_of(record))
                except NO_RECORD:
                    self.damaged += bool(line.strip())

    def _packed(self, result: Result) -> str:
        shape = tuple((check, most) for check, (_, _, most) in result.checks.items())
        if shape not in self._shapes:
            if len(self._shapes) == MAX_SHAPES:
                raise ValueError("too many rubrics in one file")
            self._shapes[shape] = len(self._shape_list)
            self._shape_list.append(shape)
        words = [word for word, _, _ in result.checks.values()]
        scores = [score for _, score, _ in result.checks.values()]
        packed = (result.status, result.score, self._shapes[shape], words, scores, result.files)
        return json.dumps(packed, separators=(",", ":"))

    def _unpacked(self, text: str) -> Result:
        status, score, shape, words, scores, files = json.loads(text)
        known = zip(self._shape_list[shape], words, scores, strict=True)
        return Result(status, score, {check: (word, points, most) for (check, most), word, points in known}, files)

    def take(self, submission: str) -> Result | None:
        """Return what was said about a submission, and forget it; None: it was not there."""
        key = key_of(submission)
        row = self._base.execute("SELECT result FROM old WHERE id = ?", (key,)).fetchone()
        if row is None:
            return None
        self._base.execute("DELETE FROM old WHERE id = ?", (key,))
        return self._unpacked(row[0])

    def rest(self) -> Iterator[tuple[str, Result]]:
        """Yield the submissions that nobody took, sorted by their ids."""
        for key, text in self._base.execute("SELECT id, result FROM old ORDER BY id"):
            yield key, self._unpacked(text)

    def close(self) -> None:
        """Delete what was kept."""
        self._base.close()
