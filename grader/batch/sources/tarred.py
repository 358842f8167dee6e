"""A tar, compressed or not, that holds submissions: read forwards only."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice

from grader.batch.opening.collecting import Collected
from grader.batch.opening.kinds import HEAD_BYTES, archive_kind, tar_stream
from grader.batch.opening.members import ArchiveRefused, Member
from grader.batch.opening.tars import tar_members
from grader.batch.sources.archived import Names, inner_name, is_passed_over, loaded, unit_name
from grader.batch.sources.holding import GLANCE_MEMBERS, Loaded, Order, Unit, stem
from grader.batch.sources.notes import Notes
from grader.batch.sources.seen import Seen
from grader.batch.submission import Nothing
from grader.endings import UsageError

MAX_WAITING_BYTES = 64 * 1024 * 1024  # of files whose student has more of them further on in the tar
_SEPARATOR = "\0"  # no name has it


def first_names(members: Iterator[Member], name: str) -> Names:
    """Return what the first entries of a tar tell; `name` is the archive's, without its ending.

    Raises `ArchiveRefused` where not even one can be read.
    """
    return Names(name, _first(members))


def _first(members: Iterator[Member]) -> Iterator[tuple[str, bool]]:
    found = False
    try:
        for member in islice(members, GLANCE_MEMBERS):
            found = True
            if member.fault is None:
                yield member.name, member.kind == "folder"
    except ArchiveRefused:
        if not found:
            raise


class Tarred:
    """The units are what lies at its top, in the tar's own order."""

    is_archive = True

    def __init__(self, path: str) -> None:
        self.path = os.path.abspath(path)
        with self._members() as members:
            names = first_names(members, stem(os.path.basename(path)))
        self._prefix = names.prefix
        self.glance = names.glance

    def names(self) -> None:
        """Units are known when they were read."""

    def units(self, notes: Notes, order: Order | None = None) -> Iterator[Unit]:
        """Yield one unit for each run of members with the same name at the top; with `order`, what it puts together.

        That is read twice: it is told first what lies apart, and only that is kept until the rest of it has come.
        """
        if order is None:
            for run in self._runs(notes, {}):
                yield run.unit()
            return
        apart: Counter[str] = Counter()  # how many runs follow the first one of an id
        seen = Seen()
        for run in self._runs(Notes(), {}, reading=False):
            owner = _id(order(run.name, run.is_folder))
            if not seen.add(owner):
                apart[owner] += 1
        yield from self._together(notes, order, apart)

    def _together(self, notes: Notes, order: Order, apart: Counter[str]) -> Iterator[Unit]:
        """Yield the units of one id together, as soon as the last of them was read, or too much is waiting."""
        waiting: dict[str, dict[str, _Run]] = {}
        known: dict[str, _Run] = {}  # the same by name: a folder may lie apart too
        waiting_bytes = 0
        for run in self._runs(notes, known):
            owner = _id(order(run.name, run.is_folder))
            runs = waiting.setdefault(owner, {})
            waiting_bytes += run.kept_bytes - run.counted_bytes
            run.counted_bytes = run.kept_bytes
            runs[run.name] = known[run.name] = run
            more = apart.get(owner, 0)
            if more:
                apart[owner] = more - 1
            if more and waiting_bytes <= MAX_WAITING_BYTES:
                continue
            for ready in _sorted(waiting.pop(owner), order):
                del known[ready.name]
                waiting_bytes -= ready.counted_bytes
                yield ready.unit()
        for runs in waiting.values():  # of an archive that breaks off
            yield from (run.unit() for run in _sorted(runs, order))

    def _runs(self, notes: Notes, known: Mapping[str, "_Run"], *, reading: bool = True) -> Iterator["_Run"]:
        """Yield runs of members with the same name at the top; one that is `known` goes on."""
        run: _Run | None = None
        with self._members() as members:
            try:
                for member in members:
                    name = unit_name(member, self._prefix)
                    if not name or is_passed_over(member):
                        continue
                    if run is None or run.name != name:
                        if run is not None:
                            yield run
                        run = known.get(name) or _Run(name)
                    run.add(member, inner_name(member, self._prefix), reading=reading)
            except ArchiveRefused as error:
                if run is not None:
                    run.broken = True
                notes.partial = True
                notes.say(
                    f"ONLY A PART WAS READ: {self.path} {error}. What came before is here; "
                    "get the archive again and run the same command."
                )
        if run is not None:
            yield run

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


def _id(owner: tuple[str, ...]) -> str:
    """Return what stands for the owner of a unit: the id alone, so that two students with one id come together."""
    return owner[0] or _SEPARATOR.join(owner)


def _sorted(runs: Mapping[str, "_Run"], order: Order) -> list["_Run"]:
    return sorted(runs.values(), key=lambda run: (order(run.name, run.is_folder), run.name))


class _Run:
    """What was read of one unit so far. `counted_bytes` is for who keeps it: how much of it was counted."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.is_folder = False
        self.broken = False
        self.counted_bytes = 0
        self._collected = Collected()

    @property
    def kept_bytes(self) -> int:
        return self._collected.kept_bytes

    def add(self, member: Member, inner: str, *, reading: bool) -> None:
        self.is_folder = self.is_folder or bool(inner) or member.kind == "folder"
        if reading:
            self._collected.add(inner or self.name, member)

    def unit(self) -> Unit:
        return Unit(self.name, self.is_folder, self._load)

    def _load(self) -> Loaded:
        if self.broken:
            return Loaded(Nothing("The archive breaks off in the middle of this submission."))
        return loaded(self._collected, None if self.is_folder else self.name)
