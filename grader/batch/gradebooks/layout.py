"""What a kind of gradebook says about one file: which rows are students, what finds them, and where the grade goes."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.batch.gradebooks.numbers import Style, read_number
from grader.batch.gradebooks.people import Key

Values = Sequence[str]


class Layout(NamedTuple):
    """One file, understood. Rows and columns are counted from 0; the header is row 0.

    `labels` names every row that may get a grade, in the order of the file. `points` tells what the grade of a row is
    out of (None: the file does not say, the score is written as it is). `kept` tells why the grade of a row must not be
    touched, as the end of a sentence (None: it may be). `new_title` is the title of a grade column that the file does
    not have yet. `feedback` is the column of a comment. `groups` finds the rows of a whole group by its folded name,
    `teams` the rows that share one submission. `notes` are sentences that end the report.
    """

    title: str
    labels: Mapping[int, str]
    keys: Sequence[Key]
    grade: int
    points: Callable[[Values], Fraction | None]
    kept: Callable[[Values], str | None]
    style: Style
    new_title: str | None = None
    feedback: int | None = None
    groups: Mapping[str, Sequence[int]] = {}
    teams: Mapping[int, Sequence[int]] = {}
    notes: Sequence[str] = ()


def points_of(rows: Sequence[tuple[int, Values]], maximum: int | None) -> Callable[[Values], Fraction | None]:
    """Return what tells the points of a row: its own maximum, else the only one in the file. 0 says nothing."""
    known = {read_number(value_at(values, maximum)) for _, values in rows} - {None, 0}
    common = known.pop() if len(known) == 1 else None
    return lambda values: read_number(value_at(values, maximum)) or common


def value_at(values: Values, column: int | None) -> str:
    """Return what a cell says; a row may be shorter than its header, a column may be missing."""
    return values[column] if column is not None and column < len(values) else ""
