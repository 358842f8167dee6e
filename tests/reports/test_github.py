"""`github`: one command a line, and nothing that a student could make one of."""

import re

import pytest

from grader.findings import Outcome
from grader.report import Report
from grader.reports import FORMATS
from tests.reports.samples import BROKEN, FULL, HALF, REFUSED, UNTOUCHED, WRONG, check, exercise, report

COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-zA-Z]+=[^,:\r\n]*,)*[a-zA-Z]+=[^,:\r\n]*)::([^\r\n]*)")


def lines(sample: Report) -> list[str]:
    """Return the lines of the format."""
    return FORMATS["github"](sample).splitlines()


def test_a_command_names_place_check_and_points() -> None:
    """Wrong is an error, missing a warning; what costs most comes first."""
    assert [
        "::warning file=docker-compose.yml,line=12,endLine=12,col=7,endColumn=17,title=kafka.listeners (4 points)"
        "::Kafka has no listeners yet.",
        "::error file=docker-compose.yml,line=41,endLine=41,col=19,endColumn=29,title=kafka.cluster-id (3 points)"
        "::The cluster id decodes to 7 bytes: too short.",
        "::error file=docker-compose.yml,line=30,endLine=30,col=22,endColumn=32,title=kafka.node-id (3 points)"
        "::This is no whole number.",
        "8 of 19 points.",
    ] == lines(HALF)


@pytest.mark.parametrize("sample", [HALF, UNTOUCHED, FULL, REFUSED, BROKEN])
def test_every_line_but_the_last_is_one_command(sample: Report) -> None:
    """As the runner takes it apart."""
    *commands, last = lines(sample)

    assert [] == [line for line in commands if not COMMAND.fullmatch(line)]
    assert not last.startswith("::")


def test_ten_annotations_are_printed_and_the_others_counted() -> None:
    """GitHub drops the eleventh without a word."""
    checks = [
        check(f"kafka.c{points}", Outcome.FAILED, points=points, message="Wrong.", line=points)
        for points in range(1, 14)
    ]
    *commands, notice, score = lines(report(exercise("02-kafka", checks)))

    assert [f"title=kafka.c{points} ({points} points)" for points in range(13, 3, -1)] == [
        command.partition("::Wrong.")[0].rpartition(",")[2] for command in commands
    ]
    assert ["::notice title=compose-kata::3 more: see the summary", "0 of 91 points."] == [notice, score]


def test_texts_are_escaped() -> None:
    """A percent sign first; a colon and a comma only where they have a meaning."""
    bad = WRONG._replace(message="50%, a:b\n::add-mask::x\r", at=WRONG.at and WRONG.at._replace(file="a,b:c%0A.yml"))
    line = lines(report(exercise("02-kafka", [bad])))[0]

    assert "file=a%2Cb%3Ac%250A.yml," in line
    assert line.endswith("::50%25, a:b%0A::add-mask::x\ufffd")


def test_a_refusal_comes_first_though_it_costs_nothing_itself() -> None:
    """It stands in the way of all the rest."""
    first = lines(REFUSED)[0]

    assert first.startswith("::error file=docker-compose.yml,line=20,")
    assert "title=Docker Compose refuses the file::" in first


def test_what_cannot_be_graded_is_one_error() -> None:
    """And no score."""
    assert [
        "::error file=docker-compose.yml,line=3,endLine=3,col=9,endColumn=10,title=The submission cannot be graded"
        "::This is no YAML: a quote is never closed. Close it and run grade again.",
        "Not gradable.",
    ] == lines(BROKEN)


def test_full_marks_are_one_plain_line() -> None:
    """Nothing is annotated."""
    assert ["6 of 6 points."] == lines(FULL)
