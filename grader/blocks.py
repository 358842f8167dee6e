"""A compose file as blocks of lines, one a service: what `grade reset SERVICE` cuts out and puts in.

Lines, not YAML: a file is reset most often when it is broken, and everything outside the block stays as it was written.
"""

import re
from collections.abc import Collection, Sequence

from grader.light_tuple import NamedTuple

MAX_KEY_CHARACTERS = 1000  # a longer line is no key

_SERVICES = re.compile(r"""\ufeff?(["']?)services\1\s*:\s*(#.*)?$""")
_KEY = re.compile(r"""( *)(?:"([^"]+)"|'([^']+)'|([^\s#'"\-{\[][^#:]*?))\s*:(\s|$)""")


class Block(NamedTuple):
    """One service: its name, how deep its key is indented, its lines [start, end)."""

    name: str
    indent: int
    start: int
    end: int


def service_names(text: str) -> list[str]:
    """Return the names of the services in the order of the file."""
    return [block.name for block in _blocks(text.splitlines())[1]]


def find_block(text: str, service: str, known: Collection[str]) -> Block | None:
    """Return the lines of a service, None if it is not found; `known` are the names a service may have."""
    return next((block for block in _blocks(text.splitlines(), known)[1] if block.name == service), None)


def replace_block(text: str, skeleton: str, service: str) -> str | None:
    """Return `text` with the block of `service` as it stands in `skeleton`, None if `text` has no services to be found.

    A service that is missing in `text` is put behind the nearest one that comes before it in the skeleton. Indentation
    and line ends of `text` are kept.
    """
    order = service_names(skeleton)
    lines = text.splitlines(keepends=True)
    opening, blocks = _blocks(lines, order)
    if opening is None:
        return None
    source = skeleton.splitlines()
    new = next(block for block in _blocks(source)[1] if block.name == service)
    line_end = "\r\n" if lines[opening].endswith("\r\n") else "\n"
    indent = _depth(blocks, order, default=new.indent)
    fresh = [_shift(line, indent - new.indent) + line_end for line in source[new.start : new.end]]
    old = next((block for block in blocks if block.name == service), None)
    if old:
        start, end = old.start, old.end
    else:
        start = end = _place_for(service, order, blocks, opening)
        fresh = [*fresh, line_end] if start == opening + 1 else [line_end, *fresh]
    if not lines[start - 1].endswith(("\n", "\r")):
        lines[start - 1] += line_end
    return "".join([*lines[:start], *fresh, *lines[end:]])


def _blocks(lines: Sequence[str], known: Collection[str] = ()) -> tuple[int | None, list[Block]]:
    """Return the line of `services:` and the blocks below it.

    A block ends with its last line that says something: blank lines and comments before the next key belong to that
    one. Services stand at one depth; one of the `known` names is also taken for a service a column beside it, and a
    stray line that is not deep enough stays in the block it follows, because such slips are what a reset is to mend.
    """
    opening = next((number for number, line in enumerate(lines) if _SERVICES.match(line.rstrip())), None)
    if opening is None:
        return None, []
    section = range(opening + 1, _section_end(lines, opening + 1, known))
    keys = [(key[2] or key[3] or key[4], len(key[1]), n) for n in section if (key := _key(lines[n]))]
    if not keys:
        return opening, []
    depth = min((indent for name, indent, _ in keys if name in known and indent), default=keys[0][1])
    starts = [key for key in keys if key[1] == depth or (key[0] in known and key[1] <= depth + 1)]
    ends = [number for _, _, number in starts[1:]] + [section.stop]
    return opening, [
        Block(name, indent, start, _last_line(lines, start, end, depth) + 1)
        for (name, indent, start), end in zip(starts, ends, strict=True)
    ]


def _key(line: str) -> re.Match[str] | None:
    return _KEY.match(line, 0, MAX_KEY_CHARACTERS)


def _section_end(lines: Sequence[str], start: int, known: Collection[str]) -> int:
    """Return the line of the next top-level key, or of the end. A service's name is never meant as one."""
    for number in range(start, len(lines)):
        key = _key(lines[number])
        if key and not key[1] and (key[2] or key[3] or key[4]) not in known:
            return number
    return len(lines)


def _last_line(lines: Sequence[str], start: int, end: int, depth: int) -> int:
    """Return the last line of [start, end) that is neither blank nor a comment no deeper than the services."""
    for number in range(end - 1, start, -1):
        text = lines[number].strip()
        indent = len(lines[number]) - len(lines[number].lstrip())
        if text and not (text.startswith("#") and indent <= depth):
            return number
    return start


def _depth(blocks: Sequence[Block], known: Collection[str], *, default: int) -> int:
    return min((block.indent for block in blocks if block.name in known and block.indent), default=default)


def _place_for(service: str, order: Sequence[str], blocks: Sequence[Block], opening: int) -> int:
    """Return the line where a missing service belongs."""
    before = order[: order.index(service)]
    ends = [block.end for block in blocks if block.name in before]
    return ends[-1] if ends else opening + 1


def _shift(line: str, columns: int) -> str:
    """Indent a line deeper, or less deep as far as it goes."""
    if not line.strip():
        return line
    return " " * columns + line if columns >= 0 else line[min(-columns, len(line) - len(line.lstrip(" "))) :]
