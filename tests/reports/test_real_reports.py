"""Every format on files as students write them: one of each folder of `tests/rejected/`, and the kit's own."""

import json
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

import grader
from grader import kit
from grader.findings import Outcome
from grader.grading import grade
from grader.report import Report
from grader.reports import FORMATS
from grader.reports.lines import MAX_CARETS, display_width
from grader.reports.words import points
from grader.rubric import load_rubric
from grader.selftest.submissions import grade_text
from grader.workspace import locate, request
from tests.html_pages import Page
from tests.reports.marked import FOUND_BY_GITHUB, tokens
from tests.reports.schemas import broken_rules

ROOT = Path(__file__).parents[2]
SCHEMA = Draft202012Validator(json.loads((Path(grader.__file__).parent / "report.schema.json").read_text("utf-8")))
FILES = [
    ROOT / "exercises" / "skeleton.yml",
    ROOT / "solutions" / "docker-compose.yml",
    ROOT / "tests" / "data" / "readme" / "docker-compose.yml",
    *(sorted(folder.iterdir())[0] for folder in sorted((ROOT / "tests" / "rejected").iterdir())),
]


@cache
def graded(path: Path) -> Report:
    """Grade a file or folder once."""
    return grade(request(locate(str(path))), load_rubric(kit.rubric_folder()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_real_report_holds_what_each_format_promises(path: Path) -> None:
    """JSON follows the schema, text fits 80 columns, unix has one line for each lost check."""
    report = graded(path)
    text = FORMATS["text"](report).splitlines()
    unix = FORMATS["unix"](report).splitlines()
    lost = {check.id for check in report.checks() if check.outcome.lost}

    assert [] == [error.message for error in SCHEMA.iter_errors(json.loads(FORMATS["json"](report)))]
    assert [] == [line for line in text if display_width(line) > 80]
    assert [] == [line for line in unix if not re.fullmatch(r"\S.*:\d+:\d+: \S.* \[[a-z. -]+\]", line)]
    assert lost == {line.rpartition("[")[2][:-1] for line in unix} - {"compose", "warning", "skeleton"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_page_of_a_real_report_is_sound_and_marks_what_is_wrong(path: Path) -> None:
    """Well formed, with an article for each wrong check and the part in its line that the text report underlines."""
    report = graded(path)
    page = Page(FORMATS["html"](report))
    failed = [check for check in report.checks() if check.outcome is Outcome.FAILED]
    marked = [
        excerpt.text[excerpt.column - 1 : excerpt.column - 1 + min(excerpt.width, MAX_CARETS)]
        for check in failed
        if (excerpt := check.excerpt)
    ]

    assert [] == page.faults
    assert [check.id for check in failed] == [part.attributes["id"] for part in page.named("article")]
    assert [text.rstrip() or "\xa0" for text in marked] == [mark.text for mark in page.named("mark")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_markdown_of_a_real_report_has_a_heading_for_each_wrong_check(path: Path) -> None:
    """Its line stands in a block of code, and nothing outside of code is what GitHub would make a link of."""
    report = graded(path)
    found = list(tokens(FORMATS["markdown"](report)))
    headings = [after.content for token, after in pairwise(found) if token.tag == "h4" and token.nesting == 1]
    failed = [check for check in report.checks() if check.outcome is Outcome.FAILED]
    texts = [token.content for token in found if token.type == "text"]

    assert [f"`{check.id}` costs {points(check.max_score)}" for check in failed] == headings
    assert len([token for token in found if token.type == "fence"]) >= len([check for check in failed if check.excerpt])
    assert [] == [text for text in texts if FOUND_BY_GITHUB.search(text)]


def test_a_tab_is_marked_where_it_stands() -> None:
    """The parser names the text in front of it, which is right."""
    answer = (ROOT / "solutions" / "docker-compose.yml").read_text(encoding="utf-8")
    broken = answer.replace("      DATABASE_NAME:", "\tDATABASE_NAME:")
    report = grade_text(broken, load_rubric(kit.rubric_folder()))
    line = next(number for number, text in enumerate(broken.splitlines(), start=1) if text.startswith("\t"))

    assert [(line, 1)] == [(error.line, error.column) for error in report.errors]


@pytest.mark.parametrize("path", [*FILES[:3], *FILES[3::6]], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_real_report_is_a_document_of_each_service(path: Path) -> None:
    """As their schemas say, and with the same score in each."""
    report = graded(path)
    cases = ElementTree.fromstring(FORMATS["junit"](report).encode())

    assert [] == broken_rules("sarif-2.1.0", FORMATS["sarif"](report))
    assert [] == broken_rules("sarif-github", FORMATS["sarif"](report))
    assert [] == broken_rules("gradescope-results", FORMATS["gradescope"](report))
    assert report.score == json.loads(FORMATS["gradescope"](report))["score"]
    assert report.score == json.loads(FORMATS["classroom50"](report))["score"]
    assert str(len(report.checks())) == cases.get("tests")


def test_of_several_compose_files_the_taken_ones_are_named(tmp_path: Path) -> None:
    """A list of placeholders would tell nobody anything."""
    for name in ("compose.yaml", "docker-compose.yml", "compose.override.yml", "docker-compose.override.yml"):
        (tmp_path / name).write_text("services: {}\n", encoding="utf-8")
    report = graded(tmp_path)
    said = [line.rpartition("/")[2] for line in FORMATS["unix"](report).splitlines() if "[warning]" in line]

    assert [
        "compose.yaml:1:1: Found multiple config files with supported names [warning]",
        "compose.yaml [warning]",
        "compose.override.yml:1:1: Found multiple override files with supported names [warning]",
        "compose.override.yml [warning]",
    ] == said


def test_what_lies_above_the_submission_is_told_as_it_is_written(tmp_path: Path) -> None:
    """A report is the same wherever the submission lies, and says nothing of the folders around it."""
    text = (ROOT / "solutions" / "docker-compose.yml").read_text(encoding="utf-8")
    for old, new in (
        ("./shared:/app/shared", "{type: bind, source: ../shared, target: /app/shared}"),
        ("./apps/mongo_backend:/app", "${PWD}/../code:/app"),
        ("context: ./apps/mysql_server", "context: ../apps/mysql_server"),
    ):
        text = text.replace(old, new)
    (tmp_path / "docker-compose.yml").write_text(text, encoding="utf-8")
    report = FORMATS["json"](grade(request(locate(str(tmp_path))), load_rubric(kit.rubric_folder())))

    assert FORMATS["json"](grade_text(text, load_rubric(kit.rubric_folder()))) == report
    assert "../shared is not the folder" in report
    assert "../code is not the folder" in report
    assert "is ../apps/mysql_server here" in report


def test_a_broken_env_file_elsewhere_is_named_without_its_place(tmp_path: Path) -> None:
    """Reports are handed on: where a file lies on this computer is nobody else's business. It is said once."""
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "docker-compose.yml").write_bytes(FILES[1].read_bytes())
    given = tmp_path / "given.env"
    given.write_text("NAME='never closed\n")
    asked = request(locate(str(tmp_path / "ada")), env_files=[str(given)])
    report = grade(asked, load_rubric(kit.rubric_folder()))
    (message,) = [check.message for check in report.checks() if check.outcome.lost]

    assert (message or "").startswith("Docker Compose refuses the file: failed to read given.env: line ")
    assert "its words are above" in " ".join(FORMATS["text"](report).split())
    assert [] == [name for name in ("json", "html") if str(tmp_path) in FORMATS[name](report)]
