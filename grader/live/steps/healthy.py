"""Every container that has a healthcheck gets healthy."""

from grader.live.session import Session, StepFinding, passed
from grader.live.waiting import wait_for

ID = "health"
TITLE = "Healthchecks pass"
LIMIT_SECONDS = 150.0
IN_PLACE_LIMIT_SECONDS = 500.0
NEEDS = ("running",)
SERVICES: tuple[str, ...] = ()


def run(session: Session) -> StepFinding:
    """Wait for the healthchecks of what runs."""
    checked = [name for name, one in session.project.containers().items() if one.health is not None]
    if not checked:
        return passed("No service has a healthcheck.")
    limit = IN_PLACE_LIMIT_SECONDS if session.in_place else LIMIT_SECONDS
    waited = wait_for(session, lambda: unhealthy(session, checked), services=checked, seconds=limit)
    if waited.reason is None:
        return passed()
    bad = [name for name in checked if unhealthy(session, [name])]
    owners = [f"{name}.*" for name in bad]
    return session.failed(waited.reason, services=bad, owners=owners, causes=waited.causes, broken=bad)


def unhealthy(session: Session, names: list[str]) -> str | None:
    """Return which containers are not healthy yet, None if all are."""
    containers = session.project.containers()
    bad = [name for name in names if name not in containers or containers[name].health != "healthy"]
    return f"{', '.join(bad)} {'is' if len(bad) == 1 else 'are'} not healthy" if bad else None
