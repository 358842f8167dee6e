"""`docker compose down` and `up -d`: new containers, the same volumes."""

import json

from grader.live.session import Session, StepFinding
from grader.live.steps import up
from grader.live.taming import last_words

ID = "again"
TITLE = "docker compose down, and up again"
LIMIT_SECONDS = up.LIMIT_SECONDS
DOWN_SECONDS = 90.0
NEEDS = ("order",)
SERVICES: tuple[str, ...] = ()


def run(session: Session) -> StepFinding:
    """Take everything down, volumes aside, and start it again."""
    if session.in_place and not _unchanged(session):
        return StepFinding(False, "The compose file has changed since this run began. Run it again.")
    before = {one.id for one in session.project.containers().values()}
    down = session.project.compose("down", seconds=DOWN_SECONDS)
    if not down.well:
        words = last_words(session.project.tame(down.error)) or "the time is over"
        return StepFinding(False, f"The stack cannot be taken down: {words}")
    session.project.delete_anonymous()
    finding = up.start(session, up.limit_seconds(session))
    old = [name for name, one in session.project.containers().items() if one.id in before]
    if finding.passed and old:
        return StepFinding(False, f"These containers were not taken down: {', '.join(old)}.")
    return finding


def _unchanged(session: Session) -> bool:
    """Tell whether Compose still makes the same of the file: what was judged is what is started again."""
    ran = session.project.compose("config", "--format", "json")
    try:
        return bool(json.loads(ran.out) == session.resolved)
    except ValueError:
        return False
