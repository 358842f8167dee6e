"""The gradebook of an LMS, filled in: one module a kind, all listed here.

A kind is a module with `WORDS` (titles that it knows, lower case, which tell the separator) and
`understand(sheet, wanted) -> Layout`, which raises `UsageError` for a file that is not of its kind.
"""

import os
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from grader.batch import output_files
from grader.batch.gradebooks import canvas, classroom50, gradescope, moodle, plain
from grader.batch.gradebooks.filling import FilledGradebook
from grader.batch.gradebooks.layout import Layout
from grader.batch.gradebooks.sheet import Sheet, read_sheet
from grader.endings import UsageError
from grader.exercise import Check
from grader.spelling import did_you_mean

LIST_SUFFIX = "-not-filled.csv"


class Kind(Protocol):
    """What a module of a kind has."""

    @property
    def WORDS(self) -> Collection[str]:
        """Titles in lower case by which the right separator is known."""

    def understand(self, sheet: Sheet, wanted: str | None) -> Layout:
        """Find the students and the column for the grade."""


GRADEBOOKS: Mapping[str, Kind] = {
    "canvas": canvas,
    "moodle": moodle,
    "gradescope": gradescope,
    "classroom50": classroom50,
    "csv": plain,
}


def open_gradebooks(wishes: Sequence[str], out: str, *, checks: Sequence[Check] = ()) -> list[FilledGradebook]:
    """Open every `KIND=FILE` or `KIND=FILE:COLUMN` of a command line; no two of them write the same file.

    `out` is the folder for what is filled in, `checks` are those of the rubric, for comments. Raises `UsageError`
    at once for what cannot be filled later: the kind is unknown, the file cannot be read, is not of this kind, or does
    not tell which column takes the grade.
    """
    parsed = [_parsed(wish) for wish in wishes]
    taken = [os.path.join(out, name) for name in output_files.ALL]
    originals = [_split(place)[0] for _, place in parsed]
    for path in originals:
        if _meets(path, taken):
            raise UsageError(f"{path} would be overwritten by the results of the same name: move it out of {out}.")
    taken += originals
    opened = []
    for kind, place in parsed:
        target = _target(kind, _split(place)[0], out, taken)
        if os.path.lexists(target) and not output_files.is_from_a_run(out):
            raise UsageError(
                f"{target} is there already, and from no earlier run: it would be overwritten. Move it away."
            )
        taken += [target, _list_of(target)]
        opened.append(_opened(kind, place, target, checks))
    return opened


def _parsed(wish: str) -> tuple[str, str]:
    kind, equals, place = wish.partition("=")
    if not equals or not place or kind not in GRADEBOOKS:
        near = did_you_mean(kind, list(GRADEBOOKS)) if equals and kind not in GRADEBOOKS else ""
        kinds = ", ".join(GRADEBOOKS)
        raise UsageError(f"--gradebook {wish}: write KIND=FILE, as in canvas=grades.csv.{near} The kinds are {kinds}.")
    return kind, place


def _opened(kind: str, place: str, target: str, checks: Sequence[Check]) -> FilledGradebook:
    path, wanted = _split(place)
    sheet = read_sheet(path, GRADEBOOKS[kind].WORDS)
    layout = GRADEBOOKS[kind].understand(sheet, wanted)
    return FilledGradebook(sheet, layout, target=target, list_path=_list_of(target), checks=checks)


def _split(place: str) -> tuple[str, str | None]:
    """Split `FILE:COLUMN`. A name may hold colons (and begin with a drive): the longest that is a file counts."""
    at = len(place)
    while at > 0:
        if os.path.isfile(place[:at]):
            return place[:at], place[at + 1 :].strip() or None
        at = place.rfind(":", 0, at)
    at = place.lower().find(".csv:")
    return (place, None) if at < 0 else (place[: at + 4], place[at + 5 :].strip() or None)


def _target(kind: str, path: str, out: str, taken: Sequence[str]) -> str:
    """Return where the filled file goes: under its own name; if that is taken, `name-canvas.csv`, `name-canvas-2.csv`.

    Taken is also what would overwrite an original, and what a file system without case would take for the same.
    """
    stem, extension = os.path.splitext(os.path.basename(path))
    number = 1
    name = f"{stem}{extension}"
    while _meets(os.path.join(out, name), taken) or _meets(_list_of(os.path.join(out, name)), taken):
        name = f"{stem}-{kind}{extension}" if number == 1 else f"{stem}-{kind}-{number}{extension}"
        number += 1
    return os.path.join(out, name)


def _meets(path: str, taken: Sequence[str]) -> bool:
    return any(_real(path) == _real(other) for other in taken)


def _real(path: str) -> str:
    return os.path.realpath(path).casefold()


def _list_of(target: str) -> str:
    return os.path.splitext(target)[0] + LIST_SUFFIX
