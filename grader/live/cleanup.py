"""Take down what a run has made, and nothing else: its own project, its copy, its volumes without a name."""

import contextlib
import os
import shutil
import signal
from collections.abc import Iterator
from types import FrameType

from grader.live.project import LiveProject

DOWN_SECONDS = 90.0
GRACE_SECONDS = 3  # for a container to end by itself; its data is thrown away
KINDS = ("container", "volume", "network")
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
ERASER = "mysql:8.0"  # any image of the kit has `rm`; files that a container made as root are root's


def take_down(project: LiveProject) -> list[str]:
    """Delete the project with its volumes and built images; return what is left of it."""
    down = ("down", "--volumes", "--remove-orphans", "--rmi", "local", "--timeout", str(GRACE_SECONDS))
    project.compose(*down, seconds=DOWN_SECONDS)
    engine, name = project.engine, project.name
    if name is None:
        return []
    if containers := engine.labelled("container", name):
        engine.docker("container", "rm", "--force", "--volumes", *containers)
    for kind in ("network", "volume", "image"):
        if names := engine.labelled(kind, name):
            engine.docker(kind, "rm", *names)
    project.delete_anonymous()
    left = [f"{kind} {item}" for kind in (*KINDS, "image") for item in engine.labelled(kind, name)]
    return left + [f"volume {data['Name']}" for data in engine.inspect("volume", sorted(project.anonymous))]


def remove_folder(project: LiveProject, folder: str) -> None:
    """Delete the copy. What a container wrote there as root is deleted by a container."""
    shutil.rmtree(folder, ignore_errors=True)
    if os.path.isdir(folder):
        options = ("run", "--rm", "--network", "none", "--pull", "never", "--volume", f"{folder}:/copy")
        project.engine.docker(*options, "--entrypoint", "find", ERASER, "/copy", "-mindepth", "1", "-delete")
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """Turn the signals that end a program into `KeyboardInterrupt`, so that everything is taken down first."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    with _handled(interrupt):
        yield


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Do something to its end: a second Ctrl-C must not leave half a stack."""
    with _handled(signal.SIG_IGN):
        yield


@contextlib.contextmanager
def _handled(handler: signal.Handlers | object) -> Iterator[None]:
    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    try:
        before = {number: signal.signal(number, handler) for number in numbers}  # type: ignore[arg-type]
    except ValueError:  # another thread than the main one hears no signals
        yield
        return
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old if old is not None else signal.SIG_DFL)
