"""A zip archive, read in memory. What its directory says is checked before, and counted while, anything is read."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any, NamedTuple

from grader.batch.opening.members import ArchiveBroken, ArchiveRefused, Member, MemberKind, member, nothing_to_read
from grader.batch.opening.zip_directory import ZipDirectory, ZipEntry

# A method other than these can unpack to any size at one go (bzip2) or ask for gigabytes (LZMA).
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_UTF8_NAME, _ENCRYPTED = 0x800, 0x1 | 0x40
_UNIX = 3
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, OSError, ValueError, OverflowError, IndexError)


class ZipLimits(NamedTuple):
    """How large a zip's directory may be. An entry takes 46 bytes and its name there, twice that in memory."""

    entries: int
    directory_bytes: int


STUDENTS_ZIP = ZipLimits(entries=100_000, directory_bytes=8 * 1024 * 1024)
CLASS_ZIP = ZipLimits(entries=2_000_000, directory_bytes=512 * 1024 * 1024)


def open_zip(file: IO[bytes], limits: ZipLimits) -> ZipDirectory:
    """Read the directory of a zip. Raises `ArchiveRefused`, `ArchiveBroken`."""
    guarded = _Guarded(file, limits.directory_bytes)
    try:
        archive = ZipDirectory(guarded, limits.entries)
    except RuntimeError:  # of its kinds, that for what `zipfile` does not know
        raise ArchiveRefused("is packed in a way that is not read; pack it again as an ordinary zip") from None
    except _BROKEN:
        raise ArchiveBroken("is no complete zip archive; download it again, or pack it again") from None
    guarded.limit = None
    if archive.overlaps():
        raise ArchiveRefused("has entries that lie over one another; such an archive is made to do harm")
    return archive


def zip_members(archive: ZipDirectory) -> Iterator[Member]:
    """Yield the members of a zip in the order of its directory."""
    for entry in archive.entries():
        found = zip_member(archive, entry)
        if found is not None:
            yield found


def zip_member(archive: ZipDirectory, entry: ZipEntry) -> Member | None:
    """Return one member; None for the archive's own root."""
    kind = _kind(entry)
    return member(
        zip_name(entry), kind, entry.file_size, _reader(archive, entry) if kind == "file" else nothing_to_read
    )


def zip_name(entry: ZipEntry) -> str:
    """Return the name as whoever packed it meant it: macOS writes UTF-8 without the sign for it."""
    name = entry.orig_filename
    if entry.flag_bits & _UTF8_NAME or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except ValueError:
        return name


def _kind(entry: ZipEntry) -> MemberKind:
    if entry.flag_bits & _ENCRYPTED:
        return "locked"
    if entry.orig_filename.endswith(("/", "\\")):
        return "folder"
    kind = stat.S_IFMT(entry.external_attr >> 16) if entry.create_system == _UNIX else 0
    if kind == stat.S_IFLNK:
        return "link"
    return "file" if kind in (0, stat.S_IFREG) else "folder" if kind == stat.S_IFDIR else "special"


def _reader(archive: ZipDirectory, entry: ZipEntry) -> Callable[[int], bytes]:
    def read(limit: int) -> bytes:
        if entry.compress_type not in METHODS:
            raise ArchiveRefused("is packed in a way that is not read; pack it again as an ordinary zip")
        try:
            with archive.open(entry.info()) as file:
                data = file.read(limit)
        except RuntimeError:  # of its kinds, that for what `zipfile` does not know
            raise ArchiveRefused("is packed in a way that is not read; pack it again as an ordinary zip") from None
        except _BROKEN:
            raise ArchiveBroken("is damaged") from None
        if len(data) < min(limit, entry.file_size):
            raise ArchiveBroken("is damaged")
        return data

    return read


class _Guarded:
    """A file that is not read in one piece above a limit: the directory of a zip is, whatever length it claims."""

    def __init__(self, file: IO[bytes], limit: int) -> None:
        self._file = file
        self.limit: int | None = limit

    def read(self, size: int = -1) -> bytes:
        if self.limit is not None and size > self.limit:
            raise ArchiveRefused(f"has a directory of more than {self.limit // 1024 // 1024} MiB")
        return self._file.read(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
