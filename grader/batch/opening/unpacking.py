"""An archive that a student handed in: its files, in memory, or a sentence why they are not read."""

from collections.abc import Iterable
from typing import NamedTuple

from grader.batch.opening.collecting import Collected
from grader.batch.opening.inflate import Inflated, Stream
from grader.batch.opening.kinds import HEAD_BYTES, archive_file, archive_kind, tar_stream
from grader.batch.opening.members import ArchiveRefused, Member, shown
from grader.batch.opening.tars import tar_members
from grader.batch.opening.zips import STUDENTS_ZIP, open_zip, zip_members

MAX_UNPACKED_BYTES = 256 * 1024 * 1024  # of everything in one tar, read or passed over
MAX_RATIO = 200  # unpacked to packed; a compose file reaches 4, a log of equal lines 50
RATIO_COUNTS_FROM_BYTES = 8 * 1024 * 1024  # a small archive may well be all zeros


class Unpacked(NamedTuple):
    """The files of an archive by relative POSIX path, and sentences about what was not read."""

    files: dict[str, bytes]
    remarks: tuple[str, ...]


def unpack(name: str, path: str | None, data: bytes | None) -> Unpacked:
    """Read an archive that is called `name`, from `data`, else from the file at `path`.

    Raises `ArchiveRefused` with a whole sentence.
    """
    collected = Collected()
    try:
        with archive_file(path, data) as file:
            head = file.read(HEAD_BYTES)
            kind = archive_kind(head)
            file.seek(0)
            if kind is None:
                raise ArchiveRefused("is no archive that can be read (zip, tar, tar.gz)" if head else "is empty")
            if kind == "zip":
                with open_zip(file, STUDENTS_ZIP) as archive:
                    # what is passed over in a zip is not unpacked, so its size alone does no harm
                    _refuse_ratio(sum(entry.file_size for entry in archive.entries()), packed=file.seek(0, 2))
                    _collect(zip_members(archive), collected)
            else:
                _collect(tar_members(_Counted(tar_stream(file, kind))), collected)
    except ArchiveRefused as error:
        if collected.refused is None:
            raise ArchiveRefused(f"{shown(name)} {error}.") from None
    except OSError as error:
        raise ArchiveRefused(f"{shown(name)} cannot be read: {error.strerror}.") from None
    if collected.refused is not None:
        raise ArchiveRefused(f"{shown(name)} was not unpacked. {collected.refused}")
    return Unpacked(collected.files, collected.remarks())


def _collect(members: Iterable[Member], collected: Collected) -> None:
    for member in members:
        collected.add(member.name, member)
        if collected.refused is not None:
            return


class _Counted:
    """A stream whose bytes are counted while they are read."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._bytes = 0

    def read(self, size: int, /) -> bytes:
        data = self._stream.read(size)
        self._bytes += len(data)
        if isinstance(self._stream, Inflated):
            _refuse_ratio(self._bytes, packed=self._stream.packed_bytes)
        if self._bytes > MAX_UNPACKED_BYTES:
            raise ArchiveRefused(f"unpacks to more than {MAX_UNPACKED_BYTES // 1024 // 1024} MiB")
        return data


def _refuse_ratio(unpacked: int, *, packed: int) -> None:
    if unpacked > RATIO_COUNTS_FROM_BYTES and unpacked > packed * MAX_RATIO:
        raise ArchiveRefused(f"unpacks to more than {MAX_RATIO} times its size")
