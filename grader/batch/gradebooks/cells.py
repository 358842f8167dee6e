"""CSV as it is written: every cell with its place in the text, so that one cell can be replaced and nothing else.

RFC 4180, and what `csv.reader` makes of the files that do not keep to it: a line ends with CR, LF or both, also mixed;
a quote opens a cell only at its very beginning; what follows a closing quote belongs to the cell as it stands. Unlike
there, quotes that are never closed are an error: everything behind them would be one cell.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

SEPARATORS = (",", ";", "\t")


class Cell(NamedTuple):
    """One cell: the text from `start` to `end` (quotes included, as in a slice), and what it says."""

    start: int
    end: int
    value: str


class Unclosed(Exception):
    """A quote that opens a cell is never closed. `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"the quote in line {line} is never closed")
        self.line = line


# Nothing is tried twice (`++`), so hostile quotes cost no more than others.
_QUOTED = '"((?:[^"]++|"")*+)"'
_LINE_END = "\r\n|\r|\n|\\Z"


@cache
def _cell(separator: str) -> re.Pattern[str]:
    """One cell (what its quotes hold, what stands behind them; or all of it) and what ends it."""
    plain = f"[^{separator}\r\n]*+"
    return re.compile(f'(?:{_QUOTED}({plain})|(?!")({plain}))({separator}|{_LINE_END})')


@cache
def _record(separator: str) -> re.Pattern[str]:
    """A whole record, many times faster than cell by cell."""
    cell = f'(?:{_QUOTED}|(?!"))[^{separator}\r\n]*+'
    return re.compile(f"{cell}(?:{separator}{cell})*+(?:{_LINE_END})")


def record_end(text: str, start: int, separator: str) -> int:
    """Return where the record that begins at `start` ends, its line end included. Raises `Unclosed`."""
    found = _record(separator).match(text, start)
    return found.end() if found else read_record(text, start, separator)[1]


def record_values(record: str, separator: str) -> list[str]:
    """Return what the cells of one record (as `record_end` cuts it out) say; an empty line has none."""
    if not record.strip("\r\n"):
        return []
    values = []
    for quoted, behind, plain, ending in _cell(separator).findall(record):
        values.append(quoted.replace('""', '"') + behind + plain)
        if ending != separator:
            break
    return values


def read_record(text: str, start: int, separator: str) -> tuple[list[Cell], int]:
    """Return the cells of the record that begins at `start`, and where the next one begins (the length: nowhere).

    An empty line has no cells. Raises `Unclosed`.
    """
    cells: list[Cell] = []
    match = _cell(separator).match
    while True:
        found = match(text, start)
        if found is None:
            raise Unclosed(line_of(text, start))
        quoted, behind, plain, ending = found.groups()
        value = plain if quoted is None else quoted.replace('""', '"') + behind
        cells.append(Cell(start, found.start(4), value))
        start = found.end()
        if ending != separator:
            only_blank = len(cells) == 1 and cells[0].start == cells[0].end
            return ([] if only_blank else cells), start


def line_of(text: str, at: int) -> int:
    """Return the number of the line in which `at` stands, from 1."""
    return 1 + len(re.findall("\r\n|\r|\n", text[:at]))


def line_of_cells(values: Sequence[str]) -> str:
    """Return cells as a line with its end, separated by commas."""
    line = ",".join(values)
    if line.count(",") >= len(values) or '"' in line or "\r" in line or "\n" in line:  # most lines need no quotes
        line = ",".join([written(value, separator=",", before="") for value in values])
    return line + "\r\n"


def written(value: str, *, separator: str, before: str) -> str:
    """Return the text of a cell that says `value`; quoted if it was (`before` is its text until now) or has to be."""
    if before.startswith('"') or any(sign in value for sign in (separator, '"', "\r", "\n")):
        return '"' + value.replace('"', '""') + '"'
    return value
