"""The four kinds of scalars, character by character."""

import re

from grader.compose.goyaml.cursor import BLANKS, BLANKS_OR_END, BREAKS, BREAKS_OR_END, END, Cursor, Position

_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "'": "'", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_CODES = {"x": 2, "u": 4, "U": 8}  # hexadecimal digits
_ENDS_IN_FLOW = frozenset(",?[]{}")
_MAX_CODE = 0x10FFFF
# Runs of characters that are only themselves, read at once: between blanks and indicators, and inside quotes.
_WORD = re.compile("[^ \t\r\n\x85\u2028\u2029\0:,?\\[\\]{}]+")
_QUOTED_WORD = re.compile("[^ \t\r\n\x85\u2028\u2029\0'\"\\\\]+")


class Folding:
    """Blanks and line ends between the words of a scalar, and what they become."""

    __slots__ = ("blanks", "first", "leading", "more")

    def __init__(self) -> None:
        self.blanks = ""
        self.first = ""
        self.more = ""
        self.leading = False  # there was a line end, so what follows are blanks at the start of a line

    def read(self, cursor: Cursor) -> None:
        """Read one blank or line end."""
        if cursor.look() in BLANKS:
            character = cursor.take()
            if not self.leading:
                self.blanks += character
        elif not self.leading:
            self.blanks = ""
            self.first = cursor.take_break()
            self.leading = True
        else:
            self.more += cursor.take_break()

    def joined(self) -> str:
        """Return what stands between the words, and begin anew."""
        if not self.leading:
            text = self.blanks
        elif self.first == "\n":
            text = self.more or " "
        else:
            text = self.first + self.more
        self.blanks = self.first = self.more = ""
        self.leading = False
        return text


def scan_quoted(cursor: Cursor, quote: str) -> str:
    """Read a scalar in quotes; the cursor stands on the first of them."""
    start = cursor.position()
    cursor.skip()
    parts: list[str] = []
    folding = Folding()
    while True:
        cursor.look(3)
        if cursor.at_document_marker():
            cursor.fail("while scanning a quoted scalar", start, "found unexpected document indicator")
        if cursor.look() == END:
            cursor.fail("while scanning a quoted scalar", start, "found unexpected end of stream")
        folding.leading = _scan_word(cursor, quote, start, parts)
        if cursor.look() == quote:
            break
        while cursor.look() in BLANKS or cursor.look() in BREAKS:
            folding.read(cursor)
        parts.append(folding.joined())
    cursor.skip()
    return "".join(parts)


def _scan_word(cursor: Cursor, quote: str, start: Position, parts: list[str]) -> bool:
    """Read to the next blank or the closing quote; tell whether a line end was escaped there."""
    while (character := cursor.look()) not in BLANKS_OR_END:
        if character == quote:
            if quote == '"' or cursor.look(1) != "'":
                return False
            parts.append("'")
            cursor.skip(2)
        elif character == "\\" and quote == '"':
            if cursor.look(1) in BREAKS:
                cursor.skip()
                cursor.take_break()
                return True
            parts.append(_scan_escape(cursor, start))
        else:
            parts.append(cursor.run(_QUOTED_WORD) or cursor.take())
    return False


def _scan_escape(cursor: Cursor, start: Position) -> str:
    name = cursor.look(1)
    if name in _ESCAPES:
        cursor.skip(2)
        return _ESCAPES[name]
    if name not in _CODES:
        cursor.fail("while parsing a quoted scalar", start, "found unknown escape character")
    cursor.skip(2)
    digits = "".join(cursor.look(ahead) for ahead in range(_CODES[name]))
    if not all(digit in "0123456789abcdefABCDEF" for digit in digits):
        cursor.fail("while parsing a quoted scalar", start, "did not find expected hexdecimal number")
    code = int(digits, 16)
    if 0xD800 <= code <= 0xDFFF or code > _MAX_CODE:
        cursor.fail("while parsing a quoted scalar", start, "found invalid Unicode character escape code")
    cursor.skip(len(digits))
    return chr(code)


def scan_plain(cursor: Cursor, indent: int, *, flow: bool) -> tuple[str, Position, bool]:
    """Read a scalar without quotes: its text, its end, and whether a line end follows it.

    `indent` is the least column of its further lines.
    """
    start = end = cursor.position()
    parts: list[str] = []
    folding = Folding()
    while True:
        cursor.look(3)
        if cursor.at_document_marker() or cursor.look() == "#":
            break
        while (character := cursor.look()) not in BLANKS_OR_END:
            if character == ":" and cursor.look(1) in BLANKS_OR_END:
                break
            if flow and character in _ENDS_IN_FLOW:
                break
            if folding.leading or folding.blanks:
                parts.append(folding.joined())
            parts.append(cursor.run(_WORD) or cursor.take())
            end = cursor.position()
        if cursor.look() not in BLANKS and cursor.look() not in BREAKS:
            break
        while (character := cursor.look()) in BLANKS or character in BREAKS:
            if character == "\t" and folding.leading and cursor.column < indent:
                cursor.fail("while scanning a plain scalar", start, "found a tab character that violates indentation")
            folding.read(cursor)
        if not flow and cursor.column < indent:
            break
    return "".join(parts), end, folding.leading


def scan_block(cursor: Cursor, parent: int) -> tuple[str, Position]:
    """Read a literal or folded scalar: its text and its end. `parent` is the column of the block around it, or -1."""
    start = cursor.position()
    literal = cursor.take() == "|"
    chomping, increment = _scan_header(cursor, start)
    indent = max(parent, 0) + increment if increment else 0
    breaks, indent, end = _scan_indentation(cursor, indent, parent, start)
    parts: list[str] = []
    line_end = ""
    was_blank = False
    while cursor.column == indent and cursor.look() != END:
        is_blank = cursor.look() in BLANKS
        if not literal and line_end == "\n" and not was_blank and not is_blank:
            parts.append("" if breaks else " ")
        else:
            parts.append(line_end)
        parts.append(breaks)
        was_blank = is_blank
        while cursor.look() not in BREAKS_OR_END:
            parts.append(cursor.take())
        line_end = cursor.take_break()
        breaks, indent, end = _scan_indentation(cursor, indent, parent, start)
    if chomping != "-":
        parts.append(line_end)
    if chomping == "+":
        parts.append(breaks)
    return "".join(parts), end


def _scan_header(cursor: Cursor, start: Position) -> tuple[str, int]:
    """Read what stands behind `|` or `>`: how to treat the last line end, and how far the text is indented."""
    context = "while scanning a block scalar"
    chomping, increment = "", 0
    for _ in range(2):
        character = cursor.look()
        if character in "+-" and not chomping:
            chomping = cursor.take()
        elif character in "0123456789" and not increment:
            if character == "0":
                cursor.fail(context, start, "found an indentation indicator equal to 0")
            increment = int(cursor.take())
    skip_rest_of_line(cursor, context, start)
    return chomping, increment


def skip_rest_of_line(cursor: Cursor, context: str, start: Position) -> None:
    """Step over blanks, a comment and the line end; anything else is an error."""
    while cursor.look() in BLANKS:
        cursor.skip()
    if cursor.look() == "#":
        while cursor.look() not in BREAKS_OR_END:
            cursor.skip()
    if cursor.look() not in BREAKS_OR_END:
        cursor.fail(context, start, "did not find expected comment or line break")
    cursor.take_break()


def _scan_indentation(cursor: Cursor, indent: int, parent: int, start: Position) -> tuple[str, int, Position]:
    """Read empty lines and the blanks a line is indented by; find out how far that is if it is not known."""
    end = cursor.position()
    breaks = ""
    widest = 0
    while True:
        while (not indent or cursor.column < indent) and cursor.look() == " ":
            cursor.skip()
        widest = max(widest, cursor.column)
        if (not indent or cursor.column < indent) and cursor.look() == "\t":
            problem = "found a tab character where an indentation space is expected"
            cursor.fail("while scanning a block scalar", start, problem)
        if cursor.look() not in BREAKS:
            break
        breaks += cursor.take_break()
        end = cursor.position()
    return breaks, indent or max(widest, parent + 1, 1), end
