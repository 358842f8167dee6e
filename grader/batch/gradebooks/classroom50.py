"""Classroom 50: `scores.csv` as `gh teacher download` writes it, a line an attempt, the newest of a login first.

`username[,first_name,last_name,email,section],score,max_score,datetime,submission_tag,submitted_by,review_url,late,
override`. Scores are whole numbers. The file is an export only: Classroom 50 does not read it back.
"""

from collections.abc import Sequence

from grader.batch.gradebooks.columns import chosen, column_of
from grader.batch.gradebooks.layout import Layout, Values, points_of, value_at
from grader.batch.gradebooks.numbers import Style
from grader.batch.gradebooks.people import Key, fold, indexed
from grader.batch.gradebooks.sheet import Sheet
from grader.endings import UsageError

WORDS = frozenset({"username", "email", "score", "max_score", "submission_tag", "review_url", "late", "override"})
REMEDY = "It is the scores.csv that `gh teacher download` writes beside the repositories."


def understand(sheet: Sheet, wanted: str | None) -> Layout:
    """Find the newest line of every login and its score. Raises `UsageError`."""
    header = sheet.values(0)
    login, override = column_of(header, {"username"}), column_of(header, {"override"})
    grade = column_of(header, {"score"})
    if wanted is not None:
        grade = chosen(header, wanted, range(len(header)), path=sheet.path)
    if login is None or grade is None:
        raise UsageError(f"{sheet.path} is no scores.csv of Classroom 50: it lacks username or score. {REMEDY}")
    newest: dict[str, tuple[int, list[str]]] = {}
    for row, values in sheet.rows():
        newest.setdefault(fold(value_at(values, login)), (row, values))
    newest.pop("", None)
    rows = list(newest.values())

    def kept(values: Values) -> str | None:
        by_hand = value_at(values, override).strip().lower() not in ("", "false")
        return "a teacher has set this score (override)" if by_hand else None

    return Layout(
        title=header[grade],
        labels={row: value_at(values, login) for row, values in rows},
        keys=[
            Key("username", indexed(((value_at(v, login), row) for row, v in rows), fold), ("login", "id"), fold),
            Key("email", indexed(_emails(header, rows), fold), ("email",), fold),
        ],
        grade=grade,
        points=points_of(rows, column_of(header, {"max_score"})),
        kept=kept,
        style=Style(places=0),
        teams=_teams(header, rows),
        notes=["Classroom 50 does not read scores.csv back: this one is for another system, or for your records."],
    )


def _emails(header: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> list[tuple[str, int]]:
    column = column_of(header, {"email"})
    return [(value_at(values, column), row) for row, values in rows]


def _teams(header: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> dict[int, list[int]]:
    """Return row -> all rows of the same submission: a team has one repository, and a line for each member."""
    column = column_of(header, {"review_url"})
    together: dict[str, list[int]] = {}
    for row, values in rows:
        if value_at(values, column):
            together.setdefault(value_at(values, column), []).append(row)
    return {row: team for team in together.values() for row in team}
