"""Five containers run and stay up: nobody is started again while we watch."""

import time

from grader.live.process import Deadline
from grader.live.session import SERVICES as KIT_SERVICES
from grader.live.session import Session, StepFinding, passed
from grader.live.waiting import PAUSE_SECONDS, stopping, stops

ID = "running"
TITLE = "Five containers run and stay up"
LIMIT_SECONDS = 60.0
STAY_SECONDS = 5.0
NEEDS = ("up",)
SERVICES: tuple[str, ...] = ()


def run(session: Session) -> StepFinding:
    """Watch until every container has been up for a while, or one of them has given up."""
    containers = session.project.containers()
    absent = [name for name in KIT_SERVICES if name not in containers]
    if absent:
        return session.failed(f"There is no container of {', '.join(absent)}.", owners=("skeleton",))
    deadline, stay, seen = Deadline(LIMIT_SECONDS), Deadline(STAY_SECONDS), _counts(session)
    while not stay.over:
        containers = session.project.containers()
        stopped = stopping(containers, KIT_SERVICES, {})
        if stopped:
            names = [container.service for container in stopped]
            return session.failed(stops(stopped), services=names, owners=[f"{name}.*" for name in names])
        now = _counts(session)
        if now != seen or not all(one.running for one in containers.values()):
            seen, stay = now, Deadline(STAY_SECONDS)
        if deadline.over:
            return session.failed("Some containers do not come to rest.", services=KIT_SERVICES)
        time.sleep(PAUSE_SECONDS)
    return passed()


def _counts(session: Session) -> dict[str, tuple[str, int]]:
    return {name: (one.id, one.restarts) for name, one in session.project.containers().items()}
