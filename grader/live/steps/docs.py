"""The app's page /docs opens on the host."""

from grader.live.session import Session, StepFinding, passed
from grader.live.steps.pages import ask_app
from grader.live.waiting import wait_for

ID = "docs"
TITLE = "The app shows /docs on the host"
LIMIT_SECONDS = 90.0
NEEDS = ("mongodb", "kafka-outside")
SERVICES = ("app",)


def run(session: Session) -> StepFinding:
    """The app answers as soon as it has reached MongoDB and Kafka."""
    waited = wait_for(session, lambda: _complaint(session), services=SERVICES, seconds=LIMIT_SECONDS)
    if waited.reason is None:
        return passed()
    return session.failed(waited.reason, services=SERVICES, owners=("app.*",), causes=waited.causes, broken=SERVICES)


def _complaint(session: Session) -> str | None:
    answer = ask_app(session, "/docs")
    if answer.code == 200 and "swagger" in answer.text.lower():
        return None
    return f"/docs does not open ({f'status {answer.code}' if answer.code else answer.text})"
