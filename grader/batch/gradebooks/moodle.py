"""Moodle: the grading worksheet of an assignment (mod/assign `gradingtable.php`, `feedback/offline/`).

`Identifier,Full name[,ID number][,Email address],Status[,Group],Grade,Maximum grade,Grade can be changed,Last modified
(submission)[,Online text],Last modified (grade),Feedback comments`, titles in the language of the site. The identifier
is `Participant N` with the number that the folders of the download carry. Only Grade and Feedback comments change.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from grader.batch.gradebooks.columns import chosen, column_of
from grader.batch.gradebooks.feedback import is_ours
from grader.batch.gradebooks.layout import Layout, Values, value_at
from grader.batch.gradebooks.numbers import Style, decimal_mark, read_number
from grader.batch.gradebooks.people import Key, fold, fold_name, indexed
from grader.batch.gradebooks.sheet import Sheet
from grader.endings import UsageError

WORDS = frozenset({"identifier", "full name", "status", "grade", "maximum grade", "feedback comments"})
REMEDY = (
    "Download it in Moodle: the assignment, Submissions, Actions, Download grading worksheet "
    "(feedback type 'Offline grading worksheet' switched on)."
)
# What stands behind Grade, from its column on: the maximum, may it be changed, two dates.
MAXIMUM, CHANGEABLE, DATES = 1, 2, 2
_PARTICIPANT = re.compile(r"\D*?([0-9]+)")
Rows = Sequence[tuple[int, list[str]]]


class Columns(NamedTuple):
    """Where things are; None: the worksheet has no such column (or no title that we know)."""

    ident: int
    name: int | None
    number: int | None
    email: int | None
    group: int | None
    grade: int
    feedback: int | None


def understand(sheet: Sheet, wanted: str | None) -> Layout:
    """Find the columns by English title, else by what stands in them. Raises `UsageError`."""
    header, rows = sheet.values(0), list(sheet.rows())
    if not rows:
        raise UsageError(f"{sheet.path} has no students. {REMEDY}")
    columns = _columns(sheet, header, rows, wanted)
    maxima = [value_at(values, columns.grade + MAXIMUM) for _, values in rows]
    _refuse_bad_maxima(sheet, header, rows, columns)
    english = column_of(header, {"grade can be changed"}) is not None
    grades = [value_at(values, columns.grade) for _, values in rows]

    def kept(values: Values) -> str | None:
        locked = english and value_at(values, columns.grade + CHANGEABLE).strip().lower() == "no"
        return "the grade cannot be changed in Moodle" if locked else None

    return Layout(
        title=header[columns.grade],
        labels={row: _label(values, columns) for row, values in rows},
        keys=_keys(rows, columns),
        grade=columns.grade,
        points=lambda values: read_number(value_at(values, columns.grade + MAXIMUM)),
        kept=kept,
        style=Style(mark=decimal_mark([*maxima, *grades])),
        feedback=columns.feedback,
        groups=_groups(rows, columns),
        notes=[]
        if columns.feedback is not None
        else ["No column for feedback comments was found: only grades are in."],
    )


def _columns(sheet: Sheet, header: Sequence[str], rows: Rows, wanted: str | None) -> Columns:
    if column_of(header, {"scale"}) is not None and column_of(header, {"maximum grade"}) is None:
        raise UsageError(
            f"{sheet.path}: the assignment is graded with a scale of words, which points do not fit. "
            "Set its grade type to Point in Moodle and download the worksheet anew."
        )
    ident = column_of(header, {"identifier"})
    ident = _ident(rows, len(header)) if ident is None else ident
    if ident is None:
        raise UsageError(
            f"{sheet.path} is no grading worksheet of Moodle: no column holds 'Participant 1234'. {REMEDY}"
        )
    grade = (
        column_of(header, {"grade"}) if wanted is None else chosen(header, wanted, range(len(header)), path=sheet.path)
    )
    if grade is None:
        grade = _grade(sheet, header, rows)
    # Not Identifier or Status: other languages have these words too.
    translated = column_of(header, {"maximum grade"}) is None
    feedback = column_of(header, {"feedback comments"})
    return Columns(
        ident=ident,
        name=_names(rows, ident + 1) if translated else column_of(header, {"full name"}),
        number=column_of(header, {"id number"}),
        email=column_of(header, {"email address"}),
        # Status, Group, Grade: a group's name is no word for a status, so the neighbour can be asked in any language.
        group=grade - 1 if translated and grade - 1 > ident + 1 else column_of(header, {"group"}),
        grade=grade,
        feedback=_last_if_empty(header, rows, grade) if translated and feedback is None else feedback,
    )


def _ident(rows: Rows, width: int) -> int | None:
    """Return the column in which every cell ends in a number of its own, with the same word before it."""
    for at in range(width):
        cells = [value_at(values, at).strip() for _, values in rows]
        found = [_PARTICIPANT.fullmatch(cell) for cell in cells]
        words = {cell[: match.start(1)] for cell, match in zip(cells, found, strict=True) if match}
        if all(found) and len(words) == 1 and words != {""} and len(set(cells)) == len(cells):
            return at
    return None


def _names(rows: Rows, column: int) -> int | None:
    """Return the column if most cells in it differ: under blind marking there are no names, and it is the status."""
    return column if 2 * len({value_at(values, column) for _, values in rows}) > len(rows) else None


def _grade(sheet: Sheet, header: Sequence[str], rows: Rows) -> int:
    """Return the column whose right neighbour is the same number for everybody: the maximum."""

    def column(at: int) -> list[str]:
        return [value_at(values, at).strip() for _, values in rows]

    def may_be_grade(at: int) -> bool:
        maxima = set(column(at + MAXIMUM))
        top = read_number(next(iter(maxima))) if len(maxima) == 1 else None
        grades = [(cell, read_number(cell)) for cell in column(at)]
        return bool(top) and all(cell in ("", "-") or (n is not None and n <= (top or 0)) for cell, n in grades)

    found = [at for at in range(1, len(header) - 1) if may_be_grade(at)]
    if len(found) == 1:
        return found[0]
    raise UsageError(
        f"{sheet.path}: its titles are not English, and the cells do not tell which column is the grade: "
        f'name it behind a colon, as in --gradebook "moodle={sheet.path}:Bewertung". {REMEDY}'
    )


def _last_if_empty(header: Sequence[str], rows: Rows, grade: int) -> int | None:
    """Return the last column if nothing but ours is in it: the dates before it say at least `-`."""
    last = len(header) - 1
    empty = all(is_ours(value_at(values, last)) for _, values in rows)
    return last if empty and last > grade + CHANGEABLE + DATES else None


def _refuse_bad_maxima(sheet: Sheet, header: Sequence[str], rows: Rows, columns: Columns) -> None:
    for row, values in rows:
        if not read_number(value_at(values, columns.grade + MAXIMUM)):
            title = header[columns.grade + MAXIMUM] if columns.grade + MAXIMUM < len(header) else "Maximum grade"
            raise UsageError(f"{sheet.path}, line {sheet.line(row)}: {title!r} is no number above 0. {REMEDY}")


def _label(values: Values, columns: Columns) -> str:
    ident, name = value_at(values, columns.ident), value_at(values, columns.name)
    return f"{name} ({ident})" if name and columns.name != columns.ident else ident


def _keys(rows: Rows, columns: Columns) -> list[Key]:
    def cells(column: int | None) -> Iterable[tuple[str, int]]:
        return ((value_at(values, column), row) for row, values in rows)

    numbers = ((text.split()[-1] if text.split() else "", row) for text, row in cells(columns.ident))
    numbers = ((re.sub(r"^\D+", "", text), row) for text, row in numbers)
    return [
        Key("participant number", indexed(numbers, fold), ("id",), fold),
        Key("ID number", indexed(cells(columns.number), fold), ("id", "login"), fold, confirm=True),
        Key("email address", indexed(cells(columns.email), fold), ("email", "login"), fold),
        Key("full name", indexed(cells(columns.name), fold_name), ("name",), fold_name, name=True),
    ]


def _groups(rows: Rows, columns: Columns) -> dict[str, list[int]]:
    """Return the rows of each group: a team hands in one folder, named after the group."""
    groups: dict[str, list[int]] = {}
    if columns.group is not None:
        for row, values in rows:
            name = fold_name(value_at(values, columns.group))
            if name:
                groups.setdefault(name, []).append(row)
    return groups
