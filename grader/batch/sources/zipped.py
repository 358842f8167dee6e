"""A zip that holds submissions."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

from grader.batch.opening.collecting import Collected
from grader.batch.opening.members import ArchiveBroken, ArchiveRefused, Member
from grader.batch.opening.zip_directory import ZipDirectory, ZipEntry, entry_of
from grader.batch.opening.zips import CLASS_ZIP, open_zip, zip_member, zip_members
from grader.batch.sources.archived import Names, inner_name, is_passed_over, load_file, loaded, unit_name
from grader.batch.sources.holding import Loaded, Order, Unit, stem
from grader.batch.sources.notes import Notes
from grader.batch.sources.sorted_names import SortedNames
from grader.endings import UsageError


def first_names(archive: ZipDirectory, name: str) -> Names:
    """Return what the first entries of a zip tell; `name` is the archive's, without its ending."""
    members = (member for member in zip_members(archive) if member.fault is None)
    return Names(name, ((member.name, member.kind == "folder") for member in members))


class Zipped:
    """The units are what lies at its top, in the order of their names."""

    is_archive = True

    def __init__(self, path: str) -> None:
        self.path = os.path.abspath(path)
        with self._open() as archive:
            names = first_names(archive, stem(os.path.basename(path)))
            self._prefix = names.prefix
            self.glance = names.glance
            self._names: dict[str, bool] = {}
            for entry in archive.entries():
                member = self._member(archive, entry)
                if member is not None:
                    name = unit_name(member, self._prefix)
                    is_folder = member.kind == "folder" or bool(inner_name(member, self._prefix))
                    self._names[name] = is_folder or name in self._names

    def names(self) -> Iterable[tuple[str, bool]]:
        """Return the units by name."""
        return self._names.items()

    def units(self, notes: Notes, order: Order | None = None) -> Iterator[Unit]:
        """Yield one unit a name at the top."""
        with self._open() as archive:
            units: dict[str, bytes | list[bytes]] = {}  # of a million most have one entry: no list for it
            for packed in archive.packed():
                member = self._member(archive, entry_of(packed))
                if member is not None:
                    name = unit_name(member, self._prefix)
                    known = units.setdefault(name, packed)
                    if isinstance(known, list):
                        known.append(packed)
                    elif known is not packed:
                        units[name] = [known, packed]
            for name in SortedNames(units, order and (lambda name: order(name, self._names[name]))):
                entries = units.pop(name)
                load = partial(self._load, archive, name, entries if isinstance(entries, list) else [entries])
                yield Unit(name, self._names[name], load)

    def _member(self, archive: ZipDirectory, entry: ZipEntry) -> Member | None:
        """Return a member that belongs to a unit."""
        member = zip_member(archive, entry)
        if member is None or is_passed_over(member) or not unit_name(member, self._prefix):
            return None
        return member

    def read(self, name: str, limit: int) -> bytes | None:
        """Return at most `limit` bytes of a file at the top; None where it cannot be read."""
        with self._open() as archive:
            for member in zip_members(archive):
                if member.kind == "file" and member.name == self._prefix + name:
                    with suppress(ArchiveRefused):
                        return member.read(limit)
        return None

    def _load(self, archive: ZipDirectory, name: str, entries: list[bytes]) -> Loaded:
        members = [member for packed in entries if (member := zip_member(archive, entry_of(packed))) is not None]
        if not self._names[name]:
            return load_file(name, members[0])
        collected = Collected()
        with suppress(ArchiveBroken):  # it is said in `refused`
            for member in members:
                collected.add(inner_name(member, self._prefix) or name, member)
        return loaded(collected)

    @contextmanager
    def _open(self) -> Iterator[ZipDirectory]:
        try:
            with open(self.path, "rb") as file, open_zip(file, CLASS_ZIP) as archive:
                yield archive
        except ArchiveRefused as error:
            raise UsageError(f"{self.path} {error}.") from None
        except OSError as error:
            raise UsageError(f"{self.path} cannot be read: {error.strerror}.") from error
