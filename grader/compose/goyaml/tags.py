"""Tags, anchors and directives, character by character."""

from grader.compose.goyaml.cursor import BLANKS, BLANKS_OR_END, WORD, Cursor, Position
from grader.compose.goyaml.scalars import skip_rest_of_line

_URI = WORD | frozenset(";/?:@&=+$,.!~*'()[]%")
_BEHIND_ANCHOR = BLANKS_OR_END | frozenset("?:,]}%@`")
_HEX = frozenset("0123456789abcdefABCDEF")
_MAX_VERSION_DIGITS = 2


def scan_anchor(cursor: Cursor, *, alias: bool) -> str:
    """Read the name behind `&` or `*`."""
    start = cursor.position()
    cursor.skip()
    name = _scan_word(cursor)
    if not name or cursor.look() not in _BEHIND_ANCHOR:
        context = "while scanning an alias" if alias else "while scanning an anchor"
        cursor.fail(context, start, "did not find expected alphabetic or numeric character")
    return name


def _scan_word(cursor: Cursor) -> str:
    letters = []
    while cursor.look() in WORD:
        letters.append(cursor.take())
    return "".join(letters)


def scan_tag(cursor: Cursor) -> tuple[str, str]:
    """Read a tag: its handle (empty for a whole one) and the rest."""
    start = cursor.position()
    if cursor.look(1) == "<":
        cursor.skip(2)
        handle, suffix = "", _scan_uri(cursor, "", start, "while parsing a tag")
        if cursor.look() != ">":
            cursor.fail("while scanning a tag", start, "did not find the expected '>'")
        cursor.skip()
    else:
        handle = _scan_handle(cursor, start, directive=False)
        if len(handle) > 1 and handle[-1] == "!":
            suffix = _scan_uri(cursor, "", start, "while parsing a tag")
        else:
            suffix = _scan_uri(cursor, handle, start, "while parsing a tag")
            handle = "!"
            if not suffix:
                handle, suffix = "", "!"
    if cursor.look() not in BLANKS_OR_END:
        cursor.fail("while scanning a tag", start, "did not find expected whitespace or line break")
    return handle, suffix


def _scan_handle(cursor: Cursor, start: Position, *, directive: bool) -> str:
    context = "while parsing a %TAG directive" if directive else "while parsing a tag"
    if cursor.look() != "!":
        cursor.fail(context, start, "did not find expected '!'")
    handle = cursor.take() + _scan_word(cursor)
    if cursor.look() == "!":
        return handle + cursor.take()
    if directive and handle != "!":
        cursor.fail(context, start, "did not find expected '!'")
    return handle


def _scan_uri(cursor: Cursor, head: str, start: Position, context: str) -> str:
    """Read the rest of a tag; `head` is what was read of it, with its `!`."""
    parts = [head[1:]]
    found = bool(head)
    while cursor.look() in _URI:
        parts.append(_scan_octets(cursor, start, context) if cursor.look() == "%" else cursor.take())
        found = True
    if not found:
        cursor.fail(context, start, "did not find expected tag URI")
    return "".join(parts)


def _scan_octets(cursor: Cursor, start: Position, context: str) -> str:
    """Read the escaped bytes of one character."""
    data = b""
    wanted = 1
    while len(data) < wanted:
        digits = cursor.look(1) + cursor.look(2)
        if cursor.look() != "%" or not _HEX.issuperset(digits):
            cursor.fail(context, start, "did not find URI escaped octet")
        octet = int(digits, 16)
        if not data:
            wanted = _width(octet)
            if not wanted:
                cursor.fail(context, start, "found an incorrect leading UTF-8 octet")
        elif octet & 0xC0 != 0x80:
            cursor.fail(context, start, "found an incorrect trailing UTF-8 octet")
        data += bytes([octet])
        cursor.skip(3)
    return data.decode("utf-8", "replace")


def _width(octet: int) -> int:
    """Return how many bytes a character has that begins with `octet`, 0 if none does."""
    if octet < 0x80:
        return 1
    for width, mask, bits in ((2, 0xE0, 0xC0), (3, 0xF0, 0xE0), (4, 0xF8, 0xF0)):
        if octet & mask == bits:
            return width
    return 0


def scan_directive(cursor: Cursor) -> tuple[str, tuple[str, str] | tuple[int, int]]:
    """Read a line that begins with `%`: `YAML` and a version, or `TAG` and what a handle stands for."""
    start = cursor.position()
    context = "while scanning a directive"
    cursor.skip()
    name = _scan_word(cursor)
    if not name:
        cursor.fail(context, start, "could not find expected directive name")
    if cursor.look() not in BLANKS_OR_END:
        cursor.fail(context, start, "found unexpected non-alphabetical character")
    value: tuple[str, str] | tuple[int, int]
    if name == "YAML":
        value = _scan_version(cursor, start)
    elif name == "TAG":
        value = _scan_tag_directive(cursor, start)
    else:
        cursor.fail(context, start, "found unknown directive name")
    skip_rest_of_line(cursor, context, start)
    return name, value


def _skip_blanks(cursor: Cursor) -> None:
    while cursor.look() in BLANKS:
        cursor.skip()


def _scan_version(cursor: Cursor, start: Position) -> tuple[int, int]:
    context = "while scanning a %YAML directive"
    _skip_blanks(cursor)
    major = _scan_number(cursor, start, context)
    if cursor.look() != ".":
        cursor.fail(context, start, "did not find expected digit or '.' character")
    cursor.skip()
    return major, _scan_number(cursor, start, context)


def _scan_number(cursor: Cursor, start: Position, context: str) -> int:
    digits = ""
    while cursor.look() in "0123456789":
        if len(digits) == _MAX_VERSION_DIGITS:
            cursor.fail(context, start, "found extremely long version number")
        digits += cursor.take()
    if not digits:
        cursor.fail(context, start, "did not find expected version number")
    return int(digits)


def _scan_tag_directive(cursor: Cursor, start: Position) -> tuple[str, str]:
    context = "while scanning a %TAG directive"
    _skip_blanks(cursor)
    handle = _scan_handle(cursor, start, directive=True)
    if cursor.look() not in BLANKS:
        cursor.fail(context, start, "did not find expected whitespace")
    _skip_blanks(cursor)
    prefix = _scan_uri(cursor, "", start, "while parsing a %TAG directive")
    if cursor.look() not in BLANKS_OR_END:
        cursor.fail(context, start, "did not find expected whitespace or line break")
    return handle, prefix
