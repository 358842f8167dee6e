"""Every healthcheck passes.

A container that Docker has not called healthy yet is asked now, with its own test: the skeleton's run once a minute.
"""

from grader.live.session import Session, StepFinding, passed
from grader.live.taming import last_words
from grader.live.waiting import wait_for

ID = "health"
TITLE = "Healthchecks pass"
LIMIT_SECONDS = 150.0
ATTEMPT_SECONDS = 30.0
NEEDS = ("running",)
SERVICES: tuple[str, ...] = ()


def run(session: Session) -> StepFinding:
    """Wait for the healthchecks of what runs."""
    checked = [name for name, one in session.project.containers().items() if one.health is not None]
    if not checked:
        return passed("No service has a healthcheck.")
    waited = wait_for(session, lambda: _complaint(session, checked), services=checked, seconds=LIMIT_SECONDS)
    if waited.reason is None:
        return passed()
    bad = [name for name in checked if _complaint(session, [name])]
    owners = [f"{name}.*" for name in bad]
    return session.failed(waited.reason, services=bad, owners=owners, causes=waited.causes, broken=bad)


def _complaint(session: Session, names: list[str]) -> str | None:
    """Return why one of the containers is not healthy, None if all are."""
    containers = session.project.containers()
    for name in names:
        container = containers.get(name)
        if container is None:
            return f"{name} is gone"
        if container.health != "healthy":
            ran = session.project.ask(name, *container.test, seconds=ATTEMPT_SECONDS)
            if not ran.well:
                words = last_words(ran.error or ran.out) or "no answer"
                return f"The healthcheck of {name} fails ({words})"
    return None
