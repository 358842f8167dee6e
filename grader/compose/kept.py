"""What a process keeps of the files it reads: lines and parts, each read once and put into many trees.

What is read alone stands below lines that make it what it was: its key is in the line `KEY_LINE`, and behind it comes
a key where its neighbour has one.
"""

import re
from functools import lru_cache
from typing import Any

from yaml._yaml import Mark
from yaml.error import YAMLError
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from grader.compose.composer import NotOrdinary, compose, map_of, meaning, seq_of
from grader.compose.held import Head, Part
from grader.compose.settled import head_of

MAX_PARTS = 256  # a class has some dozen
MAX_PART_BYTES = 2048
MAX_LINES = 2048
MAX_LINE_BYTES = 256
MAX_COLLECTIONS = 1024

KEY_LINE = 2
ABOVE = (b"#\n#\n#\n", b"#\n#\nx:\n", b"#\nx:\n  x:\n")  # by the level of what is in the part
ABOVE_BLOCK = b"x:\n  x:\n"  # of a part that is read with its key
_ABOVE_LINE = b"#\n#\n"

# A key alone in its line begins a part. Its level: 0 for the sections of a file, 1 for services and what else is
# declared, 2 for the blocks of a service; each is written two columns further to the right.
_KEY = re.compile(rb"    (?:environment|volumes):|(?:  )?[A-Za-z][\w.-]*:")
BLOCKS = 2
_BELOW = frozenset(["environment", "volumes"])
END = -1  # the level that stands for the end of the file
_FOLLOWING = {0: b"\ny:", 1: b"\n  y:", 2: b"\n    y:", END: b""}

# A line: what it is, the key and the value in it, and their nodes. It is the key of a level, or holds an entry of a map
# in the column that is given here, or an item of a list in a column behind `ITEM`, or is one of the two below. A plain
# tuple: a named one is taken apart half as fast, and a file has two hundred lines.
Line = tuple[int, str, Any, Any, Any]
REMARK = 3  # or nothing at all
OTHER = 4  # anything else, and what may go on in the next line
ITEM = 1_000_000
_MARGIN = 4  # column of the key of a block: items may begin there, the entries of a map only further to the right

_REMARK: Line = (REMARK, "", None, None, None)
_OTHER: Line = (OTHER, "", None, None, None)

# The plainest lines: `KEY: value` and `- value`, without a sign that YAML knows or between simple quotes, and remarks.
_PLAINEST = re.compile(
    rb"( *)(?:(?:#[ -~]*)?|(?:- |([A-Za-z_][\w.-]*): )"
    rb"(?:([A-Za-z0-9_./][\w./:@,=+%!-]*(?<!:))|\"([ !#-\[\]-~]*)\"|'([ -&(-~]*)'))"
)
_PLAIN = 3
_TAG: Any = slice(None)  # what `compose` gives a scalar says as little

lines: dict[bytes, Line] = {}  # that were read


def line_of(text: bytes) -> Line:
    """Return what a line is, and remember it."""
    try:
        line = _plainest(text) or _composed(text)
    except (YAMLError, NotOrdinary):
        line = _OTHER
    if len(text) <= MAX_LINE_BYTES:
        if len(lines) >= MAX_LINES:
            lines.clear()  # what is common is soon back
        lines[text] = line
    return line


def _plainest(text: bytes) -> Line | None:
    """Return what a line is if it is one of the plainest.

    PyYAML takes five times as long, and every student writes some lines that nobody else has.
    """
    found = _PLAINEST.fullmatch(text)
    if found is None:
        return None
    margin, key, plain, double, single = found.groups()
    column = len(margin)
    kind = found.lastindex
    if kind == 1:
        return _REMARK
    if column < _MARGIN + (key is not None):
        return None
    written = plain or double or single or b""
    style = "" if kind == _PLAIN else '"' if double is not None else "'"
    value = written.decode()
    begin = _mark(len(text) - len(written) - 2 * len(style))
    node: Any = ScalarNode(_TAG, value, begin, _mark(len(text)), style)
    if not style:
        value = meaning(value)
    if key is None:
        return ITEM + column, "", value, None, node
    name = key.decode()
    if meaning(name).__class__ is not str:
        raise NotOrdinary
    return column, name, value, ScalarNode(_TAG, name, _mark(column), _mark(column + len(key)), ""), node


def _composed(text: bytes) -> Line:
    is_key = _KEY.fullmatch(text) is not None
    rest = text.lstrip(b" ")
    column = len(text) - len(rest)
    if not is_key and rest[:1] not in (b"", b"#") and column < _MARGIN + (rest[:1] != b"-"):
        return _OTHER
    node = compose(_ABOVE_LINE + text)
    if rest[:1] in (b"", b"#"):
        return _REMARK
    if node.__class__ not in (MappingNode, SequenceNode) or node.flow_style or len(node.value) != 1:
        return _OTHER
    is_map = node.__class__ is MappingNode
    scalar = node.value[0][1] if is_map else node.value[0]
    if scalar.__class__ is not ScalarNode or scalar.style in ("|", ">"):
        return _OTHER
    if not is_map:
        return ITEM + column, "", seq_of(node, ("", 0), (), None)[0], None, scalar
    ((key, value),) = (made := map_of(node, ("", 0), (), None)).items()
    return column // 2 if is_key else column, key, value, made.places[key][0], scalar


@lru_cache(maxsize=MAX_LINE_BYTES)
def _mark(column: int) -> Any:
    return Mark("", 0, KEY_LINE, column, None, None)


def read_alone(text: bytes, level: int, following: int) -> Any:
    """Return the node of the map that a part with what is above it holds at a level; None: it holds nothing.

    Raises `NotOrdinary` if it holds anything else, and the errors of PyYAML.
    """
    node = compose(text + _FOLLOWING[following])
    for outer in range(level):
        if len(node.value) != (2 if outer == following else 1):
            raise NotOrdinary
        node = node.value[0][1]
    if node is None or (node.__class__ is ScalarNode and not node.value and not node.style):
        return None
    if node.__class__ is not MappingNode or node.flow_style or node.start_mark.column != 2 * level:
        raise NotOrdinary
    if level == following:
        node.value.pop()
    return node if node.value else None


@lru_cache(maxsize=MAX_PARTS)
def kept_part(text: bytes, level: int, following: int) -> Part | None:
    """Return what `read_alone` reads, for a part without variables."""
    node = read_alone(text, level, following)
    return None if node is None else Part(map_of(node, ("", 0), ("",) * level, None))


@lru_cache(maxsize=MAX_PARTS)
def kept_head(text: bytes, following: int) -> Head | None:
    """Return the head of a service that a part without variables holds; None: there is none, or more than a head."""
    node = read_alone(text, BLOCKS, following)
    service = None if node is None else map_of(node, ("", 0), ("",) * BLOCKS, None)
    return None if service is None or not service.keys().isdisjoint(_BELOW) else head_of(service)


@lru_cache(maxsize=MAX_COLLECTIONS)
def collection(kind: Any, line: int, column: int, end_line: int, end_column: int) -> Any:
    """Return the node of a map or list in lines of its own."""
    start: Any = Mark("", 0, line, column, None, None)
    return kind(None, None, start, Mark("", 0, end_line, end_column, None, None), flow_style=False)
