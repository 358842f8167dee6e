"""Wait for something, and no longer than until it is known that it will not come."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from grader.live.process import Deadline
from grader.live.project import Container
from grader.live.records import Cause
from grader.live.session import Session

PAUSE_SECONDS = 1.0
CRASHES = 2  # restarts after which nobody believes in the next one
GRACE_SECONDS = 15.0  # in which a service may say that it waits for another one
LOOK_SECONDS = 5.0  # between two looks into the logs; the same cause twice is one


class Waited(NamedTuple):
    """How it ended: `reason` is None for success; `causes` are what the logs said, if that ended the waiting."""

    reason: str | None
    causes: Sequence[Cause] = ()


def wait_for(
    session: Session,
    attempt: Callable[[], str | None],
    *,
    services: Sequence[str],
    seconds: float,
) -> Waited:
    """Call `attempt` until it returns None, that is, until it has no complaint left.

    Ends early when one of the `services` stops again and again, or when its log names the same cause at two looks.
    """
    deadline, grace = Deadline(seconds), Deadline(GRACE_SECONDS)
    before = restarts(session.project.containers())
    look = _Look(session, services)
    while (reason := attempt()) is not None:
        stopped = stopping(session.project.containers(), services, before)
        if stopped:
            return Waited(stops(stopped), session.causes(*(container.service for container in stopped)))
        if grace.over and (causes := look.settled()):
            return Waited(reason, causes)
        if deadline.over:
            return Waited(f"{reason}, not even after {seconds:.0f} seconds")
        time.sleep(PAUSE_SECONDS)
    return Waited(None)


class _Look:
    """Looks into the logs now and then, and remembers what it saw."""

    def __init__(self, session: Session, services: Sequence[str]) -> None:
        self._session = session
        self._services = services
        self._next = Deadline(0.0)
        self._seen: set[tuple[str, str | None]] = set()

    def settled(self) -> list[Cause]:
        """Return the causes if the first one was there at the last look as well."""
        if not self._next.over:
            return []
        self._next = Deadline(LOOK_SECONDS)
        causes = self._session.causes(*self._services)
        before, self._seen = self._seen, {(cause.service, cause.check) for cause in causes}
        return causes if causes and (causes[0].service, causes[0].check) in before else []


def restarts(containers: Mapping[str, Container]) -> dict[str, int]:
    """Return how often each container was started again."""
    return {name: container.restarts for name, container in containers.items()}


def stopping(
    containers: Mapping[str, Container], services: Sequence[str], before: Mapping[str, int]
) -> list[Container]:
    """Return the containers that have ended, or that were started again and again since `before`."""
    return [
        container
        for name in services
        if (container := containers.get(name)) is not None
        and (container.restarts - before.get(name, 0) >= CRASHES or container.status in ("exited", "dead"))
    ]


def stops(containers: Sequence[Container]) -> str:
    """Say which containers do not stay up."""
    return " ".join(
        f"{one.service} has ended with exit code {one.exit_code}."
        if one.status in ("exited", "dead")
        else f"{one.service} stops and is started again and again."
        for one in containers
    )
