"""Gradescope: the CSV of one assignment (Review Grades > Download Grades > CSV).

`First Name,Last Name` (or `Name`)`,SID,Email[,Sections],Total Score,Max Points,Status,Submission ID,...`. Gradescope
takes no such file back: scores go in through an autograder. The filled file is for another system, or for the records.
"""

from collections.abc import Iterable, Sequence

from grader.batch.gradebooks.columns import chosen, column_of
from grader.batch.gradebooks.layout import Layout, Values, points_of, value_at
from grader.batch.gradebooks.numbers import Style
from grader.batch.gradebooks.people import Key, fold, fold_name, indexed
from grader.batch.gradebooks.sheet import Sheet
from grader.endings import UsageError

WORDS = frozenset({"name", "first name", "last name", "sid", "email", "total score", "max points", "status"})
REMEDY = "Download it in Gradescope: the assignment, Review Grades, Download Grades, Download CSV."


def understand(sheet: Sheet, wanted: str | None) -> Layout:
    """Find SID, Email and Total Score (or the column that `wanted` names). Raises `UsageError`."""
    header, rows = sheet.values(0), list(sheet.rows())
    ident, email = column_of(header, {"sid"}), column_of(header, {"email"})
    grade = column_of(header, {"total score"})
    if wanted is not None:
        grade = chosen(header, wanted, range(len(header)), path=sheet.path)
    if grade is None or (ident is None and email is None):
        raise UsageError(
            f"{sheet.path} is no CSV of a Gradescope assignment: it lacks SID and Email, or Total Score. {REMEDY}"
        )
    return Layout(
        title=header[grade],
        labels={row: _name(header, values) or value_at(values, email) for row, values in rows},
        keys=_keys(header, rows, ident, email),
        grade=grade,
        points=points_of(rows, column_of(header, {"max points"})),
        kept=lambda values: None,
        style=Style(),
        notes=["Gradescope takes no scores from a file: this one is for another system, or for your records."],
    )


def _name(header: Sequence[str], values: Values) -> str:
    parts = [value_at(values, column_of(header, {title})).strip() for title in ("name", "first name", "last name")]
    return " ".join(part for part in parts if part)


def _keys(
    header: Sequence[str], rows: Sequence[tuple[int, list[str]]], ident: int | None, email: int | None
) -> list[Key]:
    def cells(column: int | None) -> Iterable[tuple[str, int]]:
        return ((value_at(values, column), row) for row, values in rows)

    names = ((_name(header, values), row) for row, values in rows)
    return [
        Key("SID", indexed(cells(ident), fold), ("id",), fold),
        Key("email", indexed(cells(email), fold), ("email", "login", "id"), fold),
        Key("name", indexed(names, fold_name), ("name",), fold_name, name=True),
    ]
