"""Classroom 50: the clones of `gh teacher download`, `{classroom}-{assignment}-{login}/` with a `.classroom50.yaml`.

Beside them lies `scores.csv`, a line an attempt, newest first: it tells names, lateness and who handed in nothing.
"""

import os
import re
from collections.abc import Iterator, Mapping

from grader.batch.sources.classroom50_scores import FILE, MAX_SCORES_BYTES, Row, read_scores
from grader.batch.sources.folder import read_small
from grader.batch.sources.github import GUESSED, common_prefix
from grader.batch.sources.holding import Holding, Loaded, is_loose_name, stem
from grader.batch.sources.notes import Notes
from grader.batch.sources.plain import NO_SUBMISSION
from grader.batch.submission import InMemory, Nothing, OnDisk, Student, Submission
from grader.reports.clean import clean_line

TITLE = "a folder of Classroom 50 clones"
MARKER = ".classroom50.yaml"
UNKNOWN = f"Neither its name nor its {MARKER} tells whose it is."

LOOKED_INTO = 10  # folders
_CLASSROOM = re.compile(rb"^classroom:[ \t]*[\"']?([\w.-]+)", re.MULTILINE)
_ASSIGNMENT = re.compile(rb"^assignment:[ \t]*[\"']?([\w.-]+)", re.MULTILINE)
_OWN = frozenset([FILE, "result.json", "results.json"])


def recognise(holding: Holding) -> bool:
    """Tell whether most of the first folders hold the marker of Classroom 50."""
    folders = [name for name, is_folder in holding.glance.units if is_folder][:LOOKED_INTO]
    return sum(MARKER in holding.glance.inside(name) for name in folders) * 2 > len(folders)


def submissions(holding: Holding, notes: Notes) -> Iterator[Submission]:
    """Yield a submission a clone, with all of its team, and one for each who handed in nothing."""
    rows = _rows(holding, notes)
    prefix = common_prefix([name for name, is_folder in holding.glance.units if is_folder])
    teams = _teams(rows)
    missing = dict(rows)
    for unit in holding.units(notes):
        if unit.name in _OWN:
            continue
        if not unit.is_folder and not is_loose_name(unit.name):
            notes.count(NO_SUBMISSION, unit.name)
            continue
        loaded = unit.load()
        login, remarks = _login(unit.name, loaded, rows, prefix)
        if login is None:
            name = clean_line(unit.name if unit.is_folder else stem(unit.name))
            yield Submission(name, loaded.content, remarks=(UNKNOWN, *loaded.remarks))
            continue
        row = rows.get(login.casefold())
        submission = Submission(login, loaded.content, Student(login=login), remarks=(*remarks, *loaded.remarks))
        mates = [mate for mate in teams.get(row.review_url, ()) if mate is not row] if row is not None else []
        yield _with_row(submission, row)._replace(members=tuple(_student(mate) for mate in mates))
        for known in (login, *(mate.login for mate in mates)):
            missing.pop(known.casefold(), None)
    for row in missing.values():
        reason = "Nothing was handed in." if not row.handed_in else "It was handed in, and its clone is not there."
        yield _with_row(Submission(row.login, Nothing(reason), _student(row)), row)


def _rows(holding: Holding, notes: Notes) -> Mapping[str, Row]:
    data = holding.read(FILE, MAX_SCORES_BYTES)
    if data is None:
        return {}
    rows = read_scores(data)
    if not rows:
        notes.say(f"{FILE} could not be read; names and lateness are not known.")
    return rows


def _teams(rows: Mapping[str, Row]) -> Mapping[str | None, list[Row]]:
    """Return the rows of each submission that several share: a team has one clone, called after one of them."""
    found: dict[str | None, list[Row]] = {}
    for row in rows.values():
        if row.review_url is not None:
            found.setdefault(row.review_url, []).append(row)
    return found


def _student(row: Row) -> Student:
    return Student(login=row.login, name=row.name, email=row.email)


def _login(name: str, loaded: Loaded, rows: Mapping[str, Row], common: str) -> tuple[str | None, tuple[str, ...]]:
    """Tell the login: what is left of the folder's name without classroom and assignment, else by the class list."""
    marker = _marker(loaded)
    classroom, assignment = _CLASSROOM.search(marker), _ASSIGNMENT.search(marker)
    if classroom is not None and assignment is not None:
        prefix = f"{classroom[1].decode()}-{assignment[1].decode()}-"
        if name.startswith(prefix) and len(name) > len(prefix):
            return clean_line(name[len(prefix) :]), ()
    known = [row.login for key, row in rows.items() if name.casefold().endswith("-" + key)]
    if known:
        return max(known, key=len), ()
    if common and name.startswith(common) and len(name) > len(common):
        login = clean_line(name[len(common) :])
        return login, (GUESSED.format(login=login),)
    return None, ()


def _marker(loaded: Loaded) -> bytes:
    if isinstance(loaded.content, OnDisk):
        return read_small(os.path.join(loaded.content.path, MARKER)) or b""
    return loaded.content.files.get(MARKER, b"") if isinstance(loaded.content, InMemory) else b""


def _with_row(submission: Submission, row: Row | None) -> Submission:
    """Add what `scores.csv` says; only the last attempt is there to be graded."""
    if row is None:
        return submission
    attempts = max(1, row.attempts)
    return submission._replace(
        student=_student(row), attempt=attempts, attempts=attempts, late=row.late, handed_in=row.handed_in
    )
