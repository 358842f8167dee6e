"""Bytes to text and text to lines, as the parser counts them."""

import re
from collections.abc import Iterator, Mapping, Sequence

UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BREAK = "\r\n|[\n\r\x85\u2028\u2029]"  # compiled when it is needed


def decode(data: bytes) -> str:
    """Return the text of a file; bytes that are no UTF-8 (or UTF-16 with its mark) become U+FFFD."""
    if data[:2] in UTF_16_MARKS:
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")


def lines(text: str) -> Sequence[str]:
    """Return the lines of a text without their ends; YAML knows more line ends than most editors."""
    if text.isascii() and "\r" not in text:
        return text.split("\n")
    return re.split(_BREAK, text.removeprefix("\ufeff"))


class Texts(Mapping[str, Sequence[str]]):
    """The lines of files, split when they are asked for."""

    def __init__(self, data: Mapping[str, bytes]) -> None:
        self._data = data
        self._lines: dict[str, Sequence[str]] = {}

    def __getitem__(self, name: str) -> Sequence[str]:
        if name not in self._lines:
            self._lines[name] = lines(decode(self._data[name]))
        return self._lines[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)
