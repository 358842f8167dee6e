"""A list of paths: CSV with a header, or JSON Lines, a line a submission.

    path,student,name,email,login            {"path": "week3/ada", "login": "ada"}
    week3/ada,1001,Ada L,ada@example.org,ada

Only the path is needed. It starts in the list's folder and may lead anywhere: whoever grades wrote the list. A folder
or an archive is read as such, a file alone. A student with several lines has several attempts, the last one counts.
"""

import os
from collections import Counter
from collections.abc import Iterator

from grader.batch.opening.kinds import is_archive_name
from grader.batch.opening.members import shown
from grader.batch.sources.holding import Glance, Holding, Order, Unit, stem
from grader.batch.sources.list_lines import Line, read_lines
from grader.batch.sources.notes import Notes
from grader.batch.sources.seen import Seen
from grader.batch.submission import Content, LooseFile, Nothing, OnDisk, Packed, Student, Submission
from grader.compose.discovery import NAMES
from grader.reports.clean import clean_line

TITLE = "a CSV or JSON Lines list of paths"
ENDINGS = (".csv", ".tsv", ".jsonl", ".ndjson")
SAME_ID = "Another line has the same student id, {id}, and another name."

Owner = tuple[str, str]


class PathList:
    """The file that holds the list, read once to count. It has no units: what it names may lie anywhere."""

    is_archive = False
    glance = Glance("", (), lambda name: ())

    def __init__(self, path: str) -> None:
        self.path = os.path.abspath(path)
        self.count = 0
        self.lines_of: Counter[Owner] = Counter()  # only of who has several
        self.lines_of_id: Counter[str] = Counter()
        owners, ids = Seen(), Seen()
        for line in read_lines(self.path):
            self.count += 1
            owner = _owner(line)
            if owner is not None and not owners.add("\0".join(owner)):
                self.lines_of[owner] += 1
            if line.student is not None and not ids.add(line.student):
                self.lines_of_id[line.student] += 1

    def names(self) -> None:
        """Units have names; there are none."""

    def units(self, notes: Notes, order: Order | None = None) -> Iterator[Unit]:
        """Yield nothing."""
        return iter(())

    def read(self, name: str, limit: int) -> bytes | None:
        """Return nothing."""
        return None


def recognise(holding: Holding) -> bool:
    """Tell whether it is a list."""
    return isinstance(holding, PathList)


def submissions(holding: Holding, notes: Notes) -> Iterator[Submission]:
    """Yield a submission a line."""
    assert isinstance(holding, PathList)
    folder = os.path.dirname(holding.path)
    met: Counter[Owner] = Counter()
    for line in read_lines(holding.path):
        owner = _owner(line)
        attempt = attempts = 1
        if owner is not None and owner in holding.lines_of:
            attempts = holding.lines_of[owner] + 1
            met[owner] += 1
            attempt = met[owner]
        name = _id(line)
        yield Submission(
            id=name if attempt == attempts or line.submission is not None else f"{name} (attempt {attempt})",
            content=_content(line, folder),
            student=None if owner is None else Student(line.student, line.name, line.email, line.login),
            attempt=attempt,
            attempts=attempts,
            late=line.late,
            handed_in=line.handed_in,
            remarks=_remarks(line, holding, attempts),
        )


def _owner(line: Line) -> Owner | None:
    who = line.student or line.login or line.email or ""
    return (who, line.name or "") if who or line.name else None


def _remarks(line: Line, holding: PathList, attempts: int) -> tuple[str, ...]:
    if line.student is not None and holding.lines_of_id.get(line.student, 0) + 1 > attempts:
        return (SAME_ID.format(id=line.student),)
    return ()


def _id(line: Line) -> str:
    known = line.submission or line.login or line.student or line.email
    if known is not None:
        return known
    folder, name = os.path.split(line.path.replace("\\", "/").rstrip("/"))
    if name in NAMES:
        name = os.path.basename(folder) or name
    return clean_line(stem(name)) or line.name or f"line {line.number}"


def _content(line: Line, folder: str) -> Content:
    if line.fault is not None:
        return Nothing(line.fault)
    if not line.path:
        return Nothing("The list names no file.")
    if "\0" in line.path:
        return Nothing("The list names a file that cannot be.")
    path = os.path.realpath(os.path.join(folder, line.path))
    if "\\" in line.path and not os.path.exists(path):  # a list that was written on Windows
        path = os.path.realpath(os.path.join(folder, line.path.replace("\\", "/")))
    if os.path.isdir(path):
        return OnDisk(path)
    if os.path.isfile(path):
        return Packed(os.path.basename(path), path, None) if is_archive_name(path) else LooseFile(path)
    there = "is no ordinary file" if os.path.exists(path) else "is not there"
    return Nothing(f"{shown(line.path)} {there}. Paths of the list start in its folder.")
