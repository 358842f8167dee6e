"""`gradebook.csv` has a line a student, whatever their names hold, for spreadsheets and programs."""

import csv
from pathlib import Path
from typing import Any

from grader.batch.briefs import brief_of
from grader.batch.gradebook import Gradebook
from grader.batch.output_files import GRADEBOOK
from grader.batch.submission import Student
from tests.batch.graded import NO_YAML, SKELETON, SOLUTION, record_of, rubric


def lines_for(folder: Path, *records: dict[str, Any], bom: bool = False) -> list[dict[str, str]]:
    """Write the gradebook of some records and read it as a spreadsheet would."""
    book = Gradebook(str(folder), rubric(), lambda name: f"feedback/{name}.html", bom=bom)
    for found in records:
        book.add(brief_of(found))
    book.finish()
    with open(folder / GRADEBOOK, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_line_holds_who_it_is_and_how_it_went(tmp_path: Path) -> None:
    """Score by exercise, what is lost, and where the page is."""
    (line,) = lines_for(tmp_path, record_of(SOLUTION, "ada", student=Student("7", "Ada L", "a@x.org", "ada")))

    assert ("ada", "7", "Ada L", "a@x.org", "ada") == tuple(
        line[key] for key in ("submission", "student", "name", "email", "login")
    )
    assert ("100", "100", "40", "", "feedback/ada.html") == tuple(
        line[key] for key in ("score", "max_score", "02-kafka", "lost", "feedback")
    )


def test_remarks_are_counted(tmp_path: Path) -> None:
    """So that somebody looks at them."""
    book = Gradebook(str(tmp_path), rubric(), lambda name: None, bom=False)
    book.add(brief_of(record_of(SOLUTION, "ada", remarks=("Another student has the same id, 7: bob.",))))
    book.add(brief_of(record_of(SOLUTION, "cleo")))

    assert [f"{GRADEBOOK}: a line a student; 1 line has a remark to look at"] == book.finish()


def test_what_was_lost_is_named(tmp_path: Path) -> None:
    """The skeleton lacks everything."""
    (line,) = lines_for(tmp_path, record_of(SKELETON, "ada"))

    assert [check.id for check in rubric().checks()] == line["lost"].split()
    assert "0" == line["score"]


def test_only_the_last_attempt_counts(tmp_path: Path) -> None:
    """The others stay in the results."""
    first = record_of(SKELETON, "ada", attempt=1, attempts=2)
    second = record_of(SOLUTION, "ada-2", attempt=2, attempts=2, late=True)

    assert [("ada-2", "2", "late")] == [
        (line["submission"], line["attempt"], line["late"]) for line in lines_for(tmp_path, first, second)
    ]


def test_each_member_of_a_group_has_a_line(tmp_path: Path) -> None:
    """They share the score."""
    group = record_of(SOLUTION, "g1", student=Student("1"), members=(Student("2"), Student("3")))

    assert [("1", "100"), ("2", "100"), ("3", "100")] == [
        (line["student"], line["score"]) for line in lines_for(tmp_path, group)
    ]


def test_what_cannot_be_graded_has_no_score_and_a_reason(tmp_path: Path) -> None:
    """An empty cell is no zero."""
    (line,) = lines_for(tmp_path, record_of(NO_YAML, "ada"))

    assert ("not gradable", "") == (line["status"], line["score"])
    assert line["reason"]


def test_no_cell_begins_a_formula(tmp_path: Path) -> None:
    """Names are chosen by students."""
    names = ("=1+1", "+1", "-1", "@x", "\tx", "\rx")
    records = [record_of(SOLUTION, name, student=Student(name, name)) for name in names]
    lines = lines_for(tmp_path, *records)

    assert all(line["name"].startswith("'") and line["submission"].startswith("'") for line in lines)


def test_it_is_a_csv_file_as_rfc_4180_has_it(tmp_path: Path) -> None:
    """CRLF, and a mark of the byte order only on wish."""
    lines_for(tmp_path, record_of(SOLUTION, 'a, "b"'))
    plain = (tmp_path / GRADEBOOK).read_bytes()
    lines_for(tmp_path, record_of(SOLUTION, "ada"), bom=True)

    assert plain.startswith(b"submission,")
    assert plain.endswith(b"\r\n")
    assert b'"a, ""b"""' in plain
    assert (tmp_path / GRADEBOOK).read_bytes().startswith(b"\xef\xbb\xbfsubmission,")
