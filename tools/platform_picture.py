"""Draw docs/img/platform.svg, the picture of docs/platform.md: `python tools/platform_picture.py`.

Every text stands on a shape of its own colour and every line is grey, so it reads on a light and on a dark page.
"""

import os
import sys
from html import escape
from typing import NamedTuple

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PICTURE = os.path.join(ROOT, "docs", "img", "platform.svg")

WIDTH, HEIGHT = 880, 390
TITLE = "The Social Commerce Platform"
DESCRIPTION = (
    "You send requests to the app at port 8000 of your computer. The app stores each change in MongoDB and sends an "
    "event to Kafka, to one of the topics users, products, orders and posts. mysql-service reads the events and writes "
    "rows to MySQL. MongoDB, Kafka and MySQL keep their data in named volumes; app and mysql-service get their code "
    "through bind mounts."
)
LINE = "#7d8590"
INK = "#1b1f24"
# Filling and border of what is yours, of the two programs, of the services with data, of volumes, of labels.
COLOURS = {
    "you": ("#eaeef2", "#57606a"),
    "program": ("#cfe3ff", "#1f6feb"),
    "data": ("#d3f2dc", "#1a7f37"),
    "store": ("#fff1c7", "#9a6700"),
    "label": ("#eaeef2", "#afb8c1"),
}
STYLE = (
    "text { font-family: system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif; text-anchor: middle; fill: " + INK + "; } "
    ".name { font-size: 17px; font-weight: 600; } .small { font-size: 13px; }"
)


class Box(NamedTuple):
    """A rounded box around its centre, with a name and smaller lines below; `kind` is a key of COLOURS."""

    x: int
    y: int
    width: int
    height: int
    kind: str
    lines: tuple[str, ...]
    named: bool = True


class Arrow(NamedTuple):
    """A line through some points; the last one has the head."""

    points: tuple[tuple[int, int], ...]
    dashed: bool = False


TOP, BOTTOM, VOLUMES = 100, 270, 362
BOXES = (
    Box(70, TOP, 110, 62, "you", ("you", "browser, curl")),
    Box(285, TOP, 150, 78, "program", ("app", "FastAPI, Beanie", "port 8000")),
    Box(285, BOTTOM, 150, 62, "data", ("mongodb", "port 27017")),
    Box(530, TOP, 180, 78, "data", ("kafka", "port 9092", "(controller 29093)")),
    Box(785, TOP, 160, 78, "program", ("mysql-service", "consumer", "no port")),
    Box(785, BOTTOM, 160, 62, "data", ("mysql", "port 3306")),
    Box(165, TOP, 62, 26, "label", ("HTTP",), named=False),
    Box(285, 187, 150, 26, "label", ("1. stores documents",), named=False),
    Box(401, 42, 150, 26, "label", ("2. sends an event",), named=False),
    Box(657, 42, 150, 26, "label", ("3. reads the event",), named=False),
    Box(785, 187, 120, 26, "label", ("4. writes rows",), named=False),
    Box(530, 187, 184, 44, "label", ("topics: users, products,", "orders, posts"), named=False),
    Box(285, VOLUMES, 150, 30, "store", ("named volume",), named=False),
    Box(530, VOLUMES, 150, 30, "store", ("named volume",), named=False),
    Box(785, VOLUMES, 150, 30, "store", ("named volume",), named=False),
    Box(
        102,
        BOTTOM,
        180,
        62,
        "store",
        ("bind mounts", "./apps and ./shared:", "code of the two programs"),
        named=False,
    ),
)
ARROWS = (
    Arrow(((125, TOP), (206, TOP))),
    Arrow(((285, 139), (285, 235))),
    Arrow(((360, TOP - 10), (436, TOP - 10))),
    Arrow(((620, TOP - 10), (701, TOP - 10))),
    Arrow(((785, 139), (785, 235))),
    Arrow(((285, 301), (285, 343)), dashed=True),
    Arrow(((530, 139), (530, 343)), dashed=True),
    Arrow(((785, 301), (785, 343)), dashed=True),
    Arrow(((401, 55), (401, TOP - 14)), dashed=True),
    Arrow(((657, 55), (657, TOP - 14)), dashed=True),
)


def draw() -> str:
    """Return the picture as SVG text."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-labelledby="title description">'
    )
    return "\n".join(
        [
            head,
            f'<title id="title">{escape(TITLE)}</title>',
            f'<desc id="description">{escape(DESCRIPTION)}</desc>',
            f"<style>{STYLE}</style>",
            '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
            f'orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="{LINE}"/></marker></defs>',
            *map(_arrow, ARROWS),
            *(line for box in BOXES for line in _box(box)),
            "</svg>\n",
        ]
    )


def _arrow(arrow: Arrow) -> str:
    points = " ".join(f"{x},{y}" for x, y in arrow.points)
    look = ' stroke-dasharray="4 4"' if arrow.dashed else ' marker-end="url(#head)"'
    return f'<polyline points="{points}" fill="none" stroke="{LINE}" stroke-width="2"{look}/>'


def _box(box: Box) -> list[str]:
    fill, border = COLOURS[box.kind]
    left, top = box.x - box.width // 2, box.y - box.height // 2
    parts = [
        f'<rect x="{left}" y="{top}" width="{box.width}" height="{box.height}" rx="8" fill="{fill}" stroke="{border}"/>'
    ]
    first = box.y + 5 - 9 * (len(box.lines) - 1)
    for number, text in enumerate(box.lines):
        look = "name" if box.named and number == 0 else "small"
        parts.append(f'<text class="{look}" x="{box.x}" y="{first + 18 * number}">{escape(text)}</text>')
    return parts


def main() -> int:
    """Write the picture."""
    with open(PICTURE, "w", encoding="utf-8", newline="\n") as file:
        file.write(draw())
    return 0


if __name__ == "__main__":
    sys.exit(main())
