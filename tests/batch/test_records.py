"""A line of `results.jsonl` holds what `grade --format json` says, without what the rubric holds already."""

import json
from pathlib import Path

import pytest

from grader.batch.briefs import brief_of
from grader.batch.choices.choices import choices
from grader.batch.records import Recorded, basis, full_report, record
from grader.batch.submission import LooseFile, Student, Submission
from grader.grading import grade, grade_with_stack
from grader.reports.json import render_json
from grader.workspace import locate, request
from tests.batch.graded import NO_YAML, TESTS, rubric

FILES = [*sorted(TESTS.glob("accepted/*.yml"))[:10], *sorted(TESTS.glob("rejected/*/*.yml"))[::12]]

GROUP = Submission(
    "g", LooseFile("/x"), Student("7", "Zoë\x07", None, "z"), (Student("8"),), 1, 2, late=True, remarks=("\x1b",)
)


def recorded(path: Path, submission: Submission | None = None) -> Recorded:
    """Return what is recorded of one file."""
    graded = grade_with_stack(request(locate(str(path))), rubric())
    written = {} if graded.stack is None else choices(graded.stack, rubric(), b"salt")
    return record(
        submission or Submission(path.stem, LooseFile(str(path))),
        graded.report,
        basis="b",
        files={path.name: "d"},
        choices=written,
        traits=["value:x=1"],
    )


def line_for(path: Path, submission: Submission | None = None) -> bytes:
    """Return the line of one file."""
    return recorded(path, submission).line


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_full_report_comes_back_byte_for_byte(path: Path) -> None:
    """Nothing is lost on the way into a line and back."""
    alone = render_json(grade(request(locate(str(path))), rubric()))
    found = json.loads(line_for(path))

    assert alone == json.dumps(full_report(found, rubric()), indent=2) + "\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_brief_is_that_of_the_line(path: Path) -> None:
    """What is made of a class is the same whether a submission was graded now or in an earlier run."""
    line, brief = recorded(path, GROUP)

    assert brief == brief_of(json.loads(line))


def test_so_is_that_of_what_cannot_be_graded(tmp_path: Path) -> None:
    """It has a reason, whose text is cleaned, and no checks."""
    path = tmp_path / "a\x1b.yml"
    path.write_text(NO_YAML)
    line, brief = recorded(path, GROUP)

    assert brief == brief_of(json.loads(line))
    assert brief is not None
    assert brief.reason is not None
    assert "" == brief.outcomes


def test_of_what_no_line_can_hold_the_line_alone_tells() -> None:
    """A file's name may hold bytes that are no characters."""
    line, brief = recorded(FILES[0], Submission("a\udcff", LooseFile("/x")))

    assert brief is None
    assert "a?" == brief_of(json.loads(line)).submission


def test_what_cannot_be_graded_comes_back_as_well(tmp_path: Path) -> None:
    """It has a reason and no score."""
    path = tmp_path / "docker-compose.yml"
    path.write_text("- a list\n")
    alone = render_json(grade(request(locate(str(path))), rubric()))

    assert alone == json.dumps(full_report(json.loads(line_for(path)), rubric()), indent=2) + "\n"


def test_a_line_names_no_title_and_no_link() -> None:
    """Texts of the rubric are in the rubric."""
    line = line_for(FILES[-1]).decode()

    assert "exercises/" not in line
    assert all(check.title not in line for check in rubric().checks())


def test_it_is_one_line_whatever_a_name_holds() -> None:
    """Half characters, line ends and terminal escapes in the name of a file or a student."""
    hostile = Submission("a\nb\udcff", LooseFile("/x"), Student(name="\x1b[31mEve\u2028"), remarks=("a\x07" * 3000,))
    line = line_for(FILES[0], hostile)

    assert 1 == line.count(b"\n")
    assert b"\x1b" not in line
    assert "a\nb?" == json.loads(line)["submission"]


def test_the_basis_changes_with_what_the_source_says_and_with_the_rubric() -> None:
    """A later attempt makes an earlier one stop counting: its line is another one."""
    first = Submission("ada", LooseFile("/x"))
    bases = {
        basis(first, "rubric"),
        basis(first._replace(attempts=2), "rubric"),
        basis(first._replace(late=True), "rubric"),
        basis(first._replace(remarks=("x",)), "rubric"),
        basis(first, "another rubric"),
    }

    assert 5 == len(bases)
    assert basis(first, "rubric") == basis(first._replace(content=LooseFile("/elsewhere")), "rubric")
