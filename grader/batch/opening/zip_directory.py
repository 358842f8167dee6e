"""The directory of a zip in little memory: an entry takes its name and 80 bytes, a `ZipInfo` half a kilobyte more.

`zipfile` reads it. What it keeps of each entry is taken from it at once, and made again for the entry that is read.
"""

import struct
import zipfile
from array import array
from collections.abc import Iterator
from typing import Any, NamedTuple

from grader.batch.opening.members import ArchiveRefused

LOCAL_HEADER_BYTES = 30
_FIELDS = struct.Struct("<QQQIIHHB")  # all of an entry but its name


class ZipEntry(NamedTuple):
    """What the directory says of one entry, named as in `ZipInfo`."""

    header_offset: int
    compress_size: int
    file_size: int
    CRC: int
    external_attr: int
    flag_bits: int
    compress_type: int
    create_system: int
    orig_filename: str

    def info(self) -> zipfile.ZipInfo:
        """Return what `zipfile` reads an entry by."""
        made = zipfile.ZipInfo(self.orig_filename)
        for name, value in zip(self._fields, self, strict=True):
            setattr(made, name, value)
        return made


class ZipDirectory(zipfile.ZipFile):
    """A zip that is open for reading; with more than `max_entries` it raises `ArchiveRefused`."""

    def __init__(self, file: Any, max_entries: int) -> None:
        self._taken = _Taken(max_entries)
        super().__init__(file)

    # the two in which `ZipFile` keeps what it reads
    @property
    def filelist(self) -> "_Taken":
        return self._taken

    @filelist.setter
    def filelist(self, _: object) -> None:
        pass

    @property
    def NameToInfo(self) -> dict[str, zipfile.ZipInfo]:
        return {}

    @NameToInfo.setter
    def NameToInfo(self, _: object) -> None:
        pass

    def packed(self) -> Iterator[bytes]:
        """Yield the entries in the order of the directory, each in a form that takes little memory."""
        return iter(self._taken.packed)

    def entries(self) -> Iterator[ZipEntry]:
        """Yield the entries in the order of the directory."""
        return map(entry_of, self._taken.packed)

    def overlaps(self) -> bool:
        """Tell whether entries share bytes: that is how a few kilobytes hold petabytes."""
        end = 0
        for start, size in self._taken.in_order():
            if start < end:
                return True
            end = start + LOCAL_HEADER_BYTES + size
        return False


def entry_of(packed: bytes) -> ZipEntry:
    """Return an entry from its packed form."""
    return ZipEntry._make((*_FIELDS.unpack_from(packed), packed[_FIELDS.size :].decode("utf-8", "surrogatepass")))


class _Taken(list[zipfile.ZipInfo]):
    """A list that stays empty: what is appended to it is kept in another form."""

    def __init__(self, max_entries: int) -> None:
        super().__init__()
        self.packed: list[bytes] = []
        self._starts, self._sizes = array("Q"), array("Q")
        self._max_entries = max_entries

    def append(self, info: zipfile.ZipInfo, /) -> None:
        """Keep an entry."""
        if len(self.packed) >= self._max_entries:
            raise ArchiveRefused(f"has more than {self._max_entries:,} entries")
        fields = [getattr(info, name) for name in ZipEntry._fields[:-1]]
        self.packed.append(_FIELDS.pack(*fields) + info.orig_filename.encode("utf-8", "surrogatepass"))
        self._starts.append(info.header_offset)
        self._sizes.append(info.compress_size)

    def in_order(self) -> Iterator[tuple[int, int]]:
        """Yield where entries begin and how long they are, in the order in which they lie."""
        pairs = zip(self._starts, self._sizes, strict=True)
        ordered = all(one <= other for one, other in zip(self._starts, self._starts[1:], strict=False))
        return pairs if ordered else iter(sorted(pairs))
