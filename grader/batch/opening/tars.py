"""A tar archive read forwards, entry by entry, in flat memory: nothing of an entry is kept when the next one is read.

`tarfile` keeps every entry it has seen and reads headers of any length.
"""

import tarfile
from collections.abc import Iterator, Mapping

from grader.batch.opening.inflate import Stream
from grader.batch.opening.members import ArchiveBroken, ArchiveRefused, Member, MemberKind, member
from grader.batch.opening.tar_headers import BLOCK_BYTES, Header, read_header

MAX_HEADER_BYTES = 64 * 1024  # of a long name or of the extended attributes of one entry
SKIP_CHUNK_BYTES = 256 * 1024

_LONG_NAME, _LONG_LINK, _ATTRIBUTES, _ALL_ATTRIBUTES, _SPARSE = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE),
    tarfile.XGLTYPE,
    tarfile.GNUTYPE_SPARSE,
)
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_LINKS = (tarfile.SYMTYPE, tarfile.LNKTYPE)


def tar_members(stream: Stream) -> Iterator[Member]:
    """Yield the members of a tar in its own order.

    Raises `ArchiveBroken` where it is damaged or ends early, `ArchiveRefused` where it is not read on.
    """
    reader = _Reader(stream)
    name: str | None = None
    attributes: Mapping[str, str] = {}
    while True:
        header = reader.header()
        if header is None:
            return
        if header.type == _LONG_NAME:
            name = reader.text(header.size).rstrip("\0")
        elif header.type in _ATTRIBUTES:
            attributes = _attributes(reader.header_data(header.size))
        elif header.type in (_LONG_LINK, _ALL_ATTRIBUTES):
            reader.skip(header.size)
        else:
            size = _size(attributes.get("size"), header.size)
            found = _member(reader, header, attributes.get("path") or name or header.name, size, attributes)
            if found is not None:
                yield found
            reader.finish()
            name, attributes = None, {}


def _member(reader: "_Reader", header: Header, name: str, size: int, attributes: Mapping[str, str]) -> Member | None:
    kind = _kind(header.type, attributes)
    # only these have data behind their header
    has_data = header.type in _FILES or header.type == _SPARSE or header.type not in tarfile.SUPPORTED_TYPES
    reader.begin(size if has_data else 0)
    if kind == "file" and name.endswith("/"):  # the folders of archives older than the type for them
        kind = "folder"
    return member(name, kind, size, reader.read) if kind == "file" else member(name, kind, 0)


def _kind(of: bytes, attributes: Mapping[str, str]) -> MemberKind:
    if of == tarfile.DIRTYPE:
        return "folder"
    if of in _LINKS:
        return "link"
    sparse = any(key.startswith("GNU.sparse.") for key in attributes)
    return "file" if of in _FILES and not sparse else "special"


def _size(written: str | None, size: int) -> int:
    if written is None:
        return size
    if not written.isascii() or not written.isdigit() or len(written) > 18:
        raise ArchiveBroken("is damaged")
    return int(written)


def _attributes(data: bytes) -> dict[str, str]:
    """Read `length key=value` lines; the length counts itself, so a value may hold line ends."""
    found: dict[str, str] = {}
    at = 0
    while at < len(data) and data[at] != 0:
        length, blank, _ = data[at : at + 20].partition(b" ")
        if not blank or not length.isdigit() or int(length) <= len(length) + 1:
            raise ArchiveBroken("is damaged")
        key, _, value = data[at + len(length) + 1 : at + int(length)].rstrip(b"\n").partition(b"=")
        found[key.decode("utf-8", "replace")] = value.decode("utf-8", "surrogateescape")
        at += int(length)
    return found


class _Reader:
    """The stream, with what is left of the present entry."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._left = 0  # bytes of the present file that were not read yet
        self._padding = 0
        self._at_start = True

    def header(self) -> Header | None:
        """Return the next header; None at the block of zeros with which every tar ends, unless it was cut off."""
        block = self._exactly(BLOCK_BYTES)
        if block.count(0) == BLOCK_BYTES:
            return None
        try:
            header = read_header(block)
        except ArchiveBroken:
            if self._at_start:
                raise ArchiveBroken("holds no tar archive") from None
            raise
        self._at_start = False
        return header

    def begin(self, size: int) -> None:
        self._left = size
        self._padding = -size % BLOCK_BYTES

    def read(self, limit: int) -> bytes:
        """Return at most `limit` bytes more of the present file."""
        data = self._exactly(min(limit, self._left))
        self._left -= len(data)
        return data

    def finish(self) -> None:
        """Go to the end of the present file."""
        self._pass_over(self._left + self._padding)
        self._left = self._padding = 0

    def skip(self, size: int) -> None:
        self._pass_over(size + -size % BLOCK_BYTES)

    def header_data(self, size: int) -> bytes:
        if size > MAX_HEADER_BYTES:
            raise ArchiveRefused(f"has a header of more than {MAX_HEADER_BYTES // 1024} KiB")
        data = self._exactly(size)
        self._pass_over(-size % BLOCK_BYTES)
        return data

    def text(self, size: int) -> str:
        return self.header_data(size).decode("utf-8", "surrogateescape")

    def _pass_over(self, size: int) -> None:
        while size > 0:
            size -= len(self._exactly(min(size, SKIP_CHUNK_BYTES)))

    def _exactly(self, size: int) -> bytes:
        data = self._stream.read(size) if size else b""
        if len(data) == size:
            return data
        parts = [data]
        missing = size - len(data)
        while missing:
            part = self._stream.read(missing)
            if not part:
                raise ArchiveBroken("ends in the middle")
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)
