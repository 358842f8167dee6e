"""What go-yaml makes of a file, for the few on which PyYAML's C parser has not the last word."""

from collections.abc import Callable, Iterator
from typing import Any

from yaml.error import MarkedYAMLError, YAMLError
from yaml.reader import ReaderError

from grader.compose.composer import parser_error
from grader.compose.goyaml.late_start import first_error
from grader.compose.goyaml.parser import Parser
from grader.compose.texts import decode

_READ_AT_ONCE_BYTES = 512  # go-yaml decodes a file in such pieces, and an error shows when it comes to one


class Recorded:
    """The events of a parser, and the error they end with: kept, because a broken file may be read twice."""

    def __init__(self, parser: Any, error: YAMLError | None = None) -> None:
        self._parser = parser
        self._events: list[Any] = []
        self._error = error

    def from_start(self) -> Callable[[], Any]:
        """Return a function that gives one event after the other, from the first one on."""
        return self._all().__next__

    def _all(self) -> Iterator[Any]:
        yield from self._events
        if self._error is not None:
            raise self._error
        while True:
            try:
                self._events.append(self._parser.get_event())
            except YAMLError as error:
                self._error = error
                raise
            yield self._events[-1]


def exactly(data: bytes, error: YAMLError | None) -> Recorded:
    """Return what go-yaml makes of a file for which the C parser gave an error, or none."""
    return Recorded(Parser(*_seen(data, error)))


def exact_error(data: bytes, error: YAMLError, most: int) -> Recorded | None:
    """Return go-yaml's error in a file without anchors and tags for which the C parser gave one.

    It is looked for near the place. None: the file has to be read from its start, or may have more than `most` events.
    """
    text, broken = _seen(data, error)
    near = error if broken is None else parser_error(text)  # the C parser decodes far ahead of what it has read
    line = near.problem_mark.line if isinstance(near, MarkedYAMLError) and near.problem_mark else text.count("\n")
    found = first_error(text, line, broken, most)
    return None if found is None else Recorded(None, found)


def _seen(data: bytes, error: YAMLError | None) -> tuple[str, str | None]:
    """Return the text that go-yaml comes to see, and why it sees no more."""
    if isinstance(error, ReaderError):
        end = error.position - error.position % _READ_AT_ONCE_BYTES
        return data[:end].decode("utf-8", "ignore"), error.reason
    return decode(data), None
