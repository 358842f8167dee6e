"""An answer as HTML: elements without colours, so that every theme shows it in its own.

Whatever a student wrote is text: no element, no attribute and no formula comes of it. Nothing is loaded from
anywhere.
"""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from grader.notebook.blocks import Block, Drawn, Listing, Next, Table, Title, Words, pieces
from grader.reports.clean import clean, clean_line

if TYPE_CHECKING:
    from grader.notebook.drawing import Picture

# MathJax leaves these classes alone: a `$` in a compose file is no formula.
_OPEN = '<div class="mathjax_ignore tex2jax_ignore">'
_CLOSE = "</div>"
_DOLLAR = "<span>$</span>"  # and where it does not know them, a formula does not reach over the borders of an element


def render_html(blocks: Sequence[Block]) -> str:
    """Return the blocks as one `div`."""
    return "\n".join([_OPEN, *(_block(block) for block in blocks), _CLOSE])


def _block(block: Block) -> str:
    match block:
        case Title(text):
            return f"<p><strong>{_inline(text)}</strong></p>"
        case Words(text):
            return f"<p>{'<br>'.join(_inline(line) for line in clean(text).split(chr(10)))}</p>"
        case Next(text):
            return f"<p><strong>Next:</strong> {_inline(text)}</p>"
        case Listing(lines):
            return f"<pre>{escape(chr(10).join(clean(line) for line in lines))}</pre>"
        case Table(head, rows):
            body = "\n".join(_row(row, "td") for row in rows)
            return f"<table>\n<thead>\n{_row(head, 'th')}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"

        case Drawn(picture, _):
            return _image(picture)


def _image(picture: "Picture") -> str:
    """A picture as an image: nothing in it becomes a part of the page."""
    from base64 import b64encode

    from grader.notebook.drawing import draw

    data = b64encode(draw(picture).encode("utf-8")).decode("ascii")
    alt = escape(clean_line(f"{picture.title}. {picture.description}"))
    return f'<p><img style="max-width: 100%" alt="{alt}" src="data:image/svg+xml;base64,{data}"></p>'


def _row(cells: Sequence[str], element: str) -> str:
    # JupyterLab's own style aligns cells to the right, which is meant for numbers
    shown = [f'<{element} style="text-align: left">{_inline(cell)}</{element}>' for cell in cells]
    return f"<tr>{''.join(shown)}</tr>"


def _inline(text: str) -> str:
    return "".join(
        f"<code>{escape(part)}</code>"
        if is_code
        else escape(part).replace("$", _DOLLAR).replace("\\", "<span>\\</span>")
        for part, is_code in pieces(clean_line(text))
    )
