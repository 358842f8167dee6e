"""A record of the plain path is what `typing.NamedTuple` would make of it; only its declaration costs less."""

import copy
import pickle
import typing
from collections.abc import Callable
from typing import Any

import pytest

from grader.light_tuple import NamedTuple


class Light(NamedTuple):
    """No other than a record of ours."""

    file: str
    line: int
    width: "int | None" = None

    def after(self, lines: int) -> int:
        """Return a later line."""
        return self.line + lines


class Usual(typing.NamedTuple):
    """The same of the standard library, a record of ours."""

    file: str
    line: int
    width: "int | None" = None

    def after(self, lines: int) -> int:
        """Return a later line."""
        return self.line + lines


def constructed(record: Any) -> Any:
    """Return a record that was given its values in all ways, one after the other."""
    made = [
        record("a", 1, 2),
        record("a", 1, width=2),
        record(file="a", line=1, width=2),
        record("a", 1),
        record("a", 1, 2),
    ]
    assert all(type(one) is record for one in made)
    return made


def matched(record: Any) -> Any:
    """Take a record apart by its class."""
    match record("a", 1, 2):
        case Light(file, line, width) | Usual(file, line, width):
            return file, line, width


@pytest.mark.parametrize(
    "use",
    [
        constructed,
        matched,
        lambda record: record._fields,
        lambda record: record._field_defaults,
        lambda record: record._make(["a", 1, 2]),
        lambda record: record("a", 1)._asdict(),
        lambda record: record("a", 1)._replace(line=3),
        lambda record: record("a", 1, 2).after(4),
        lambda record: (record("a", 1, 2).file, record("a", 1, 2).line, record("a", 1, 2).width),
        lambda record: {record("a", 1): 1}[record("a", 1, None)],
        lambda record: sorted([record("b", 1), record("a", 2), record("a", 1)]),
        lambda record: copy.deepcopy(record("a", 1)),
        lambda record: repr(record("a", 1)).replace(record.__name__, ""),
        lambda record: record.__doc__[-11:],
    ],
)
def test_whoever_uses_it_sees_no_difference(use: Callable[[Any], Any]) -> None:
    """Values, order, equality and text."""
    assert use(Usual) == use(Light)


@pytest.mark.parametrize(
    "misuse",
    [
        lambda record: record(),
        lambda record: record("a"),
        lambda record: record("a", 1, 2, 3),
        lambda record: record("a", 1, line=1),
        lambda record: record("a", 1, column=1),
    ],
)
def test_wrong_values_are_refused_in_the_same_words(misuse: Callable[[Any], Any]) -> None:
    """A slip must not make half a record."""
    texts = []
    for record in (Usual, Light):
        with pytest.raises(TypeError) as error:
            misuse(record)
        texts.append(str(error.value).replace(record.__name__, "Record"))

    assert texts[0] == texts[1]


def test_a_field_that_is_not_there_cannot_be_replaced() -> None:
    """The text names it."""
    with pytest.raises(TypeError, match="Light has no field column"):
        Light("a", 1)._replace(column=1)  # type: ignore[call-arg]


def test_a_field_cannot_be_set() -> None:
    """Records flow through everything."""
    with pytest.raises(AttributeError):
        Light("a", 1).line = 2  # type: ignore[misc]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_it_goes_from_process_to_process(protocol: int) -> None:
    """A class is graded in several."""
    record = Light("a", 1)
    there = pickle.loads(pickle.dumps(record, protocol))  # noqa: S301 - what was made here

    assert Light is type(there)
    assert record == there
