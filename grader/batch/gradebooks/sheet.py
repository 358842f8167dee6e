"""A CSV file of an LMS in memory: read as it was written, and written again with some cells replaced.

The text is kept whole, and records are read out of it when they are asked for: of its many cells few matter.
"""

import codecs
import os
import re
import stat
from array import array
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from grader.batch.gradebooks.cells import (
    SEPARATORS,
    Cell,
    Unclosed,
    line_of,
    read_record,
    record_end,
    record_values,
    written,
)
from grader.endings import UsageError

# A line of a large Canvas export is 500 bytes: 100,000 students.
MAX_GRADEBOOK_BYTES = 50_000_000

# UTF-16 only with its mark: that is what Excel calls "Unicode text". Its decoder must not take the mark away.
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SEPARATOR_LINE = re.compile(rf"sep=([{''.join(SEPARATORS)}])\r?\n", re.IGNORECASE)
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Sheet(NamedTuple):
    """A file: its text without the mark (BOM), how it is encoded, its separator, and where each record begins.

    Records are counted from 0, the header; record `i` is the text from `starts[i]` to `starts[i + 1]`. A line `sep=;`,
    by which Excel is told the separator, stands before the first.
    """

    path: str
    text: str
    mark: bytes
    encoding: str
    separator: str
    starts: Sequence[int]

    @property
    def records(self) -> int:
        """How many records there are, the header and empty lines included."""
        return len(self.starts) - 1

    def cells(self, record: int) -> list[Cell]:
        """Return the cells of a record; an empty line has none."""
        return read_record(self.text, self.starts[record], self.separator)[0]

    def values(self, record: int) -> list[str]:
        """Return what the cells of a record say."""
        return record_values(self.text[self.starts[record] : self.starts[record + 1]], self.separator)

    def line(self, record: int) -> int:
        """Return the line on which a record begins, from 1."""
        return line_of(self.text, self.starts[record])

    def rows(self, *, needed: Container[int | None] | None = None) -> Iterator[tuple[int, list[str]]]:
        """Yield the records behind the header that hold anything: the number and what the cells say.

        Of columns that are not `needed` (None: all are) nothing is kept: a large class has homework of many weeks.
        """
        for record in range(1, self.records):
            values = self.values(record)
            if any(values):
                yield record, values if needed is None else [v if i in needed else "" for i, v in enumerate(values)]


def read_sheet(path: str, words: Collection[str]) -> Sheet:
    """Read a CSV file with a header; `words` are titles (lower case) that tell which separator is the right one.

    Raises `UsageError` if it is missing, too large, a spreadsheet, neither UTF-8 nor marked UTF-16, empty, or has a
    quote that is never closed.
    """
    data = _bytes(path)
    if data.startswith(_SPREADSHEETS):
        raise UsageError(
            f"{path} is a spreadsheet or an archive, not a CSV file: save it as CSV (UTF-8), or download the CSV."
        )
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    text = _decoded(path, data[len(mark) :], encoding)
    told = _SEPARATOR_LINE.match(text)
    begin = told.end() if told else 0
    if not text[begin:].strip():
        raise UsageError(f"{path} is empty: download it anew.")
    try:
        separator = told[1] if told else max(SEPARATORS, key=lambda sign: _fits(text, sign, words))
        return Sheet(path, text, mark, encoding, separator, _starts(text, separator, begin))
    except Unclosed as error:
        raise UsageError(f"{path}: {error}. Download the file anew, or close the quote.") from None


def _bytes(path: str) -> bytes:
    try:
        about = os.stat(path)
        if not stat.S_ISREG(about.st_mode):
            raise UsageError(f"{path} is no file: name the CSV file of your LMS.")
        if about.st_size > MAX_GRADEBOOK_BYTES:
            raise UsageError(f"{path} is larger than {MAX_GRADEBOOK_BYTES // 1_000_000} MB: that is no gradebook.")
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise UsageError(f"{path} does not exist: name the CSV file of your LMS.") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from None


def _decoded(path: str, data: bytes, encoding: str) -> str:
    """Decode so that encoding again gives the same bytes. A guess (cp1252?) would break names, so none is made."""
    remedy = "Download it anew, or save it as CSV UTF-8."
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = 1 + data[: error.start].count(b"\n")
        raise UsageError(f"{path} is not {encoding.upper()}: line {line} holds other bytes. {remedy}") from None
    if "\0" in text:
        raise UsageError(f"{path} holds NUL characters: it is UTF-16 without its mark, or no text. {remedy}")
    return text


def _fits(text: str, separator: str, words: Collection[str]) -> tuple[int, int]:
    """How well the header reads with this separator: known titles, then cells. The first of equal ones is taken."""
    try:
        header = read_record(text, 0, separator)[0]
    except Unclosed:
        return (-1, 0)
    return sum(cell.value.strip().lower() in words for cell in header), len(header)


def _starts(text: str, separator: str, begin: int) -> Sequence[int]:
    starts = array("Q", [begin])
    while starts[-1] < len(text):
        starts.append(record_end(text, starts[-1], separator))
    return starts


def filled(sheet: Sheet, edits: Iterable[tuple[int, Mapping[int, str]]]) -> bytes:
    """Return the bytes of the file with some cells replaced: records in their order, each with column -> value.

    A record that is too short for its column gets the separators that it lacks. Everything else stays as it is.
    """
    pieces, done = [], 0
    for record, values in edits:
        for start, end, piece in _patches(sheet, sheet.cells(record), values):
            pieces += [sheet.text[done:start], piece]
            done = end
    pieces.append(sheet.text[done:])
    return sheet.mark + "".join(pieces).encode(sheet.encoding)


def _patches(sheet: Sheet, cells: Sequence[Cell], values: Mapping[int, str]) -> Iterator[tuple[int, int, str]]:
    """Yield what is replaced in one record, from left to right: from, to, by what."""
    behind = ""
    column = len(cells)
    for wanted in sorted(values):
        if wanted < len(cells):
            cell = cells[wanted]
            before = sheet.text[cell.start : cell.end]
            yield cell.start, cell.end, written(values[wanted], separator=sheet.separator, before=before)
            continue
        behind += sheet.separator * (wanted - column + 1)
        behind += written(values[wanted], separator=sheet.separator, before="")
        column = wanted + 1
    if behind:
        yield cells[-1].end, cells[-1].end, behind
