"""A zip that holds submissions."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from zipfile import ZipFile, ZipInfo

from grader.batch.opening.collecting import Collected
from grader.batch.opening.members import ArchiveBroken, ArchiveRefused, plain_name
from grader.batch.opening.zips import CLASS_ZIP, open_zip, zip_member, zip_members, zip_name
from grader.batch.sources.archived import Names, inner_name, is_passed_over, load_file, loaded, unit_name
from grader.batch.sources.holding import Loaded, Order, Unit, stem
from grader.batch.sources.notes import Notes
from grader.endings import UsageError


class Zipped:
    """The units are what lies at its top, in the order of their names."""

    is_archive = True

    def __init__(self, path: str) -> None:
        self.path = os.path.abspath(path)
        with self._open() as archive:
            listed = [zip_name(info) for info in archive.infolist()]
            plain = [(*plain_name(name), name.endswith(("/", "\\"))) for name in listed]
            seen = Names(stem(os.path.basename(path)), [(name, folder) for name, fault, folder in plain if not fault])
            self._prefix = seen.prefix
            self.glance = seen.glance
            self._names = [(name, self._is_folder(archive, infos)) for name, infos in self._units(archive).items()]

    def names(self) -> Iterable[tuple[str, bool]]:
        """Return the units by name."""
        return self._names

    def units(self, notes: Notes, order: Order | None = None) -> Iterator[Unit]:
        """Yield one unit a name at the top."""
        with self._open() as archive:
            units = self._units(archive)
            for name, is_folder in sorted(self._names, key=lambda unit: (order(*unit) if order else (), unit)):
                yield Unit(name, is_folder, partial(self._load, archive, name, units.pop(name), is_folder))

    def _units(self, archive: ZipFile) -> dict[str, list[ZipInfo]]:
        units: dict[str, list[ZipInfo]] = {}
        for info in archive.infolist():
            member = zip_member(archive, info)
            if member is not None and not is_passed_over(member):
                units.setdefault(unit_name(member, self._prefix), []).append(info)
        units.pop("", None)
        return units

    def _is_folder(self, archive: ZipFile, infos: list[ZipInfo]) -> bool:
        first = zip_member(archive, infos[0])
        return len(infos) > 1 or first is None or first.kind == "folder" or bool(inner_name(first, self._prefix))

    def read(self, name: str, limit: int) -> bytes | None:
        """Return at most `limit` bytes of a file at the top; None where it cannot be read."""
        with self._open() as archive:
            for member in zip_members(archive):
                if member.kind == "file" and member.name == self._prefix + name:
                    with suppress(ArchiveRefused):
                        return member.read(limit)
        return None

    def _load(self, archive: ZipFile, name: str, infos: list[ZipInfo], is_folder: bool) -> Loaded:
        members = [member for info in infos if (member := zip_member(archive, info)) is not None]
        if not is_folder:
            return load_file(name, members[0])
        collected = Collected()
        with suppress(ArchiveBroken):  # it is said in `refused`
            for member in members:
                collected.add(inner_name(member, self._prefix) or name, member)
        return loaded(collected)

    @contextmanager
    def _open(self) -> Iterator[ZipFile]:
        try:
            with open(self.path, "rb") as file, open_zip(file, CLASS_ZIP) as archive:
                yield archive
        except ArchiveRefused as error:
            raise UsageError(f"{self.path} {error}.") from None
        except OSError as error:
            raise UsageError(f"{self.path} cannot be read: {error.strerror}.") from error
