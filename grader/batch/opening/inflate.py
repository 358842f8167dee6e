"""A compressed stream read forwards, in bounded memory: gzip, bzip2, xz."""

import bz2
import lzma
import zlib
from typing import Any, Literal, Protocol

from grader.batch.opening.members import ArchiveBroken, ArchiveRefused

PACKED_CHUNK_BYTES = 64 * 1024
MAX_DICTIONARY_BYTES = 80 * 1024 * 1024  # of xz; its strongest level needs 65 MiB

Compression = Literal["gzip", "bzip2", "xz"]

BEGINNINGS: dict[Compression, bytes] = {"gzip": b"\x1f\x8b", "bzip2": b"BZh", "xz": b"\xfd7zXZ\x00"}


class Stream(Protocol):
    """Bytes that come one after the other."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes; none at the end."""


class Inflated:
    """What a compressed stream holds. Several compressed parts one after the other are one, as for `gzip`."""

    def __init__(self, packed: Stream, compression: Compression) -> None:
        self._packed = packed
        self._compression = compression
        self._inflater: Any = _inflater(compression)
        self._waiting = b""  # compressed bytes that the inflater has not taken yet
        self._holds_more = False  # zlib does not say that it has output left when its input is used up
        self.packed_bytes = 0

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes; none at the end. Raises `ArchiveRefused`, `ArchiveBroken`."""
        while True:
            if self._inflater.eof and not self._next_part():
                return b""
            if not self._waiting and not self._holds_more and getattr(self._inflater, "needs_input", True):
                self._waiting = self._more()
                if not self._waiting:
                    raise ArchiveBroken("ends in the middle")
            data = self._inflate(size)
            self._holds_more = len(data) == size and self._compression == "gzip"
            if data:
                return data

    def _more(self) -> bytes:
        packed = self._packed.read(PACKED_CHUNK_BYTES)
        self.packed_bytes += len(packed)
        return packed

    def _inflate(self, size: int) -> bytes:
        waiting, self._waiting = self._waiting, b""
        try:
            data: bytes = self._inflater.decompress(waiting, size)
        except lzma.LZMAError as error:
            if "emory" in str(error):
                limit = MAX_DICTIONARY_BYTES // 1024 // 1024
                raise ArchiveRefused(f"needs more than {limit} MiB of memory to unpack") from None
            raise ArchiveBroken("is damaged") from None
        except (zlib.error, OSError, ValueError, EOFError):
            raise ArchiveBroken("is damaged") from None
        self._waiting = getattr(self._inflater, "unconsumed_tail", b"")  # zlib leaves what it had no room for
        return data

    def _next_part(self) -> bool:
        """Begin the next compressed part; False where there is none: what else lies behind the end does not count."""
        rest = self._inflater.unused_data or self._more()
        begin = BEGINNINGS[self._compression]
        if len(rest) < len(begin):
            rest += self._more()
        if not rest.startswith(begin):
            return False
        self._inflater = _inflater(self._compression)
        self._waiting = rest
        return True


def _inflater(compression: Compression) -> Any:
    if compression == "gzip":
        return zlib.decompressobj(wbits=31)
    if compression == "bzip2":
        return bz2.BZ2Decompressor()
    return lzma.LZMADecompressor(memlimit=MAX_DICTIONARY_BYTES)
