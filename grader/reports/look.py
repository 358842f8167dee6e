"""What a terminal can show: colours, symbols, columns. Pipes, files and dumb terminals get plain words."""

import os
from collections.abc import Mapping
from typing import TextIO

from grader.light_tuple import NamedTuple

DEFAULT_WIDTH_COLUMNS = 80
MIN_WIDTH_COLUMNS = 40
MAX_WIDTH_COLUMNS = 100  # longer lines are hard to read, however wide the window is

FULL_CELL, EMPTY_CELL = "█", "░"

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


class Look(NamedTuple):
    """How a text may look."""

    colour: bool = False
    symbols: bool = False
    width: int = DEFAULT_WIDTH_COLUMNS

    def paint(self, text: str, *styles: str) -> str:
        """Colour a text that is already cut and padded: codes have no width."""
        if not self.colour or not text:
            return text
        return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"

    def bar(self, part: int, whole: int, *, cells: int) -> str:
        """Draw a part of a whole; nothing where symbols cannot be shown. Only a whole fills every cell."""
        if not self.symbols or not whole:
            return ""
        full = part * cells // whole
        if part and not full:
            full = 1
        return FULL_CELL * full + EMPTY_CELL * (cells - full)


PLAIN = Look(False, False, DEFAULT_WIDTH_COLUMNS)


def look_of(stream: TextIO, environment: Mapping[str, str]) -> Look:
    """Return what `stream` can show.

    `NO_COLOR` (no-color.org) and `TERM=dumb` switch colours off, `FORCE_COLOR` switches them on for a pipe too.
    """
    terminal = stream.isatty() and environment.get("TERM") != "dumb"
    if environment.get("NO_COLOR"):
        colour = False
    elif environment.get("FORCE_COLOR"):
        colour = True
    else:
        colour = terminal and _understands_codes(environment)
    symbols = terminal and _can_encode(stream) and not _asks_for_ascii(environment)
    return Look(colour, symbols, _width(stream, environment))


def _asks_for_ascii(environment: Mapping[str, str]) -> bool:
    """POSIX: the locale C has no symbols. Python itself sets LC_CTYPE to C.UTF-8 where it finds that locale."""
    own = environment.get("LC_CTYPE", "")
    locale = environment.get("LC_ALL") or (own if own != "C.UTF-8" else "") or environment.get("LANG")
    return locale in ("C", "POSIX")


def _understands_codes(environment: Mapping[str, str]) -> bool:
    """Windows' old console prints the codes; its successors and ported terminals name themselves."""
    if os.name != "nt":
        return True
    return any(environment.get(name) for name in ("WT_SESSION", "TERM_PROGRAM", "ANSICON", "TERM"))


def _can_encode(stream: TextIO) -> bool:
    try:
        (FULL_CELL + EMPTY_CELL).encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _width(stream: TextIO, environment: Mapping[str, str]) -> int:
    asked = environment.get("COLUMNS", "")
    columns = int(asked) if asked.isdecimal() and len(asked) < 5 else 0
    if not columns and stream.isatty():
        try:
            columns = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError):
            columns = 0
    return max(MIN_WIDTH_COLUMNS, min(columns or DEFAULT_WIDTH_COLUMNS, MAX_WIDTH_COLUMNS))
