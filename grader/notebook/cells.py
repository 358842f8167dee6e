"""A cell of `%%service`: the `environment` and `volumes` of one service as YAML, and their place in a compose file.

Lines, not YAML, are cut out and put in, so that whatever stands elsewhere stays as it was written. Whether the result
means what the cell says is for the caller to see.
"""

import re
from collections.abc import Mapping, Sequence
from textwrap import dedent
from typing import NamedTuple

from grader.blocks import Block, find_block
from grader.compose.errors import Unreadable
from grader.compose.model import Service
from grader.notebook.fragment import read_fragment

PARTS = ("environment", "volumes")
INDENT = "    "
UNDECLARED = "undefined volume"  # Compose's words; whether the file declares it is no question of the cell

_PART = re.compile(rf"({'|'.join(PARTS)})\s*:(\s|$)")


class CellRefused(Exception):
    """A cell that is not written into the file. The text names line and column, what is wrong and what to do."""


class Cell(NamedTuple):
    """A cell that Compose can read: the lines of each part, and the service that they make."""

    parts: Mapping[str, Sequence[str]]
    service: Service


def read_cell(text: str) -> Cell:
    """Take a cell apart. Raises `CellRefused`."""
    body = dedent(text.replace("\r\n", "\n")).rstrip()
    parts = _parts(body.split("\n"))
    try:
        fragment = read_fragment(body)
    except Unreadable as error:
        raise CellRefused(f"This is no YAML: {error.message}") from error
    for refusal in fragment.loaded.refusals:
        if UNDECLARED not in refusal.message:
            place = fragment.place(refusal).capitalize()
            raise CellRefused(f"{place} of the cell: {fragment.words(refusal)}")
    return Cell(parts, fragment.service)


def _parts(lines: Sequence[str]) -> dict[str, list[str]]:
    """Return the lines of each part; comments above a key go with it."""
    parts: dict[str, list[str]] = {}
    above: list[str] = []
    name = ""
    for number, line in enumerate(lines, start=1):
        key = _PART.match(line)
        if key:
            name = key[1]
            if name in parts:
                raise CellRefused(f"Line {number}, column 1 of the cell: {name} stands here twice.")
            parts[name] = [*above, line]
            above = []
        elif not line.strip() or line.startswith("#"):
            above.append(line)
        elif line.startswith((" ", "\t", "- ")) and name:
            parts[name] += [*above, line]
            above = []
        else:
            allowed = " and ".join(f"`{part}:`" for part in PARTS)
            raise CellRefused(
                f"Line {number}, column 1 of the cell: only {allowed} can be written this way, at the left edge."
            )
    if not parts:
        raise CellRefused("The cell holds neither `environment:` nor `volumes:`. Write one of them at the left edge.")
    return {part: [line for line in own if line.strip()] for part, own in parts.items()}


def with_parts(text: str, service: str, cell: Cell, services: Sequence[str]) -> str | None:
    """Return a compose file's text with the cell's parts in their place, None if the service is not found in it."""
    for name, own in cell.parts.items():
        block = find_block(text, service, services)
        if block is None:
            return None
        text = _with_part(text, block, name, own)
    return text


def _with_part(text: str, block: Block, name: str, own: Sequence[str]) -> str:
    lines = text.splitlines(keepends=True)
    line_end = "\r\n" if lines[block.start].endswith("\r\n") else "\n"
    depth = _depth(lines, block)
    start, end = _place(lines, block, name, depth)
    if start and not lines[start - 1].endswith(("\n", "\r")):
        lines[start - 1] += line_end
    fresh = [" " * depth + line.rstrip() + line_end for line in own]
    return "".join([*lines[:start], *fresh, *lines[end:]])


def _depth(lines: Sequence[str], block: Block) -> int:
    """Return the column of a service's keys; where it has none, two columns inside of it."""
    for line in lines[block.start + 1 : block.end]:
        text = line.strip()
        if text and not text.startswith("#"):
            return max(_indent(line), block.indent + 1)
    return block.indent + 2


def _place(lines: Sequence[str], block: Block, name: str, depth: int) -> tuple[int, int]:
    """Return the lines [start, end) of a part; an empty range where it belongs if it is not there."""
    key = re.compile(rf" {{{depth}}}([\"']?){name}\1\s*:(\s|$)")
    start = next((number for number in range(block.start + 1, block.end) if key.match(lines[number])), None)
    if start is None:
        asks = (n for n in range(block.start + 1, block.end) if lines[n].strip().startswith(f"# Add the {name} here"))
        comment = next(asks, None)
        place = block.end if comment is None else comment + 1
        return place, place
    end = last = start + 1
    while end < block.end and _belongs(lines[end], depth):
        end += 1
        text = lines[end - 1].strip()
        if text and not (text.startswith("#") and _indent(lines[end - 1]) <= depth):
            last = end
    return start, last


def _belongs(line: str, depth: int) -> bool:
    text = line.strip()
    return not text or text.startswith("#") or _indent(line) > depth or (_indent(line) == depth and text[0] == "-")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
