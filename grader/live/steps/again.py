"""`docker compose down` and `up -d`: new containers, the same volumes."""

from grader.live.session import Session, StepFinding
from grader.live.steps import healthy, up
from grader.live.taming import last_words
from grader.live.waiting import wait_for

ID = "again"
TITLE = "docker compose down, and up again"
LIMIT_SECONDS = 240.0
DOWN_SECONDS = 90.0
NEEDS = ("order",)
SERVICES: tuple[str, ...] = ()


def run(session: Session) -> StepFinding:
    """Take everything down, volumes aside, and start it again."""
    before = {one.id for one in session.project.containers().values()}
    down = session.project.compose("down", seconds=DOWN_SECONDS)
    if not down.well:
        words = last_words(session.project.tame(down.error)) or "the time is over"
        return StepFinding(False, f"The stack cannot be taken down: {words}")
    finding = up.start(session, LIMIT_SECONDS)
    if not finding.passed:
        return finding
    containers = session.project.containers()
    old = [name for name, one in containers.items() if one.id in before]
    if old:
        return StepFinding(False, f"These containers were not taken down: {', '.join(old)}.")
    checked = [name for name, one in containers.items() if one.health is not None]
    waited = wait_for(session, lambda: healthy.unhealthy(session, checked), services=checked, seconds=LIMIT_SECONDS)
    if waited.reason is None:
        return finding
    return session.failed(f"{waited.reason}.", services=checked, causes=waited.causes)
