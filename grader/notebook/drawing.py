"""A picture as a few records, and the SVG that is drawn from them.

Every text stands on a shape of its own colour and every line is grey, so a picture reads on a light and on a dark page.
"""

from collections.abc import Iterator
from html import escape
from typing import Literal, NamedTuple

from grader.reports.clean import clean_line

LINE = "#7d8590"
INK = "#1b1f24"
LINE_HEIGHT = 18
SMALL_PIXELS = 13

Kind = Literal["yours", "program", "data", "store", "label", "wrong", "away"]

# filling and border
COLOURS: dict[Kind, tuple[str, str]] = {
    "yours": ("#eaeef2", "#57606a"),
    "program": ("#cfe3ff", "#1f6feb"),
    "data": ("#d3f2dc", "#1a7f37"),
    "store": ("#fff1c7", "#9a6700"),
    "label": ("#eaeef2", "#afb8c1"),
    "wrong": ("#ffdcd7", "#cf222e"),
    "away": ("#9aa4ae", "#57606a"),
}
STYLE = (
    "text { font-family: system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif; text-anchor: middle; fill: " + INK + "; } "
    ".name { font-size: 16px; font-weight: 600; } "
    ".small { font-size: 13px; } "
    ".code { font-size: 13px; font-family: ui-monospace, 'DejaVu Sans Mono', monospace; }"
)


class Box(NamedTuple):
    """A rounded box around its centre; the first line is its name if it is `named`.

    A line that begins with a backtick is code. Lengths are in pixels of the picture.
    """

    x: int
    y: int
    width: int
    height: int
    kind: Kind
    lines: tuple[str, ...]
    named: bool = True


class Arrow(NamedTuple):
    """A line through some points; the last one has the head. A dashed one has none."""

    points: tuple[tuple[int, int], ...]
    dashed: bool = False


class Picture(NamedTuple):
    """One picture. `description` says everything that can be seen, for those who cannot see it."""

    name: str
    title: str
    description: str
    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...] = ()


def draw(picture: Picture) -> str:
    """Return the picture as SVG text; the same picture always gives the same text."""
    size = f'viewBox="0 0 {picture.width} {picture.height}" width="{picture.width}" height="{picture.height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title description">',
        f'<title id="title">{_text(picture.title)}</title>',
        f'<desc id="description">{_text(picture.description)}</desc>',
        f"<style>{STYLE}</style>",
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        f'orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="{LINE}"/></marker></defs>',
        *map(_arrow, picture.arrows),
        *(line for box in picture.boxes for line in _box(box)),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _arrow(arrow: Arrow) -> str:
    points = " ".join(f"{x},{y}" for x, y in arrow.points)
    look = ' stroke-dasharray="4 4"' if arrow.dashed else ' marker-end="url(#head)"'
    return f'<polyline points="{points}" fill="none" stroke="{LINE}" stroke-width="2"{look}/>'


def _box(box: Box) -> Iterator[str]:
    fill, border = COLOURS[box.kind]
    place = f'x="{box.x - box.width // 2}" y="{box.y - box.height // 2}" width="{box.width}" height="{box.height}"'
    yield f'<rect {place} rx="8" fill="{fill}" stroke="{border}"/>'
    first = box.y + SMALL_PIXELS // 2 - 1 - LINE_HEIGHT // 2 * (len(box.lines) - 1)
    for number, text in enumerate(box.lines):
        look = "name" if box.named and number == 0 else "code" if text.startswith("`") else "small"
        y = first + LINE_HEIGHT * number
        yield f'<text class="{look}" x="{box.x}" y="{y}" xml:space="preserve">{_text(text.strip("`"))}</text>'


def _text(text: str) -> str:
    """XML forbids control characters in every form."""
    return escape(clean_line(text))
