"""The reader of CSV: what it says is what `csv` says, and what it writes differs in the intended cells only."""

import csv
import io
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from grader.batch.gradebooks.cells import SEPARATORS, Unclosed, read_record, record_end, record_values
from grader.batch.gradebooks.sheet import Sheet, filled, read_sheet

# Few signs, so that they meet; each of them means something to CSV, to an encoding or to a spreadsheet.
TEXTS = st.text(st.sampled_from(list("ab\",;\t\r\n ='é\U0001f600\ufeff")), max_size=40)
# Cells as programs write them, side by side in any way: quotes are always closed.
FILES = st.lists(
    st.sampled_from(
        ["a", '"b"', '"c,;\t\r\n d"', '"e""f"', '""', '"g"h', 'i"', " ", "é", "\U0001f600", *",;\t\r\n", "\r\n"]
    ),
    max_size=25,
).map("".join)
VALUES = st.text(st.sampled_from(list('62",;\t\r\n =é')), max_size=6)


def records(text: str, separator: str) -> list[list[str]]:
    """Return what our reader makes of a text, fast and cell by cell alike."""
    start, found = 0, []
    while start < len(text):
        end = record_end(text, start, separator)
        values = record_values(text[start:end], separator)
        cells, behind = read_record(text, start, separator)
        assert (end, values) == (behind, [cell.value for cell in cells])
        found.append(values)
        start = end
    return found


def as_csv_reads(text: str, separator: str) -> list[list[str]]:
    """Return what the standard library makes of it."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def closed_up(text: str, separator: str) -> str:
    """Return the text, with one more quote where the last cell needs it."""
    try:
        records(text, separator)
    except Unclosed:
        return text + '"'
    return text


@given(TEXTS, st.sampled_from(SEPARATORS))
def test_a_text_reads_as_csv_reads_it(text: str, separator: str) -> None:
    """Quotes, quotes in quotes, line ends inside of them, mixed line ends, empty lines."""
    text = closed_up(text, separator)

    assert as_csv_reads(text, separator) == records(text, separator)


@given(TEXTS, TEXTS, st.sampled_from(SEPARATORS))
def test_a_quote_that_stays_open_is_refused(text: str, inside: str, separator: str) -> None:
    """Where `csv` takes everything behind it for one cell."""
    text = f"""{closed_up(text, separator)}{separator}"{inside.replace('"', '""')}"""

    with pytest.raises(Unclosed):
        records(text, separator)

    assert inside == as_csv_reads(text, separator)[-1][-1]


@given(FILES, st.sampled_from(SEPARATORS))
def test_the_cells_lie_side_by_side(text: str, separator: str) -> None:
    """Between two cells is one separator and nothing else, behind the last one an end of line."""
    cells, behind = read_record(text, 0, separator)

    assert all(text[one.end : two.start] == separator for one, two in pairwise(cells))
    assert not cells or text[cells[-1].end : behind] in ("", "\r", "\n", "\r\n")


@pytest.mark.parametrize(
    ("text", "line"),
    [('"', 1), ('a,b\nc,"d', 2), ('a\r\nb\rc\n"x\n\n', 4), ('"a\n""b""\n', 1), ("x\n" + '""' * 50_000 + '"', 2)],
)
def test_a_quote_that_is_never_closed_is_told_with_its_line(text: str, line: int) -> None:
    """CR, LF and both count as one line end each; many quotes take no time."""
    with pytest.raises(Unclosed) as raised:
        records(text, ",")

    assert line == raised.value.line


def sheet_of(folder: Path, data: bytes) -> Sheet:
    """Return a file as it is read."""
    path = folder / "a.csv"
    path.write_bytes(data)
    return read_sheet(str(path), ())


MARKS = st.sampled_from(
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")]
)


@given(FILES, MARKS)
def test_filling_nothing_changes_no_byte(
    tmp_path_factory: pytest.TempPathFactory, text: str, mark: tuple[str, bytes]
) -> None:
    """Whatever the encoding and its mark are."""
    data = mark[1] + f"a{text}".encode(mark[0])

    assert data == filled(sheet_of(tmp_path_factory.mktemp("sheet"), data), [])


@given(FILES, MARKS, st.data())
def test_filling_changes_just_the_cells_meant(
    tmp_path_factory: pytest.TempPathFactory, text: str, mark: tuple[str, bytes], data: st.DataObject
) -> None:
    """As `csv` reads the file; a row that is too short grows empty cells on the way."""
    sheet = sheet_of(tmp_path_factory.mktemp("sheet"), mark[1] + f"a{text}".encode(mark[0]))
    before = as_csv_reads(sheet.text, sheet.separator)
    places = [(row, column) for row, cells in enumerate(before) if cells for column in range(len(cells) + 2)]
    edits = data.draw(st.dictionaries(st.sampled_from(places), VALUES, max_size=4))
    for (row, column), value in edits.items():
        before[row] += [""] * (column + 1 - len(before[row]))
        before[row][column] = value
    # One empty cell alone on its line is an empty line; no grade is empty.
    assume([""] not in [before[row] for row, _ in edits])
    rows = {row: {column: edits[row, column] for r, column in edits if r == row} for row, _ in sorted(edits)}

    after = filled(sheet, rows.items())[len(mark[1]) :].decode(mark[0])

    assert before == as_csv_reads(after, sheet.separator)
