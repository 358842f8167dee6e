"""A tar, compressed or not, that holds submissions: read once, forwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from grader.batch.opening.collecting import Collected
from grader.batch.opening.kinds import HEAD_BYTES, archive_kind, tar_stream
from grader.batch.opening.members import ArchiveRefused, Member
from grader.batch.opening.tars import tar_members
from grader.batch.sources.archived import Names, inner_name, is_passed_over, loaded, unit_name
from grader.batch.sources.holding import GLANCE_MEMBERS, Loaded, Order, Unit, stem
from grader.batch.sources.notes import Notes
from grader.batch.submission import Nothing
from grader.endings import UsageError


class Tarred:
    """The units are what lies at its top, in the tar's own order; what belongs to one follows one another there."""

    is_archive = True

    def __init__(self, path: str) -> None:
        self.path = os.path.abspath(path)
        first: list[tuple[str, bool]] = []
        with self._members() as members:
            try:
                for member in islice(members, GLANCE_MEMBERS):
                    if member.fault is None:
                        first.append((member.name, member.kind == "folder"))
            except ArchiveRefused:
                if not first:
                    raise
        seen = Names(stem(os.path.basename(path)), first)
        self._prefix = seen.prefix
        self.glance = seen.glance

    def names(self) -> None:
        """Units are known when they were read."""

    def units(self, notes: Notes, order: Order | None = None) -> Iterator[Unit]:
        """Yield one unit for each run of members with the same name at the top."""
        run: _Run | None = None
        with self._members() as members:
            try:
                for member in members:
                    name = unit_name(member, self._prefix)
                    if not name or is_passed_over(member):
                        continue
                    if run is None or run.name != name:
                        if run is not None:
                            yield run.unit()
                        run = _Run(name)
                    run.add(member, inner_name(member, self._prefix))
            except ArchiveRefused as error:
                if run is not None:
                    run.broken = True
                notes.say(
                    f"ONLY A PART WAS READ: {self.path} {error}. What came before is here; "
                    "get the archive again and run the same command."
                )
        if run is not None:
            yield run.unit()

    def read(self, name: str, limit: int) -> bytes | None:
        """Return at most `limit` bytes of a file at the top; None where there is none, or it cannot be read."""
        with self._members() as members:
            try:
                for member in members:
                    if member.kind == "file" and member.name == self._prefix + name:
                        return member.read(limit)
            except ArchiveRefused:
                pass
        return None

    @contextmanager
    def _members(self) -> Iterator[Iterator[Member]]:
        try:
            with open(self.path, "rb") as file:
                kind = archive_kind(file.read(HEAD_BYTES))
                file.seek(0)
                yield tar_members(tar_stream(file, kind or "tar"))
        except ArchiveRefused as error:
            raise UsageError(f"{self.path} {error}. Get the archive again.") from None
        except OSError as error:
            raise UsageError(f"{self.path} cannot be read: {error.strerror}.") from error


class _Run:
    """What was read of one unit so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.broken = False
        self._collected = Collected()
        self._is_folder = False

    def add(self, member: Member, inner: str) -> None:
        self._is_folder = self._is_folder or bool(inner) or member.kind == "folder"
        self._collected.add(inner or self.name, member)

    def unit(self) -> Unit:
        return Unit(self.name, self._is_folder, self._load)

    def _load(self) -> Loaded:
        if self.broken:
            return Loaded(Nothing("The archive breaks off in the middle of this submission."))
        return loaded(self._collected, None if self._is_folder else self.name)
