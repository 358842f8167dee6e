"""A zip that holds submissions."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from zipfile import ZipFile, ZipInfo

from grader.batch.opening.collecting import Collected
from grader.batch.opening.members import ArchiveBroken, ArchiveRefused, plain_name
from grader.batch.opening.zips import CLASS_ZIP, open_zip, zip_member, zip_name
from grader.batch.sources.archived import Names, inner_name, is_passed_over, load_file, loaded, unit_name
from grader.batch.sources.holding import Loaded, Unit, stem
from grader.batch.sources.notes import Notes
from grader.endings import UsageError


class Zipped:
    """The units are what lies at its top, in the order of their names."""

    is_archive = True

    def __init__(self, path: str) -> None:
        self.path = os.path.abspath(path)
        with self._open() as archive:
            names = [zip_name(info) for info in archive.infolist()]
        plain = [(*plain_name(name), name.endswith(("/", "\\"))) for name in names]
        seen = Names(stem(os.path.basename(path)), [(name, folder) for name, fault, folder in plain if not fault])
        self._prefix = seen.prefix
        self.glance = seen.glance
        self.count: int | None = None

    def units(self, notes: Notes) -> Iterator[Unit]:
        """Yield one unit a name at the top."""
        with self._open() as archive:
            units: dict[str, list[ZipInfo]] = {}
            for info in archive.infolist():
                member = zip_member(archive, info)
                if member is not None and not is_passed_over(member):
                    units.setdefault(unit_name(member, self._prefix), []).append(info)
            units.pop("", None)
            self.count = len(units)
            for name in sorted(units):
                yield self._unit(archive, name, units.pop(name))

    def read(self, name: str, limit: int) -> bytes | None:
        """Return at most `limit` bytes of a file at the top; None where it cannot be read."""
        with self._open() as archive:
            for info in archive.infolist():
                member = zip_member(archive, info)
                if member is not None and member.kind == "file" and member.name == self._prefix + name:
                    try:
                        return member.read(limit)
                    except ArchiveRefused:
                        return None
        return None

    def _unit(self, archive: ZipFile, name: str, infos: list[ZipInfo]) -> Unit:
        members = [member for info in infos if (member := zip_member(archive, info)) is not None]
        first = members[0]
        if len(members) == 1 and first.kind != "folder" and not inner_name(first, self._prefix):
            return Unit(name, False, lambda: load_file(name, first))

        def load() -> Loaded:
            collected = Collected()
            with suppress(ArchiveBroken):  # it is said in `refused`
                for member in members:
                    collected.add(inner_name(member, self._prefix) or name, member)
            return loaded(collected)

        return Unit(name, True, load)

    @contextmanager
    def _open(self) -> Iterator[ZipFile]:
        try:
            with open(self.path, "rb") as file, open_zip(file, CLASS_ZIP) as archive:
                yield archive
        except ArchiveRefused as error:
            raise UsageError(f"{self.path} {error}.") from None
        except OSError as error:
            raise UsageError(f"{self.path} cannot be read: {error.strerror}.") from error
