"""MongoDB answers a ping."""

from grader.live.session import Session, StepFinding, passed
from grader.live.waiting import wait_for

ID = "mongodb"
TITLE = "MongoDB answers"
LIMIT_SECONDS = 120.0
ATTEMPT_SECONDS = 30.0
NEEDS = ("running",)
SERVICES = ("mongodb",)

PING = ("mongosh", "--quiet", "--eval", "db.runCommand('ping').ok")


def run(session: Session) -> StepFinding:
    """Ask inside the container, as the TASK does."""
    waited = wait_for(session, lambda: _complaint(session), services=SERVICES, seconds=LIMIT_SECONDS)
    if waited.reason is None:
        return passed()
    return session.failed(
        waited.reason, services=SERVICES, owners=("mongodb.starts", "mongodb.*"), causes=waited.causes
    )


def _complaint(session: Session) -> str | None:
    ran = session.project.ask("mongodb", *PING, seconds=ATTEMPT_SECONDS)
    return None if ran.well and ran.out.strip().endswith("1") else "MongoDB does not answer a ping in its container"
