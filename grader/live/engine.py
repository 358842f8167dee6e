"""The Docker engine and Compose: whether they are there, and how they are called.

Only the variables below reach Compose, so that a shell's own never stand for `${X}`: as with a plain `grade`.
"""

import json
import shutil
from collections.abc import Mapping, Sequence

from grader.live.process import Process, Ran, run

ANSWER_SECONDS = 15.0  # for the questions whether somebody is there
ASK_SECONDS = 30.0  # for questions about containers
MIN_COMPOSE = (2, 24, 4)  # Compose: the first with `!override`, which the generated file needs

SERVER_VERSION = ("version", "--format", "{{.Server.Version}}")

CHOOSING = ("DOCKER_HOST", "DOCKER_CONTEXT")

INSTALL = "Install Docker Desktop, or Docker Engine with the Compose plugin: https://docs.docker.com/get-docker/"
START = "Start Docker Desktop, or the service: sudo systemctl start docker"
ELSEWHERE = (
    "{name} in your shell says where Docker's engine is ({value}), and none answers there. Start that one, or leave it "
    "to Docker: unset {name}"
)
ALLOW = "Join its group and log in again: sudo usermod -aG docker $USER"

_KEPT = frozenset(
    {
        *("HOME", "LANG", "PATH", "SSH_AUTH_SOCK", "TMPDIR", "USER"),
        *("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"),
        # Windows
        *("APPDATA", "COMSPEC", "HOMEDRIVE", "HOMEPATH", "LOCALAPPDATA", "PATHEXT", "PROGRAMDATA", "PROGRAMFILES"),
        *("SYSTEMDRIVE", "SYSTEMROOT", "TEMP", "TMP", "USERPROFILE"),
    }
)
_KEPT_BEGINNINGS = ("DOCKER_", "BUILDKIT_", "BUILDX_", "XDG_", "LC_")
_SETTINGS = {
    "BUILDKIT_PROGRESS": "plain",
    "COMPOSE_EXPERIMENTAL_GIT_REMOTE": "false",  # a file that includes another one from the network is not followed
    "COMPOSE_EXPERIMENTAL_OCI_REMOTE": "false",
    "COMPOSE_MENU": "false",
    "DOCKER_CLI_HINTS": "false",
}


class NoEngine(Exception):
    """There is no engine to ask; the text says what to install or to start."""


class Engine:
    """The way to one engine."""

    def __init__(self, program: str, environment: Mapping[str, str]) -> None:
        self._program = program
        self._environment = environment

    def docker(
        self,
        *words: str,
        seconds: float = ASK_SECONDS,
        folder: str | None = None,
        stdin: bytes | None = None,
        merged: bool = False,
    ) -> Ran:
        """Run `docker WORDS` and wait for it."""
        return run(
            (self._program, *words),
            seconds=seconds,
            environment=self._variables(folder),
            folder=folder,
            stdin=stdin,
            merged=merged,
        )

    def start(self, *words: str, folder: str | None = None) -> Process:
        """Start `docker WORDS`."""
        argv = (self._program, *words)
        return Process(argv, environment=self._variables(folder), folder=folder, merged=True)

    def answers(self) -> bool:
        """Tell whether the engine is there."""
        return self.docker(*SERVER_VERSION, seconds=ANSWER_SECONDS).well

    def inspect(self, kind: str, names: Sequence[str]) -> list[dict[str, object]]:
        """Return what the engine knows about containers, images, volumes or networks; what is gone is left out."""
        if not names:
            return []
        ran = self.docker(kind, "inspect", *names)
        found = _json(ran.out)
        return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []

    def labelled(self, kind: str, project: str) -> list[str]:
        """Return the ids (volumes: names) of everything of one kind that carries a project's label."""
        everything = ("-a",) if kind == "container" else ()
        label = f"label=com.docker.compose.project={project}"
        return self.docker(kind, "ls", "-q", *everything, "--filter", label).out.split()

    def _variables(self, folder: str | None) -> dict[str, str]:
        made = {**self._environment, **_SETTINGS}
        return {**made, "PWD": folder} if folder else made


def find_engine(environment: Mapping[str, str]) -> Engine:
    """Return the engine that the command `docker` leads to. Raises `NoEngine`."""
    kept = kept_variables(environment)
    program = shutil.which("docker", path=environment.get("PATH"))
    if program is None:
        raise NoEngine(f"grade live runs the stack and needs Docker: there is no command `docker` here. {INSTALL}")
    engine = Engine(program, kept)
    version = engine.docker("compose", "version", "--short", seconds=ANSWER_SECONDS)
    if not version.well:
        raise NoEngine(f"grade live needs Docker Compose: `docker compose version` does not answer. {INSTALL}")
    if not _new_enough(version.out):
        wanted = ".".join(map(str, MIN_COMPOSE))
        raise NoEngine(f"grade live needs Docker Compose {wanted} or newer; this is {version.out.strip()}. {INSTALL}")
    answer = engine.docker(*SERVER_VERSION, seconds=ANSWER_SECONDS)
    if "permission denied" in answer.error:
        raise NoEngine(f"Docker is installed, but your user may not use its engine. {ALLOW}")
    if not answer.well:
        raise NoEngine(_silence(environment))
    return engine


def _silence(environment: Mapping[str, str]) -> str:
    """Say why no engine answers. Docker: DOCKER_HOST comes first, then DOCKER_CONTEXT, then `docker context use`."""
    name = next((name for name in CHOOSING if environment.get(name)), None)
    if name is None:
        return f"Docker is installed, but its engine does not answer. {START}"
    return ELSEWHERE.format(name=name, value=environment[name])


def kept_variables(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of the shell that Docker itself needs. Windows: their names have no case."""
    return {
        name: value
        for name, value in environment.items()
        if name.upper() in _KEPT or name.upper().startswith(_KEPT_BEGINNINGS)
    }


def _new_enough(text: str) -> bool:
    numbers = text.strip().lstrip("v").split("-")[0].split("+")[0].split(".")
    found = tuple(int(number) for number in numbers if number.isdecimal())
    return found >= MIN_COMPOSE


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None
