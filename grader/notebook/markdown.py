"""An answer as Markdown, for a reader that shows neither HTML nor pictures.

Whatever a student wrote means itself: no markup, no HTML, no formula.
"""

import re
from collections.abc import Sequence

from grader.notebook.blocks import TICK, Block, Drawn, Listing, Next, Table, Title, Words, pieces
from grader.reports.clean import clean, clean_line

# what CommonMark, tables and the formulas of Jupyter (`$x$`, `\\(x\\)`) would take for markup
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&~$:@])")
_WORDS = re.compile(r"[\w ,;?'\"/=%^]*")


def render_markdown(blocks: Sequence[Block]) -> str:
    """Return the blocks as Markdown."""
    return "\n\n".join(_block(block) for block in blocks) + "\n"


def _block(block: Block) -> str:
    match block:
        case Title(text):
            return f"**{_inline(text)}**"
        case Words(text):
            return "  \n".join(_inline(line) for line in clean(text).split("\n"))
        case Next(text):
            return f"**Next:** {_inline(text)}"
        case Listing(lines):
            return _fenced([clean(line) for line in lines])
        case Drawn(_, table):
            return _block(table)
        case Table(head, rows):
            return "\n".join([_row(head), _row(["---"] * len(head), plain=True), *(_row(row) for row in rows)])


def _inline(text: str) -> str:
    return "".join(_code(part) if is_code else _escaped(part) for part, is_code in pieces(clean_line(text)))


def _code(text: str) -> str:
    """A bar would end a table's cell even inside of code; as an entity it is shown, so such code is set by a tag."""
    if "|" in text:
        return f"<code>{_entities(text)}</code>"
    return f"{TICK}{text}{TICK}"


def _entities(text: str) -> str:
    return re.sub(r"[^\w ]", lambda found: f"&#{ord(found[0])};", text)


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text) if not _WORDS.fullmatch(text) else text


def _fenced(lines: Sequence[str]) -> str:
    longest = max((len(run) for line in lines for run in re.findall(f"{TICK}+", line)), default=0)
    fence = TICK * max(3, longest + 1)
    return "\n".join([f"{fence}text", *lines, fence])


def _row(cells: Sequence[str], *, plain: bool = False) -> str:
    return f"| {' | '.join(cell if plain else _inline(cell) for cell in cells)} |"
