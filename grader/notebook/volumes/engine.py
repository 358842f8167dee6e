"""The same script on a Docker engine: one small container that only sleeps, in a project of its own.

The image is one that is there already; nothing is pulled, and the learner's project, volumes and folders are not
touched. The folders of bind mounts are empty ones in a temporary place. Everything is taken away at the end.
"""

import os
import secrets
import tempfile
from collections.abc import Sequence
from typing import Any, NamedTuple

from grader.live.cleanup import ended_by_signals, undisturbed
from grader.live.engine import Engine, NoEngine, find_engine
from grader.live.process import Deadline, Ran
from grader.notebook.volumes.lab_file import LabFile
from grader.notebook.volumes.rules import NOTE
from grader.notebook.volumes.script import Step
from grader.notebook.volumes.setup import EditRefused, Setup, read_entries
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

SCRIPT_SECONDS = 90.0
STEP_SECONDS = 30.0
CLEAN_SECONDS = 30.0
GRACE_SECONDS = 1
RESTART_SECONDS = 5.0
LOOK = 'for path in "$@"; do if [ -e "$path" ]; then echo "$path"; fi; done'


class Observed(NamedTuple):
    """The state after each command as far as the engine came, and why it came no further (None: it did all)."""

    states: list[State]
    remark: str | None


class _Ended(Exception):
    """The engine cannot go on. The text says why."""


def run_engine(setup: Setup, script: Sequence[Step]) -> Observed:
    """Run a script on the engine that `docker` leads to."""
    try:
        engine = find_engine(os.environ)
    except NoEngine:
        return Observed([], "No Docker engine answers here, so this is the model alone.")
    if not engine.inspect("image", [setup.image]):
        remark = f"The image {setup.image} is not on this computer, and nothing is downloaded for a laboratory"
        return Observed([], f"{remark}: this is the model alone.")
    states: list[State] = []
    temporary = tempfile.TemporaryDirectory(prefix="kata-lab-", ignore_cleanup_errors=True)
    with ended_by_signals(), temporary as folder:
        run = _Run(engine, setup, folder)
        try:
            for step in script:
                states.append(run.do(step))
        except _Ended as error:
            return Observed(states, f"{error} From step {len(states) + 1} on this is the model alone.")
        finally:
            with undisturbed():
                run.clean()
    return Observed(states, None)


class _Run:
    """One project on the engine, as the file of the laboratory stands now."""

    def __init__(self, engine: Engine, setup: Setup, folder: str) -> None:
        self._engine = engine
        self._setup = setup
        self._folder = folder
        self._name = f"kata-lab-{secrets.token_hex(4)}"
        self._deadline = Deadline(SCRIPT_SECONDS)
        self._file = LabFile(setup, folder, self._name)
        self._written: list[str] = []
        self._containers: dict[str, int] = {}  # id -> number
        self._anonymous: dict[str, int] = {}  # name of the engine -> number
        self._used_binds: set[str] = set()
        self._contents: dict[str, tuple[int, ...]] = {}  # the notes in what no container uses
        self._save()

    def do(self, step: Step) -> State:
        """Run a command and look at what there is then."""
        failed = getattr(self, f"_{step.name}")(step)
        return self._look(failed)

    def clean(self) -> None:
        """Take away the project, its volumes and what its containers wrote."""
        found = self._inspect()
        for mount in found["Mounts"] if found else ():
            self._place(mount)  # a command that failed half-way may have made volumes that nobody has looked at
        down = ("down", "--volumes", "--remove-orphans", "--timeout", str(GRACE_SECONDS))
        self._compose(*down, seconds=CLEAN_SECONDS)
        if self._file.binds:
            words = ("run", "--rm", "--network", "none", "--pull", "never", "--user", "0", "--volume")
            erase = ("--entrypoint", "find", self._setup.image, "/lab", "-mindepth", "1", "-delete")
            self._engine.docker(*words, f"{self._file.folders}:/lab", *erase, seconds=CLEAN_SECONDS)
        left = [*self._anonymous, *self._file.named]
        if left:
            self._engine.docker("volume", "rm", "--force", *left, seconds=CLEAN_SECONDS)

    def _up(self, step: Step) -> str | None:
        options = [{"-V": "--renew-anon-volumes"}.get(option, option) for option in sorted(step.options)]
        # --yes: a volume that an edit changed would be asked about
        self._must(self._compose("up", "--detach", "--yes", "--timeout", str(GRACE_SECONDS), *options))
        return None

    def _down(self, step: Step) -> str | None:
        options = ["--volumes"] if "-v" in step.options else []
        self._must(self._compose("down", "--timeout", str(GRACE_SECONDS), *options))
        return None

    def _stop(self, step: Step) -> str | None:
        self._must(self._compose("stop", "--timeout", str(GRACE_SECONDS)))
        return None

    def _start(self, step: Step) -> str | None:
        return None if self._compose("start").well else NO_CONTAINER

    def _restart(self, step: Step) -> str | None:
        self._must(self._compose("restart", "--timeout", str(GRACE_SECONDS)))
        return None

    def _crash(self, step: Step) -> str | None:
        found = self._inspect()
        if found is None or not found["State"]["Running"]:
            return NOT_RUNNING
        ends = Deadline(RESTART_SECONDS)
        self._engine.docker("exec", found["Id"], "sh", "-c", "kill -USR1 1")
        before = found["State"]["StartedAt"]
        while not ends.over:
            now = self._inspect()
            if (
                now is None
                or now["State"]["Status"] == "exited"
                or (now["State"]["Running"] and now["State"]["StartedAt"] != before)
            ):
                break
        return None

    def _edit(self, step: Step) -> str | None:
        if step.words:
            try:
                self._file.mounts = read_entries(step.words)
            except EditRefused as error:
                return f"Compose refuses it: {error}"
        else:
            self._file.edits += 1
        self._save()
        return None

    def _write(self, step: Step) -> str | None:
        folder = (step.words[0] if step.words else self._setup.data).rstrip("/")
        found = self._inspect()
        if found is None or not found["State"]["Running"]:
            return NOT_RUNNING
        path = f"{folder}/{NOTE.format(len(self._written) + 1)}"
        command = 'mkdir -p "$(dirname "$1")" && echo note > "$1"'
        if not self._engine.docker("exec", found["Id"], "sh", "-c", command, "sh", path, seconds=STEP_SECONDS).well:
            return READ_ONLY
        self._written.append(path)
        return None

    def _look(self, failed: str | None) -> State:
        found = self._inspect()
        if found is None:
            return State(None, running=False, place=None, notes=(), unused=self._unused([]), failed=failed)
        number = self._containers.setdefault(found["Id"], len(self._containers) + 1)
        data = self._setup.data
        mounts = sorted(found["Mounts"], key=lambda mount: (mount["Destination"] != data, mount["Destination"]))
        names = {mount["Destination"]: self._place(mount) for mount in mounts}
        memory = dict.fromkeys((found["HostConfig"].get("Tmpfs") or {}), TMPFS)
        running = bool(found["State"]["Running"])
        notes = self._notes(found["Id"]) if running else ()
        place = _holding({**names, **memory}, data)
        return State(number, running, place, notes, self._unused(list(names.values())), failed)

    def _place(self, mount: dict[str, Any]) -> str:
        if mount["Type"] == "tmpfs":
            return TMPFS
        if mount["Type"] == "bind":
            place = os.path.realpath(mount["Source"])
            self._used_binds.add(place)
            return BIND.format(self._file.binds.get(place, place))
        if mount["Name"] in self._file.named:
            return NAMED.format(self._file.named[mount["Name"]])
        return ANONYMOUS.format(self._anonymous.setdefault(mount["Name"], len(self._anonymous) + 1))

    def _notes(self, container: str) -> tuple[int, ...]:
        ran = self._engine.docker("exec", container, "sh", "-c", LOOK, "sh", *self._written, seconds=STEP_SECONDS)
        seen = set(self._must(ran).out.split("\n"))
        return tuple(number for number, path in enumerate(self._written, 1) if path in seen)

    def _unused(self, used: Sequence[str]) -> tuple[Store, ...]:
        """Look into every volume and folder that no container uses; what is in it cannot change meanwhile."""
        there = {item["Name"] for item in self._engine.inspect("volume", [*self._anonymous, *self._file.named])}
        names = {name: ANONYMOUS.format(number) for name, number in self._anonymous.items() if name in there}
        names |= {name: NAMED.format(key) for name, key in self._file.named.items() if name in there}
        names |= {
            place: BIND.format(written) for place, written in self._file.binds.items() if place in self._used_binds
        }
        unused = {source: name for source, name in names.items() if name not in used}
        self._contents = {source: notes for source, notes in self._contents.items() if source in unused}
        self._look_into([source for source in unused if source not in self._contents])
        return in_order(Store(name, self._contents[source]) for source, name in unused.items())

    def _look_into(self, sources: Sequence[str]) -> None:
        if not sources:
            return
        mounts = [f"--volume={source}:/store/{number}:ro" for number, source in enumerate(sources)]
        words = ("run", "--rm", "--network", "none", "--pull", "never", "--user", "0", *mounts)
        find = ("--entrypoint", "find", self._setup.image, "/store", "-name", NOTE.format("*"))
        ran = self._engine.docker(*words, *find, seconds=STEP_SECONDS)
        found: list[list[int]] = [[] for _ in sources]
        for path in self._must(ran).out.split():
            place, number = path.split("/")[2], path.rpartition("-")[2]
            if number.isdecimal():
                found[int(place)].append(int(number))
        self._contents |= {source: tuple(sorted(notes)) for source, notes in zip(sources, found, strict=True)}

    def _inspect(self) -> dict[str, Any] | None:
        ids = self._engine.labelled("container", self._name)
        found = self._engine.inspect("container", ids)
        return dict(found[0]) if found else None

    def _compose(self, *words: str, seconds: float = STEP_SECONDS) -> Ran:
        return self._engine.docker(
            "compose",
            "-p",
            self._name,
            "-f",
            self._file.path,
            *words,
            seconds=seconds,
            folder=self._folder,
            merged=True,
        )

    def _save(self) -> None:
        for name in self._file.save():
            self._must(self._engine.docker("volume", "create", name))

    def _must(self, ran: Ran) -> Ran:
        """Go on only after a command that worked. Raises `_Ended`."""
        if self._deadline.over or ran.code is None:
            raise _Ended(f"The Docker engine needs more than {SCRIPT_SECONDS:.0f} s for this script.")
        if not ran.well:
            line = next((line for line in reversed((ran.error or ran.out).split("\n")) if line.strip()), "nothing")
            raise _Ended(f"Docker could not go on. It says: {line.strip()}")
        return ran


def _holding(names: dict[str, str], path: str) -> str:
    """Return the name of what holds a path: that of the deepest target above it."""
    from grader.containers.disk import holds

    for target in sorted(names, key=len, reverse=True):
        if holds(target, path):
            return names[target]
    return OWN
