"""An answer as plain text: what a terminal, a test or a reader without a browser gets."""

from collections.abc import Sequence

from grader.notebook.blocks import Block, Drawn, Listing, Next, Table, Title, Words
from grader.reports.clean import clean, clean_line
from grader.reports.lines import display_width, wrap

WIDTH_COLUMNS = 88
GAP = "  "


def render_plain(blocks: Sequence[Block]) -> str:
    """Return the blocks with an empty line between them."""
    return "\n\n".join("\n".join(_lines(block)) for block in blocks)


def _lines(block: Block) -> list[str]:
    match block:
        case Title(text) | Words(text):
            return wrap(text, WIDTH_COLUMNS)
        case Next(text):
            return wrap(f"Next: {text}", WIDTH_COLUMNS, "", "      ")
        case Listing(lines):
            return [f"    {clean(line)}".rstrip() for line in lines]
        case Table(head, rows):
            return _table(head, rows)
        case Drawn(_, table):
            return _lines(table)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns as wide as they must be; the last one goes on below where it is too long."""
    cells = [[clean_line(cell) for cell in row] for row in (head, *rows)]
    widths = [max(display_width(row[column]) for row in cells) for column in range(len(head) - 1)]
    lines: list[str] = []
    for row in cells:
        start = "".join(_padded(cell, width) + GAP for cell, width in zip(row, widths, strict=False))
        room = max(WIDTH_COLUMNS, display_width(start) + WIDTH_COLUMNS // 3)
        lines += wrap(row[-1], room, start, " " * display_width(start)) or [start.rstrip()]
    ruler = GAP.join("-" * width for width in (*widths, display_width(head[-1])))
    return [lines[0], ruler, *lines[1:]]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))
