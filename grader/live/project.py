"""The project that is run: how its commands are called and what its containers are doing."""

import itertools
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from grader.live.engine import ASK_SECONDS, Engine
from grader.live.process import Process, Ran

LOG_LINES = 3000  # Kafka writes a thousand before it is there
FLAGS = ("--ansi", "never", "--progress", "plain")


class MountPoint(NamedTuple):
    """One mount of a container as the engine made it; `anonymous` for a volume that the file does not name."""

    type: str
    name: str
    target: str
    anonymous: bool


class Container(NamedTuple):
    """What the engine says about the container of a service.

    `health` is None where there is no healthcheck; `test` is the command of that check.
    """

    id: str
    service: str
    status: str
    exit_code: int
    restarts: int
    health: str | None
    test: tuple[str, ...]
    mounts: tuple[MountPoint, ...]
    ports: dict[int, str]

    @property
    def running(self) -> bool:
        """Tell whether its process runs at this moment."""
        return self.status == "running"


class LiveProject:
    """A Compose project of one engine.

    `folder` is where it is run, `files` its `-f` options (none: as Compose finds them), `name` its own (None: Compose's
    choice). `tame` makes a text of a container fit to be shown.
    """

    def __init__(
        self, engine: Engine, *, folder: str, files: Sequence[str], name: str | None, tame: Callable[[str], str]
    ) -> None:
        self.engine = engine
        self.folder = folder
        self.files = list(files)
        self.name = name
        self.env_file: str | None = None  # instead of the .env of the folder
        self.tame = tame
        self.anonymous: set[str] = set()
        self._spared: frozenset[str] = frozenset()
        self._visits = itertools.count(1)

    def compose(self, *words: str, seconds: float = ASK_SECONDS, stdin: bytes | None = None) -> Ran:
        """Run `docker compose WORDS` for this project."""
        return self.engine.docker(*self._command(words), seconds=seconds, folder=self.folder, stdin=stdin)

    def start(self, *words: str) -> Process:
        """Start `docker compose WORDS` for this project."""
        return self.engine.start(*self._command(words), folder=self.folder)

    def containers(self) -> dict[str, Container]:
        """Return the containers of the services, by service; one-off containers are not among them."""
        if self.name is None:
            return {}
        found = {}
        for data in self.engine.inspect("container", self.engine.labelled("container", self.name)):
            container = read_container(data)
            if container is not None:
                found[container.service] = container
                self.anonymous |= {mount.name for mount in container.mounts if mount.anonymous} - self._spared
        return found

    def spare_anonymous(self) -> None:
        """Let the volumes without a name of the present containers be: they are older than this run."""
        self.containers()
        self._spared, self.anonymous = frozenset(self.anonymous), set()

    def delete_anonymous(self) -> None:
        """Delete the volumes without a name of containers that are gone: nobody could find them again."""
        if self.anonymous:
            self.engine.docker("volume", "rm", "--force", *sorted(self.anonymous))

    def logs(self, service: str, *, since_seconds: float | None = None) -> str:
        """Return the end of a service's log as it is; empty where there is no container."""
        container = self.containers().get(service)
        if container is None:
            return ""
        since = () if since_seconds is None else ("--since", f"{since_seconds:.0f}s")
        return self.engine.docker("logs", "--tail", str(LOG_LINES), *since, container.id, merged=True).out

    def ask(self, service: str, *argv: str, seconds: float, stdin: bytes | None = None) -> Ran:
        """Run a command inside the running container of a service; what it says is fit to be shown."""
        container = self.containers().get(service)
        if container is None:
            return Ran(1, "", f"{service} has no container")
        keep_open = () if stdin is None else ("-i",)
        return self._tamed(self.engine.docker("exec", *keep_open, container.id, *argv, seconds=seconds, stdin=stdin))

    def visit(self, service: str, *argv: str, seconds: float, stdin: bytes | None = None) -> Ran:
        """Run a program in a container of its own that is like that of a service: variables, networks, mounts."""
        name = f"{self.name}-visit-{next(self._visits)}"
        options = ("--rm", "--no-deps", "-T", "--name", name, "--entrypoint", argv[0])
        ran = self.compose("run", *options, service, *argv[1:], seconds=seconds, stdin=stdin)
        if ran.code is None:
            self.engine.docker("rm", "-f", "-v", name)
        return self._tamed(ran)

    def _tamed(self, ran: Ran) -> Ran:
        return Ran(ran.code, self.tame(ran.out), self.tame(ran.error))

    def _command(self, words: Sequence[str]) -> list[str]:
        files = [word for file in self.files for word in ("-f", file)]
        name = ["-p", self.name] if self.name is not None else []
        folder = ["--project-directory", self.folder] if files else []
        env_file = ["--env-file", self.env_file] if self.env_file is not None else []
        return ["compose", *FLAGS, *folder, *name, *env_file, *files, *words]


def read_container(data: Any) -> Container | None:
    """Read what `docker inspect` says; None for what is not the container of a service."""
    labels = data.get("Config", {}).get("Labels") or {}
    service = labels.get("com.docker.compose.service")
    if not service or labels.get("com.docker.compose.oneoff") == "True":
        return None
    state = data.get("State", {})
    health = state.get("Health") or {}
    return Container(
        id=data["Id"],
        service=service,
        status=str(state.get("Status")),
        exit_code=int(state.get("ExitCode") or 0),
        restarts=int(data.get("RestartCount") or 0),
        health=health.get("Status"),
        test=_test(data.get("Config", {}).get("Healthcheck") or {}),
        mounts=tuple(map(_mount, data.get("Mounts") or ())),
        ports=_ports(data.get("NetworkSettings", {}).get("Ports") or {}),
    )


def _test(data: Any) -> tuple[str, ...]:
    """Docker: a test is `CMD` and a program, or `CMD-SHELL` and a text for the shell."""
    kind, *words = data.get("Test") or ("NONE",)
    return ("/bin/sh", "-c", *words) if kind == "CMD-SHELL" else tuple(words)


def _mount(data: Any) -> MountPoint:
    name = str(data.get("Name") or data.get("Source") or "")
    kind = str(data.get("Type"))
    # Docker: a volume without a name gets one of 64 hexadecimal digits
    anonymous = kind == "volume" and len(name) == 64 and not set(name) - set("0123456789abcdef")
    return MountPoint(kind, name, str(data.get("Destination")), anonymous)


def _ports(data: Any) -> dict[int, str]:
    """Map a container's TCP port to the address on the host, `127.0.0.1:49153`."""
    found = {}
    for port, bindings in data.items():
        number, _, protocol = port.partition("/")
        for binding in bindings or ():
            host = binding.get("HostIp") or "0.0.0.0"
            if protocol == "tcp" and ":" not in host:
                found[int(number)] = f"{'127.0.0.1' if host == '0.0.0.0' else host}:{binding.get('HostPort')}"
    return found
