"""The error of a broken file is the same wherever it is read from."""

import random
from typing import Any

import pytest
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import DocumentEndEvent, StreamEndEvent

from grader.compose.composer import parser_error
from grader.compose.exact import exact_error, exactly
from grader.compose.goyaml.late_start import first_error
from grader.compose.goyaml.parser import Parser
from grader.compose.ordinary import may_be_ordinary
from tests.compose.broken_texts import BASE, DAMAGED, MENDED
from tests.compose.test_recovery import slipped

MAX_EVENTS = 30_000
TEXTS = [BASE.replace(slip[0], slip[1]) for slip in MENDED] + [BASE.replace(slip[0], slip[1]) for slip in DAMAGED]


def parts(error: YAMLError) -> list[Any]:
    """Return what a message is made of."""
    if not isinstance(error, MarkedYAMLError):
        return [type(error), str(error)]
    marks: list[Any] = [error.context_mark, error.problem_mark]
    places = [None if mark is None else (mark.line, mark.column) for mark in marks]
    return [type(error), error.context or "", error.problem, *places]


def outcome(next_event: Any) -> list[Any]:
    """Return the error that the events of a text end with, behind what tells of documents that are complete."""
    found: list[Any] = []
    try:
        while True:
            event = next_event()
            if isinstance(event, DocumentEndEvent | StreamEndEvent):
                found.append(type(event))
                if isinstance(event, StreamEndEvent):
                    return found
    except YAMLError as error:
        return [*found, *parts(error)]


def late_and_whole(text: str) -> tuple[list[Any] | None, list[Any]] | None:
    """Return what is found near the place and from the start; None for a text that comes to neither."""
    data = text.encode()
    error = parser_error(data)
    if error is None or not may_be_ordinary(data):
        return None
    late = exact_error(data, error, MAX_EVENTS)
    return None if late is None else outcome(late.from_start()), outcome(exactly(data, error).from_start())


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_slips_have_the_same_error_from_near_and_from_the_start(text: str) -> None:
    """Message, line and column, also of the block that is named."""
    found = late_and_whole(text)

    assert found is None or found[0] in (None, found[1])


def test_random_slips_have_the_same_error_and_are_mostly_read_late() -> None:
    """Two slips in one file too: the first one stops the parser."""
    dice = random.Random(11)
    found = [late_and_whole(slipped(slipped(BASE, dice), dice)) for _ in range(600)]
    errors = [pair for pair in found if pair is not None]
    late = [pair for pair in errors if pair[0] is not None]

    assert [] == [pair for pair in late if pair[0] != pair[1]]
    assert len(late) > len(errors) * 0.7 > 200


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb: 2\nc: 3\nd: 4\ne: *x\nf: @\n",  # the alias comes first
        "a: 1\nb: 2\nc: 3\nd: 4\ne: " + "[" * 120 + "x, " * 400 + "@\n",  # so many lists are refused before
        "a: 1\nb: 2\nc: 3\nd: 4\n---\ne: @\n",  # the first document is complete
    ],
)
def test_where_something_else_comes_first_nothing_is_said(text: str) -> None:
    """The file is read from its start then."""
    error = parser_error(text)

    assert error is not None
    assert exact_error(text.encode(), error, MAX_EVENTS) is None


def test_a_list_of_mounts_is_stepped_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name in front of a colon is no key where no blank follows."""
    text = "a:\n  - data:/data\n  - ./x:/y\nb: 2\nc: 3\nd: 4\ne: 5\nf: @\n"
    begun: list[int] = []
    monkeypatch.setattr(Parser, "begin_at", lambda self, place, blocks: begun.append(place.line))

    first_error(text, 7, None, 0)

    assert [3] == begun


def test_a_file_of_blanks_costs_no_time() -> None:
    """The pattern for lines in order never tries a line twice."""
    text = "a:\n" + " " * 60_000 + "@\n"
    error = parser_error(text)

    assert error is not None
    assert exact_error(text.encode(), error, MAX_EVENTS) is None
