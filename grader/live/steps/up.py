"""`docker compose up -d`: containers are made and started in the order that `depends_on` asks for."""

import re
import time

from grader.live.process import Deadline, Process
from grader.live.records import Cause
from grader.live.session import Session, StepFinding, passed
from grader.live.steps.accepted import complaint
from grader.live.waiting import PAUSE_SECONDS, restarts, stopping, stops

ID = "up"
TITLE = "docker compose up -d starts everything"
LIMIT_SECONDS = 240.0
IN_PLACE_LIMIT_SECONDS = 600.0  # the skeleton's healthcheck of MySQL runs every 90 seconds, five times
NEEDS = ("images",)
SERVICES: tuple[str, ...] = ()

SEE_SECONDS = 60.0
UNSEEN = (
    "Docker cannot see the folder {folder}, or sees it empty. Its virtual machine shares only some folders of this "
    "computer: set TMPDIR to a folder below your home, or use --in-place."
)

COMMAND = ("up", "-d", "--no-build", "--pull", "missing")

# what Docker says, who owns it (None: this computer), and what it means
_WORDS = (
    (r'external volume "([^"]+)" not found', "volumes.declared", "Compose does not make a volume that is external."),
    (r"declared as external, but could not be found", "stack.accepted", "Compose makes no network that is external."),
    (r"looking up volume plugin|plugin .* not found", "volumes.driver", "Docker knows no such driver of volumes."),
    (r"port is already allocated|address already in use", None, "Another program on this computer uses the port."),
    (r"no space left on device", None, "The disk of this computer is full."),
    (r"[Cc]annot connect to the Docker daemon", None, "The engine does not answer any more."),
)


def run(session: Session) -> StepFinding:
    """Start everything; a container that stops again and again ends the waiting for the others."""
    if not _sees_folder(session):
        return StepFinding(False, UNSEEN.format(folder=session.project.folder))
    return start(session, limit_seconds(session))


def _sees_folder(session: Session) -> bool:
    """Tell whether containers can mount the project's folder: a virtual machine may share only some with its engine."""
    services = (session.resolved.get("services") or {}).values()
    image = next((str(service["image"]) for service in services if service.get("image")), None)
    if image is None:
        return True
    mount = f"type=bind,source={session.project.folder},target=/seen,readonly"
    options = ("run", "--rm", "--network", "none", "--pull", "never", "--mount", mount, "--entrypoint", "ls")
    ran = session.project.engine.docker(*options, image, "/seen", seconds=SEE_SECONDS)
    return bool(ran.out.strip()) or "executable file not found" in ran.error


def limit_seconds(session: Session) -> float:
    """Return how long a start may take: in place nothing shortens the healthchecks."""
    return IN_PLACE_LIMIT_SECONDS if session.in_place else LIMIT_SECONDS


def start(session: Session, seconds: float) -> StepFinding:
    """Start everything within so many seconds."""
    deadline = Deadline(seconds)
    before = restarts(session.project.containers())
    process = session.project.start(*COMMAND)
    try:
        while not process.ended():
            containers = session.project.containers()
            stopped = stopping(containers, tuple(containers), before)
            if stopped:
                names = [one.service for one in stopped]
                return session.failed(stops(stopped), services=names, owners=[f"{name}.*" for name in names])
            if deadline.over:
                return session.failed("The containers were not started in time.", services=tuple(containers))
            time.sleep(PAUSE_SECONDS)
        return _judge(session, process)
    finally:
        process.stop()


def _judge(session: Session, process: Process) -> StepFinding:
    ran = process.result()
    if ran.well:
        return passed()
    unhealthy = re.search(r"dependency failed to start: container \S*?-([a-z-]+)-\d+ ", ran.out)
    if unhealthy and unhealthy[1] in session.project.containers():
        name = unhealthy[1]
        message = f"{name} does not get healthy, and others wait for it."
        return session.failed(message, services=(name,), owners=(f"{name}.*",))
    words = complaint(session, _last_error(ran.out))
    for pattern, check, meaning in _WORDS:
        if re.search(pattern, ran.out):
            lost = session.lost(check) if check else None
            meaning = (lost.message or meaning) if lost else meaning
            return StepFinding(False, "Docker cannot start it.", check, (Cause("docker", check, meaning, words),))
    return session.failed(f"Docker cannot start it: {words}", owners=("stack.accepted",))


def _last_error(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    return next((line for line in reversed(lines) if "rror" in line or "fail" in line), lines[-1] if lines else "")
