"""The error of a broken file, found without reading all that stands in front of it.

Most of a broken file is in order, and is made of keys with a word or with nothing behind them. What is open in such a
line is plain from those above it, so the parser can begin there. It meets the same error as from the start of the file:
it looks ahead no further than the lines that are left to it.
"""

import re
from itertools import accumulate, islice

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from grader.compose.goyaml.cursor import Position
from grader.compose.goyaml.parser import Parser
from grader.compose.lines import Lines, is_item

_LINES_LEFT = 3  # that say something: go-yaml is two tokens ahead, and a line has two at least
_MAX_TRIES = 20  # lines from which on it is tried
_MAX_DEPTH = 50  # lists and maps inside each other; a reader may refuse more before it comes to the error

# Lines that can be read in one way only, where a file without any error in front of their ends has them.
_KEY = r"""(?:[A-Za-z_][\w.-]{0,99}|"[\w.-]{0,99}"):"""
_WORD = r"(?:[!-9;-~]|:(?=[!-~]))"  # a colon in front of a blank would end it
_WORDS = rf"[\w./$]{_WORD}*+(?:[ ]++(?!\#){_WORD}++)*+"
_QUOTED = r"""(?:"(?:[^"\\\r\n\x85\u2028\u2029]|\\["\\])*+"|'[^'\r\n\x85\u2028\u2029]*+')"""
_LIST = rf"\[[ ]*+{_QUOTED}(?:[ ]*+,[ ]*+{_QUOTED})*+[ ]*+\]"
_PAIR = rf"(?:-[ ]++)?{_KEY}(?=[ \r\n])(?:[ ]++(?:{_WORDS}|{_QUOTED}|{_LIST}))?+"  # a mount is none: `- data:/data`
_ENTRY = rf"{_PAIR} | -[ ]++(?:{_WORDS}|{_QUOTED})"
_COMMENT = r"\#[^\r\n\x85\u2028\u2029]*+"
_LINES = rf"(?:[ ]*+(?:(?:{_ENTRY})(?:[ ]++(?:{_COMMENT})?+)?+|{_COMMENT})?+\r?\n)*+"
_OPENS = rf"[ ]*+{_KEY}[ ]*+(?:{_COMMENT})?\r?"


def first_error(text: str, line: int, broken: str | None, most: int) -> YAMLError | None:
    """Return go-yaml's error in the first document of a text that has no anchors, tags and directives.

    `line` (from 0) is where the C parser has stopped; `broken` is as the parser takes it. None where the text has to be
    read from its start; also if more than `most` events may come before the error.
    """
    ordinary = re.compile(_LINES, re.ASCII | re.VERBOSE).match(text)
    lines = Lines([] if ordinary is None else text[: ordinary.end()].split("\n")[:-1][:line])
    speaking = (number for number in range(len(lines) - 1, -1, -1) if lines.speaks[number])
    for start in islice(speaking, _LINES_LEFT, _LINES_LEFT + _MAX_TRIES):
        begun = _around(lines, start)
        if begun:
            break
    else:
        return None
    if len(begun) > _MAX_DEPTH:
        return None
    offsets = [0, *accumulate(len(one) + 1 for one in lines)]
    parser = Parser(text, broken)
    blocks = [Position(offsets[number] + lines.widths[number], number, lines.widths[number]) for number in begun]
    parser.begin_at(Position(offsets[start], start, 0), blocks)
    return _error(parser, len(begun), most - 2 * offsets[start])


def _around(lines: Lines, number: int) -> list[int]:
    """Return the lines that begin the maps around the line `number`, its own last.

    Empty if it is no key, or stands in a list.
    """
    if is_item(lines[number]):
        return []
    begun = [number]
    width = lines.widths[number]
    opens = re.compile(_OPENS, re.ASCII | re.VERBOSE).fullmatch
    for above in range(number - 1, -1, -1):
        own = lines.widths[above]
        if own > width or not lines.speaks[above]:
            continue
        if own < width:
            if not opens(lines[above]):
                return []
            begun.append(above)
            width = own
        elif not is_item(lines[above]):
            begun[-1] = above
    return begun[::-1]


def _error(parser: Parser, depth: int, most: int) -> YAMLError | None:
    """Return the error before the end of the document, None if there is none or something else may come first."""
    try:
        for _ in range(most):
            kind = parser.get_event().__class__
            if kind is MappingStartEvent or kind is SequenceStartEvent:
                depth += 1
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                depth -= 1
            if kind is DocumentEndEvent or kind is AliasEvent or depth > _MAX_DEPTH:
                return None
    except YAMLError as error:
        return error
    return None
