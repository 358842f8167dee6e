"""Any class in any gradebook: who has an id of their own gets just their own grade, and nobody else's cell changes."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.batch.gradebooks.records import opened, record
from tests.batch.records import student

# Names meet, also as another's id; some are dangerous in a spreadsheet or to CSV.
NAMES = st.sampled_from(["Ada", "ada", "Grace, Hopper", "=1+1", '"', "a\nb", "11", "12", "é"])
CLASSES = st.dictionaries(st.integers(10, 20).map(str), NAMES, min_size=1)
SCORES = st.dictionaries(st.integers(10, 24).map(str), st.one_of(st.none(), st.integers(0, 100)))

HEADERS = {
    "canvas": ["Student", "ID", "Section", "Compose (5)"],
    "moodle": ["Full name", "Identifier", "Status", "Grade", "Maximum grade", "Grade can be changed"],
    "gradescope": ["Name", "SID", "Email", "Total Score"],
    "classroom50": ["first_name", "username", "late", "score"],
    "csv": ["name", "id", "room", "points"],
}
GRADE = 3


def row_of(kind: str, ident: str, name: str) -> list[str]:
    """Return the line of a student."""
    if kind == "moodle":
        return [name, f"Participant {ident}", "", "", "100.00", "Yes"]
    return [name, ident, "", ""]


def fill(kind: str, folder: Path, class_: Mapping[str, str], scores: Mapping[str, int | None]) -> list[list[str]]:
    """Return the filled file, as `csv` reads it."""
    path = folder / "class.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADERS[kind], *(row_of(kind, ident, name) for ident, name in class_.items())])
    gradebook = opened(kind, path, folder / "out")
    for ident, score in scores.items():
        # GitHub's logins are no ids, the others know no logins.
        whose = {"login": ident} if kind == "classroom50" else {"id": ident}
        gradebook.add(record(f"submission {ident}", score, student=student(**whose)))
    gradebook.finish()
    with (folder / "out" / "class.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(io.StringIO(file.read(), newline="")))


@pytest.mark.parametrize("kind", HEADERS)
@settings(max_examples=40, deadline=None)
@given(class_=CLASSES, scores=SCORES)
def test_everybody_gets_their_own_grade(
    kind: str, tmp_path_factory: pytest.TempPathFactory, class_: dict[str, str], scores: dict[str, int | None]
) -> None:
    """By id; and who could not be graded, or has handed in nothing, has an empty cell."""
    expected = [HEADERS[kind]]
    for ident, name in class_.items():
        row = row_of(kind, ident, name)
        score = scores.get(ident)
        row[GRADE] = "" if score is None else str(score)
        expected.append(row)

    assert expected == fill(kind, tmp_path_factory.mktemp("class"), class_, scores)
