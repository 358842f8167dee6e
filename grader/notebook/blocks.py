"""What an answer in a notebook consists of: a few kinds of blocks, drawn by `plain`, `markdown` and `html`.

Texts are sentences of the kit or of a student. In them backticks set code apart; everything else means itself.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from grader.notebook.drawing import Picture

TICK = "`"


class Title(NamedTuple):
    """The first line of an answer."""

    text: str


class Words(NamedTuple):
    """A paragraph."""

    text: str


class Listing(NamedTuple):
    """Lines to be shown as they are: a part of a file, a table of settings."""

    lines: Sequence[str]


class Table(NamedTuple):
    """Rows under a head; every cell is a text."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


class Drawn(NamedTuple):
    """A picture; where there are none, the table that says the same."""

    picture: "Picture"
    table: Table


class Next(NamedTuple):
    """The last line: what to do now. The call or command is in backticks."""

    text: str


Block = Title | Words | Listing | Table | Drawn | Next


def code(text: str) -> str:
    """Set a text apart as code; a backtick of its own would end it and becomes an apostrophe."""
    return f"{TICK}{text.replace(TICK, chr(39))}{TICK}"


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Split a text into (piece, is it code?). A backtick without a partner means itself."""
    parts = text.split(TICK)
    if len(parts) % 2 == 0:
        parts[-2:] = [TICK.join(parts[-2:])]
    for number, part in enumerate(parts):
        if part:
            yield part, number % 2 == 1
