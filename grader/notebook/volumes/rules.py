"""What each command does to a container and to what holds its data. This is the only place that knows.

Docker: a folder that the image declares as a volume gets one, without a name unless the compose file names it; what is
written elsewhere lies in the container and goes with it. Compose 2.40: a changed service is made anew, and gets the
volumes of the old container on the folders that the image declares and on entries without a source; `up -V` always
makes it anew, without them. Engine 28: `down -v` takes the volumes without a name that the container was made with, but
not those that it got from a container before it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from grader.containers.disk import holds
from grader.notebook.volumes.script import Step
from grader.notebook.volumes.setup import EditRefused, Mounted, Setup, read_entries
from grader.notebook.volumes.state import (
    ANONYMOUS,
    BIND,
    NAMED,
    NO_CONTAINER,
    NOT_RUNNING,
    OWN,
    READ_ONLY,
    TMPFS,
    State,
    Store,
    in_order,
)

NOTE = "note-{}"


class _Disk:
    """Something that files lie in: a volume, a folder of the computer, memory, the container's own layer."""

    __slots__ = ("files", "lasting", "name")

    def __init__(self, name: str, *, lasting: bool = True) -> None:
        self.name = name
        self.lasting = lasting  # memory is empty after every stop
        self.files: dict[str, int] = {}  # path in it -> number of the note


class _Attached(NamedTuple):
    disk: _Disk
    read_only: bool
    handed_on: bool  # it was the old container's


class _Container:
    __slots__ = ("attached", "made_for", "number", "own", "running")

    def __init__(self, number: int, attached: dict[str, _Attached], made_for: tuple[object, ...]) -> None:
        self.number = number
        self.attached = attached
        self.made_for = made_for
        self.own = _Disk(OWN)
        self.running = True

    def find(self, path: str) -> tuple[_Disk, str, bool]:
        """Return what holds a path, the path in it, and whether it can only be read."""
        for target in sorted(self.attached, key=len, reverse=True):
            if holds(target, path):
                found = self.attached[target]
                return found.disk, path[len(target) :].lstrip("/"), found.read_only
        return self.own, path, False


class Model:
    """One service on paper: `do` runs a command, `state` says what there is."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._mounts: tuple[Mounted, ...] = setup.mounts
        self._edits = 0
        self._made = 0
        self._anonymous = 0
        self._written: list[str] = []  # the path of each note in the container
        self._container: _Container | None = None
        self._disks: dict[str, _Disk] = {}  # what outlives a container, by its name

    def do(self, step: Step) -> State:
        """Run a command and return what there is then."""
        failed = getattr(self, f"_{step.name}")(step)
        return self.state(failed)

    def state(self, failed: str | None = None) -> State:
        """Return what there is now."""
        found = self._container
        used = [] if found is None else [attached.disk for attached in found.attached.values()]
        unused = in_order(
            Store(disk.name, tuple(sorted(disk.files.values()))) for disk in self._disks.values() if disk not in used
        )
        if found is None:
            return State(None, running=False, place=None, notes=(), unused=unused, failed=failed)
        seen = tuple(number for number, path in enumerate(self._written, 1) if self._sees(found, path, number))
        place = found.find(self._setup.data)[0].name
        return State(found.number, found.running, place, seen if found.running else (), unused, failed)

    def _sees(self, container: _Container, path: str, number: int) -> bool:
        disk, inside, _ = container.find(path)
        return disk.files.get(inside) == number

    def _up(self, step: Step) -> str | None:
        old = self._container
        if old is None or "-V" in step.options:
            self._create({})
        elif "--force-recreate" in step.options or old.made_for != self._wanted():
            self._create(old.attached)
        else:
            old.running = True
        return None

    def _wanted(self) -> tuple[object, ...]:
        return (self._mounts, self._edits)

    def _create(self, inherited: dict[str, _Attached]) -> None:
        self._made += 1
        mounts = {mount.target: mount for mount in self._mounts}
        targets = sorted({*self._setup.declared, *mounts}, key=lambda target: (target != self._setup.data, target))
        attached = {target: self._attach(target, mounts.get(target), inherited.get(target)) for target in targets}
        self._container = _Container(self._made, attached, self._wanted())

    def _attach(self, target: str, mount: Mounted | None, old: _Attached | None) -> _Attached:
        # Compose, buildContainerMountOptions: an entry without a source and a declared folder take what was there,
        # whatever that was; an entry with a source wins
        if old is not None and old.disk.lasting and (mount is None or mount.source is None):
            return _Attached(old.disk, old.read_only, handed_on=True)
        if mount is None or mount.kind == "anonymous":
            self._anonymous += 1
            name = ANONYMOUS.format(self._anonymous)
        elif mount.kind == "tmpfs":
            return _Attached(_Disk(TMPFS, lasting=False), read_only=False, handed_on=False)
        else:
            name = (NAMED if mount.kind == "named" else BIND).format(mount.source)
        disk = self._disks.setdefault(name, _Disk(name))
        return _Attached(disk, mount is not None and mount.read_only, handed_on=False)

    def _down(self, step: Step) -> str | None:
        old, self._container = self._container, None
        if "-v" not in step.options:
            return None
        for attached in old.attached.values() if old else ():
            if attached.disk.name.startswith(ANONYMOUS.format("")) and not attached.handed_on:
                self._disks.pop(attached.disk.name, None)
        for mount in self._mounts:
            if mount.kind == "named" and not mount.external:
                self._disks.pop(NAMED.format(mount.source), None)
        return None

    def _stop(self, step: Step) -> str | None:
        self._end()
        return None

    def _start(self, step: Step) -> str | None:
        if self._container is None:
            return NO_CONTAINER
        self._container.running = True
        return None

    def _restart(self, step: Step) -> str | None:
        self._end()
        if self._container is not None:
            self._container.running = True
        return None

    def _crash(self, step: Step) -> str | None:
        if self._container is None or not self._container.running:
            return NOT_RUNNING
        self._end()
        self._container.running = self._setup.restarts
        return None

    def _end(self) -> None:
        if self._container is None:
            return
        self._container.running = False
        for attached in self._container.attached.values():
            if not attached.disk.lasting:
                attached.disk.files.clear()

    def _edit(self, step: Step) -> str | None:
        if not step.words:
            self._edits += 1
            return None
        try:
            self._mounts = read_entries(step.words)
        except EditRefused as error:
            return f"Compose refuses it: {error}"
        return None

    def _write(self, step: Step) -> str | None:
        folder = step.words[0] if step.words else self._setup.data
        if self._container is None or not self._container.running:
            return NOT_RUNNING
        number = len(self._written) + 1
        path = f"{folder.rstrip('/')}/{NOTE.format(number)}"
        disk, inside, read_only = self._container.find(path)
        if read_only:
            return READ_ONLY
        self._written.append(path)
        disk.files[inside] = number
        return None


def run_model(setup: Setup, script: Sequence[Step]) -> list[State]:
    """Run a script on paper: the state after each command."""
    model = Model(setup)
    return [model.do(step) for step in script]


def mounted_words(setup: Setup) -> str:
    """Say in sentences what is mounted there, and what the image makes of its own accord."""
    model = Model(setup)
    state = model.do(Step("up"))
    written = [mount for mount in setup.mounts if mount.target == setup.data]
    words = f"Nothing is mounted there; what is written there lies in: {state.place}."
    if written:
        words = f"Mounted there: {state.place}{', read-only' if written[0].read_only else ''}."
    more = [target for target in setup.declared if target not in {setup.data, *(m.target for m in setup.mounts)}]
    if more:
        words += f" The image makes {', '.join(more)} a volume, too, one without a name."
    return words
