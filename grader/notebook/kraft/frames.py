"""A frame of a quorum as a picture, and as the table that says the same."""

from collections.abc import Mapping
from typing import NamedTuple

from grader.notebook.blocks import Drawn, Table
from grader.notebook.drawing import Arrow, Box, Kind, Picture
from grader.notebook.kraft.raft import Entry
from grader.notebook.kraft.story import Frame, Seen

WIDTH = 860
ROW = 66
TOP = 34
NODE = Box(x=150, y=0, width=150, height=50, kind="yours", lines=())
SAYS = Box(x=325, y=0, width=160, height=30, kind="label", lines=())
FIRST_ENTRY = 472
ENTRY_STEP = 104
ENTRY_WIDTH = 98
ENTRY_HEIGHT = 44
MAX_ENTRIES = 4  # of a log, the last ones
MARGIN = 24  # where the arrows run
MARGIN_STEP = 10
HEAD = ("node", "role", "epoch", "does", "log: what counts | what does not yet")


class Shown(NamedTuple):
    """One frame as an answer shows it.

    `drawn` is a table where there is nothing to draw, None where words are enough; `data` is for programs.
    """

    title: str
    words: str
    drawn: Drawn | Table | None
    data: Mapping[str, object]


def show_frame(frame: Frame) -> Shown:
    """Draw a frame of a quorum."""
    nodes = [{**seen._asdict(), "log": [entry._asdict() for entry in seen.log]} for seen in frame.nodes]
    table = Table(HEAD, [_row(seen) for seen in frame.nodes])
    return Shown(frame.title, frame.words, Drawn(_picture(frame), table), {"nodes": nodes})


def role_of(seen: Seen) -> str:
    """Return what a node is, in a word."""
    return seen.role if seen.up else "down"


def log_text(seen: Seen) -> str:
    """Return a log as a text: `1 node 1 leads | 2 topic users`; the bar is the high watermark as the node knows it."""
    entries = [f"{number} {entry.text}" for number, entry in enumerate(seen.log, 1)]
    counted, open_ones = entries[: seen.counts], entries[seen.counts :]
    return f"{', '.join(counted)} | {', '.join(open_ones)}".strip() if entries else "empty"


def _row(seen: Seen) -> tuple[str, ...]:
    return (str(seen.id), role_of(seen), str(seen.epoch), seen.says or "-", log_text(seen))


def _picture(frame: Frame) -> Picture:
    rows = {seen.id: TOP + ROW // 2 + ROW * place for place, seen in enumerate(frame.nodes)}
    boxes = [
        Box(NODE.x, 16, NODE.width, 22, "label", ("node",), named=False),
        Box(SAYS.x, 16, SAYS.width, 22, "label", ("does now",), named=False),
        Box(636, 16, 426, 22, "label", ("log: green counts, yellow does not count yet",), named=False),
    ]
    for seen in frame.nodes:
        boxes += _boxes(seen, rows[seen.id])
    arrows = [_arrow(rows[one], rows[other], place) for place, (one, other) in enumerate(frame.calls)]
    return Picture(
        name="quorum",
        title=frame.title,
        description=f"{frame.words} {' '.join(map(_sentence, frame.nodes))}",
        width=WIDTH,
        height=TOP + ROW * len(frame.nodes) + 8,
        boxes=tuple(boxes),
        arrows=tuple(arrows),
    )


def _boxes(seen: Seen, y: int) -> list[Box]:
    kinds: dict[str, Kind] = {"leader": "program", "candidate": "store", "down": "away"}
    kind = kinds.get(role_of(seen), "yours")
    lines = (f"node {seen.id}", f"{role_of(seen)}, epoch {seen.epoch}")
    boxes = [Box(NODE.x, y, NODE.width, NODE.height, kind, lines)]
    if seen.says:
        boxes.append(Box(SAYS.x, y, SAYS.width, SAYS.height, "label", (seen.says,), named=False))
    hidden = max(0, len(seen.log) - MAX_ENTRIES)
    for place, (number, entry) in enumerate(list(enumerate(seen.log, 1))[hidden:]):
        boxes.append(_entry(entry, number, FIRST_ENTRY + ENTRY_STEP * place, y, counts=number <= seen.counts))
    if not seen.log:
        boxes.append(Box(FIRST_ENTRY, y, ENTRY_WIDTH, 26, "label", ("empty log",), named=False))
    return boxes


def _entry(entry: Entry, number: int, x: int, y: int, *, counts: bool) -> Box:
    lines = (f"{number}, epoch {entry.epoch}", *_folded(entry.text))
    height = ENTRY_HEIGHT + (14 if len(lines) > 2 else 0)
    return Box(x, y, ENTRY_WIDTH, height, "data" if counts else "store", lines, named=False)


def _folded(text: str) -> tuple[str, ...]:
    """Break a long text at a blank near its middle."""
    if len(text) <= 14:
        return (text,)
    blanks = [place for place, sign in enumerate(text) if sign == " "]
    middle = min(blanks, key=lambda place: abs(place - len(text) // 2), default=len(text) // 2)
    return (text[:middle].strip(), text[middle:].strip())


def _arrow(start: int, end: int, place: int) -> Arrow:
    """From row to row along the left edge; several lie beside each other."""
    edge, x = NODE.x - NODE.width // 2, MARGIN + MARGIN_STEP * (place % 4)
    shift = 8 if start < end else -8
    return Arrow(((edge, start + shift), (x, start + shift), (x, end - shift), (edge - 2, end - shift)))


def _sentence(seen: Seen) -> str:
    says = f", {seen.says}" if seen.says else ""
    return f"Node {seen.id}: {role_of(seen)}, epoch {seen.epoch}{says}; log: {log_text(seen)}."
