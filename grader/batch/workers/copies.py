"""What many hand in unchanged, such as the skeleton: its outcome is worked out twice and then taken over.

Nearly every file is there once, so of the first one with its bytes only a digest is kept.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from grader.batch.opening.looked import HOW, Looked, same_looks
from grader.batch.opening.opened import DEFAULT_FILE, Opened
from grader.report import Report

MAX_SEEN = 10_000  # digests
MAX_KEPT = 32  # outcomes

# By what a compose file may tell its folder from another beside it: `environment: [PWD]`, `${PWD}`, `../ada`. Escapes
# could write that in other letters, and a NUL tells of another encoding.
_TELLING = (b"PWD", b"COMPOSE_", b"$", b"..", b"\\", b"\0")
_NOT_READ = frozenset([None, "file", "folder", "special", "outside", "too large", "unreadable"])


class Outcome(NamedTuple):
    """All that the files of a submission decide, whosever it is. `files` tells what grading looked at."""

    report: Report
    files: Mapping[str, str | None]
    choices: Mapping[str, str]
    traits: Sequence[str]

    @property
    def is_fault(self) -> bool:
        """Tell whether the grader itself failed."""
        return self.report.reason is not None and self.report.reason.kind == "grader"


class Copies:
    """The outcomes that submissions of one process share: those that each of them would have alone."""

    def __init__(self) -> None:
        self._seen: dict[str, None] = {}
        self._kept: dict[tuple[str, str], Outcome] = {}

    def outcome(self, opened: Opened, work_out: Callable[[Looked], Outcome]) -> Outcome:
        """Return what `work_out` says of a submission, or has said of one in which it would look at the very same."""
        looked = Looked(opened)
        name = opened.compose_files[0] if opened.compose_files else DEFAULT_FILE
        main = looked.hold(name)
        if main is None or main.digest not in self._seen:
            if main is not None:
                _make_room(self._seen, MAX_SEEN)
                self._seen[main.digest] = None
            return work_out(looked)
        key = (main.digest, _place(opened.folder, main.data))
        kept = self._kept.pop(key, None)
        if kept is None or not same_looks(opened, kept.files):
            kept = work_out(looked)
            if kept.is_fault or not _read_only(name, kept.files):
                return kept
        _make_room(self._kept, MAX_KEPT)
        self._kept[key] = kept  # the last one to be forgotten
        return kept._replace(report=kept.report._replace(folder=opened.folder))


def _place(folder: str, text: bytes) -> str:
    """Return the folder above where nothing in a text depends on the folder's own name, else the folder."""
    above = os.path.dirname(folder)
    told = above.encode("utf-8", "surrogateescape") in text or any(telling in text for telling in _TELLING)
    return folder if told else above


def _read_only(name: str, files: Mapping[str, str | None]) -> bool:
    """Tell whether a file of this name was all that was read."""
    return all(seen in _NOT_READ or path in (HOW, name) for path, seen in files.items())


def _make_room(among: dict[Any, Any], most: int) -> None:
    if len(among) >= most:
        del among[next(iter(among))]
