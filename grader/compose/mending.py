"""What was meant by a file that is no YAML, as the C parser sees it."""

from yaml._yaml import CParser
from yaml.error import YAMLError
from yaml.events import MappingEndEvent, MappingStartEvent, SequenceEndEvent, SequenceStartEvent, StreamEndEvent
from yaml.reader import ReaderError

from grader.compose.reader import MAX_DEPTH
from grader.compose.recovery import Repaired, repair
from grader.compose.texts import decode

_DEEP_LINE = " " * 24  # a line that begins farther to the left stands in no more blocks than it has columns


def mended(data: bytes, error: YAMLError, *, is_known: bool) -> Repaired | None:
    """Return the text of a broken file as it was meant; None if it cannot be mended.

    `error` is what go-yaml finds wrong with it; `is_known` tells that the C parser found something wrong too.
    """
    text = decode(data)
    if not is_known or isinstance(error, ReaderError):
        try:
            parse_through(text)
        except YAMLError as stop:
            error = stop if isinstance(error, ReaderError) else error
        else:
            return Repaired(text, (), ())
    return repair(text, parse_through, error=error)


def parse_through(text: str) -> None:
    """Raise the parser's error if a text is no YAML, or is nested too deeply to be read."""
    parser = CParser(text)
    if _DEEP_LINE not in text and sum(map(text.count, ("[", "{", "- ", "? "))) + len(_DEEP_LINE) < MAX_DEPTH:
        parser.raw_parse()
        return
    depth = 0
    while True:
        kind = parser.get_event().__class__
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            depth += 1
            if depth > MAX_DEPTH:
                raise YAMLError
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            depth -= 1
        elif kind is StreamEndEvent:
            return
