"""Bytes to text and text to lines, as the parser counts them."""

import re
from collections.abc import Sequence

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def decode(data: bytes) -> str:
    """Return the text of a file; bytes that are no UTF-8 (or UTF-16 with its mark) become U+FFFD."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")


def lines(text: str) -> Sequence[str]:
    """Return the lines of a text without their ends; YAML knows more line ends than most editors."""
    if text.isascii() and "\r" not in text:
        return text.split("\n")
    return _BREAK.split(text.removeprefix("\ufeff"))
