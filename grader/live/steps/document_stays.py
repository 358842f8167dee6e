"""The order is still a document in MongoDB."""

from grader.live.session import Session, StepFinding, passed
from grader.live.steps.pages import ask_app
from grader.live.waiting import wait_for

ID = "document-stays"
TITLE = "The order is still in MongoDB"
LIMIT_SECONDS = 90.0
NEEDS = ("again",)
SERVICES = ("app",)

FOUND, GONE = 200, 404


def run(session: Session) -> StepFinding:
    """Ask the app for it, as soon as the app is there again."""
    codes: list[int | None] = []

    def attempt() -> str | None:
        codes.append(ask_app(session, f"/orders/{session.order}").code)
        return None if codes[-1] in (FOUND, GONE) else "the app does not come back"

    waited = wait_for(session, attempt, services=SERVICES, seconds=LIMIT_SECONDS)
    if waited.reason is not None:
        return session.failed(waited.reason, services=SERVICES, owners=("app.*",), causes=waited.causes)
    if codes[-1] == GONE:
        message = "MongoDB has forgotten the order: its data was not in the volume."
        return session.failed(message, owners=("mongodb.data-volume", "volumes.*"))
    return passed()
