"""A position in a text, and the characters YAML tells apart."""

import re
from typing import Any, NoReturn

from yaml.reader import ReaderError
from yaml.scanner import ScannerError

from grader.light_tuple import NamedTuple

END = "\0"  # what stands behind the last character; no text can hold it
BLANKS = frozenset(" \t")
BREAKS = frozenset("\r\n\x85\u2028\u2029")
BREAKS_OR_END = BREAKS | {END}
BLANKS_OR_END = BLANKS | BREAKS_OR_END
WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
_BOM = "\ufeff"
_TO_COMMENT = re.compile("[ \t\r\n\x85\u2028\u2029]{1,511}(?=#)")  # go-yaml looks no further


class Position(NamedTuple):
    """A place in the text, everything counted from 0."""

    offset: int
    line: int
    column: int


_made = tuple.__new__  # of a named tuple: half the time of its own constructor


class Cursor:
    """Walks through a text.

    `broken` is the reason for which the bytes behind the text could not be decoded: a look there is a `ReaderError`.
    """

    __slots__ = ("_size", "_text", "broken", "column", "index", "line")

    def __init__(self, text: str, broken: str | None = None) -> None:
        self._text = text
        self._size = len(text)
        self.index = 0
        self.line = 0
        self.column = 0
        self.broken = broken
        if text.startswith(_BOM):
            self.index = 1

    def look(self, ahead: int = 0) -> str:
        """Return a character at or behind the position, `END` behind the last one."""
        index = self.index + ahead
        if index < self._size:
            return self._text[index]
        if self.broken is not None:
            raise ReaderError("", index, 0, "", self.broken)
        return END

    def take(self) -> str:
        """Return the character here and step over it."""
        character = self.look()
        self.index += 1
        self.column += 1
        return character

    def run(self, pattern: re.Pattern[str]) -> str:
        """Step over the characters that a pattern matches here, none of them a line end, and return them."""
        found = pattern.match(self._text, self.index)
        if found is None:
            return ""
        taken = found[0]
        self.index += len(taken)
        self.column += len(taken)
        return taken

    def skip(self, count: int = 1) -> None:
        """Step over characters of one line."""
        self.index += count
        self.column += count

    def take_break(self) -> str:
        """Step over a line end, and return it as values hold it; nothing if there is none."""
        character = self.look()
        if character not in BREAKS:
            return ""
        self.index += 2 if character == "\r" and self.look(1) == "\n" else 1
        self.line += 1
        self.column = 0
        return character if character in "\u2028\u2029" else "\n"

    def skip_bom(self) -> None:
        """Step over a second mark at the start of the file; go-yaml knows it nowhere else."""
        if self.index == 1 and self.look() == _BOM:
            self.skip()

    def is_first(self) -> bool:
        """Tell whether there are only blanks in front of the position on its line."""
        return not self._text[self.index - self.column : self.index].strip(" \t")

    def skip_to_comment(self) -> bool:
        """Step over blanks and line ends in front of one more comment, and tell whether there is one."""
        found = _TO_COMMENT.match(self._text, self.index)
        if found is None:
            return False
        while self.index < found.end():
            if not self.take_break():
                self.skip()
        return True

    def position(self) -> Position:
        """Return where the cursor stands."""
        return _made(Position, (self.index, self.line, self.column))

    def at_document_marker(self) -> bool:
        """Tell whether `---` or `...` stands alone at the start of this line."""
        if self.column:
            return False
        three = self.look() + self.look(1) + self.look(2)
        return three in ("---", "...") and self.look(3) in BLANKS_OR_END

    def fail(self, context: str, start: Any, problem: str) -> NoReturn:
        """Raise the scanner's error here."""
        here: Any = self.position()
        raise ScannerError(context, start, problem, here)
