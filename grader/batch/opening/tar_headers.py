"""One header of a tar: the few fields that count, of all forms of tar there are.

POSIX.1-2008 (ustar, pax) and GNU tar; `tarfile` reads the same and takes four times as long, which a class of a million
would notice.
"""

import tarfile
from typing import NamedTuple

from grader.batch.opening.members import ArchiveBroken

BLOCK_BYTES = tarfile.BLOCKSIZE

_POSIX = b"ustar\0"
_SUM = slice(148, 156)
_BLANKS = 8 * 32  # the sum counts its own field as blanks


class Header(NamedTuple):
    """An entry's name as written, its type (a byte of `tarfile`), and its size in bytes."""

    name: str
    type: bytes
    size: int


def read_header(block: bytes) -> Header:
    """Read the header in a block of 512 bytes. Raises `ArchiveBroken`."""
    if not sum_is_right(block):
        raise ArchiveBroken("is damaged")
    name = _text(block[:100])
    kind = block[156:157]
    if block[257:263] == _POSIX and block[345]:
        name = f"{_text(block[345:500])}/{name}"
    size = _number(block[124:136])
    if size is None or size < 0:
        raise ArchiveBroken("is damaged")
    return Header(name, kind, size)


def sum_is_right(block: bytes) -> bool:
    """Tell whether the bytes add up to what the header says; some old programs added them with signs."""
    said = _number(block[_SUM])
    rest = block[:148] + block[156:]
    total = sum(rest) + _BLANKS
    return said == total or said == total - 256 * sum(byte > 127 for byte in rest)


def _number(field: bytes) -> int | None:
    """Read an octal number, or a binary one, which begins with a byte of 128 or 255."""
    if field[0] in (0x80, 0xFF):
        return int.from_bytes(field[1:], "big") - (256 ** (len(field) - 1) if field[0] == 0xFF else 0)
    digits = field.partition(b"\0")[0].strip()
    try:
        return int(digits, 8) if digits else 0
    except ValueError:
        return None


def _text(field: bytes) -> str:
    return field.partition(b"\0")[0].decode("utf-8", "surrogateescape")
