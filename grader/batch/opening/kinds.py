"""What kind of archive something is: by what it holds, since a name promises nothing."""

import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Literal

from grader.batch.opening.inflate import BEGINNINGS, Inflated, Stream
from grader.batch.opening.members import ArchiveRefused
from grader.batch.opening.tar_headers import sum_is_right

ENDINGS = (
    ".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz", ".tar.xz", ".txz",
    ".7z", ".rar", ".tar.zst", ".tzst",
)  # fmt: skip
HEAD_BYTES = 512

_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

ArchiveKind = Literal["zip", "tar", "gzip", "bzip2", "xz"]

_FOREIGN = {b"7z\xbc\xaf\x27\x1c": "7-Zip", b"Rar!": "RAR", b"\x28\xb5\x2f\xfd": "Zstandard"}


def is_archive_name(name: str) -> bool:
    """Tell whether a file of this name is meant to be an archive."""
    return name.lower().endswith(ENDINGS)


def archive_kind(head: bytes) -> ArchiveKind | None:
    """Tell what begins with these bytes, 512 or the whole of it; None: no archive. Raises `ArchiveRefused`."""
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return "zip"
    for compression, begin in BEGINNINGS.items():
        if head.startswith(begin):
            return compression
    for begin, program in _FOREIGN.items():
        if head.startswith(begin):
            raise ArchiveRefused(f"is a {program} archive, which is not read; pack it again as zip")
    # The word is missing in the oldest form, whose checksum says as much.
    return "tar" if head[257:262] == b"ustar" or _is_old_tar(head) else None


def tar_stream(file: Stream, kind: ArchiveKind) -> Stream:
    """Return the bytes of the tar inside."""
    return file if kind in ("tar", "zip") else Inflated(file, kind)  # type: ignore[arg-type]  # not "tar", not "zip"


@contextmanager
def archive_file(path: str | None, data: bytes | None) -> Iterator[IO[bytes]]:
    """Open an archive that is in memory, or on the disk. Raises `ArchiveRefused`, `OSError`.

    A link is not followed, and a pipe does not stop us.
    """
    if path is None:
        yield io.BytesIO(data or b"")
        return
    if os.path.islink(path):  # where the flag below is unknown
        raise ArchiveRefused("is a link and was not followed")
    descriptor = os.open(path, _OPEN_FLAGS)
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ArchiveRefused("is no ordinary file")
        yield file


def _is_old_tar(head: bytes) -> bool:
    return len(head) == HEAD_BYTES and head[0] != 0 and sum_is_right(head)
