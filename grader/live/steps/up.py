"""`docker compose up -d`: containers are made and started in the order that `depends_on` asks for."""

import re
import time

from grader.live.process import Deadline, Process
from grader.live.records import Cause
from grader.live.session import Session, StepFinding, passed
from grader.live.steps.accepted import complaint
from grader.live.waiting import PAUSE_SECONDS, restarts, stopping, stops

ID = "up"
TITLE = "docker compose up -d"
LIMIT_SECONDS = 240.0
IN_PLACE_LIMIT_SECONDS = 600.0  # the skeleton's healthcheck of MySQL runs every 90 seconds, five times
NEEDS = ("images",)
SERVICES: tuple[str, ...] = ()

COMMAND = ("up", "-d", "--no-build", "--pull", "missing")

# what the engine says, who owns it (None: the computer), and what it means
_WORDS = (
    (r'external volume "([^"]+)" not found', "volumes.declared", "Compose does not make a volume that is external."),
    (r'external network|network (\S+) declared as external', None, "Compose does not make a network that is external."),
    (r"port is already allocated|address already in use", None, "Another program on this computer uses the port."),
    (r"looking up volume plugin|plugin .* not found", "volumes.driver", "Docker knows no such driver of volumes."),
    (r"no space left on device", None, "The disk of this computer is full."),
    (r"mount path must be absolute|invalid mount config", None, "Docker cannot mount it."),
)  # fmt: skip


def run(session: Session) -> StepFinding:
    """Start everything, and stop waiting when a container that others wait for will not come."""
    return start(session, LIMIT_SECONDS)


def start(session: Session, seconds: float) -> StepFinding:
    """Start everything within so many seconds."""
    deadline = Deadline(IN_PLACE_LIMIT_SECONDS if session.in_place else seconds)
    process = session.project.start(*COMMAND)
    before = restarts(session.project.containers())
    try:
        while not process.ended():
            containers = session.project.containers()
            stopped = [name for name in waited_for(session) if stopping(containers, (name,), before)]
            if stopped:
                return _not_coming(session, stopped)
            if deadline.over:
                return session.failed("The containers were not started in time.", services=tuple(containers))
            time.sleep(PAUSE_SECONDS)
        return _judge(session, process)
    finally:
        process.stop()


def waited_for(session: Session) -> list[str]:
    """Return the services that others wait for until they are healthy."""
    services = session.resolved.get("services") or {}
    return sorted(
        {
            name
            for service in services.values()
            for name, needed in (service.get("depends_on") or {}).items()
            if (needed or {}).get("condition") != "service_started"
        }
    )


def _waiting(session: Session, names: list[str]) -> list[str]:
    services = session.resolved.get("services") or {}
    return [name for name, service in services.items() if set(service.get("depends_on") or ()) & set(names)]


def _not_coming(session: Session, names: list[str]) -> StepFinding:
    containers = session.project.containers()
    message = stops([containers[name] for name in names if name in containers]) or f"{names[0]} does not get healthy."
    broken = [
        *names,
        *(name for name in _waiting(session, names) if name not in containers or not _runs(session, name)),
    ]
    return session.failed(message, services=names, owners=[f"{name}.*" for name in names], broken=broken)


def _runs(session: Session, name: str) -> bool:
    container = session.project.containers().get(name)
    return container is not None and container.running


def _judge(session: Session, process: Process) -> StepFinding:
    ran = process.result()
    if ran.well:
        return passed()
    unhealthy = re.search(r"dependency failed to start: container \S*?-([a-z-]+)-\d+ ", ran.out)
    if unhealthy and unhealthy[1] in session.project.containers():
        return _not_coming(session, [unhealthy[1]])
    words = complaint(session, _last_error(ran.out))
    everything = tuple(session.resolved.get("services") or ())
    for pattern, check, meaning in _WORDS:
        if re.search(pattern, ran.out):
            cause = (Cause("compose", check, meaning, words),) if check else ()
            return StepFinding("failed", f"{meaning} Docker says: {words}", check, cause, broken=everything)
    return session.failed(f"Docker cannot start it: {words}", owners=("stack.accepted",), broken=everything)


def _last_error(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    return next((line for line in reversed(lines) if "rror" in line or "fail" in line), lines[-1] if lines else "")
