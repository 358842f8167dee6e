"""The app's page /health says that MongoDB and Kafka are up."""

from grader.live.session import Session, StepFinding, passed
from grader.live.steps.pages import Answer, ask_app
from grader.live.taming import last_words
from grader.live.waiting import wait_for

ID = "health-page"
TITLE = "The app's /health says that all is well"
LIMIT_SECONDS = 45.0
NEEDS = ("docs",)
SERVICES = ("app",)

_OWNERS = {"mongodb": ("app.mongodb-url", "mongodb.*"), "kafka": ("app.kafka-bootstrap", "kafka.*")}


def run(session: Session) -> StepFinding:
    """Ask the app how it is."""
    waited = wait_for(
        session, lambda: _complaint(ask_app(session, "/health")), services=SERVICES, seconds=LIMIT_SECONDS
    )
    if waited.reason is None:
        return passed()
    down = _down(ask_app(session, "/health"))
    owners = tuple(owner for part in down for owner in _OWNERS[part]) or ("app.*",)
    return session.failed(waited.reason, services=SERVICES, owners=owners, causes=waited.causes)


def _down(answer: Answer) -> list[str]:
    parts = answer.data()
    return [name for name in _OWNERS if isinstance(parts.get(name), dict) and parts[name].get("state") != "up"]


def _complaint(answer: Answer) -> str | None:
    if answer.code == 200:
        return None
    parts = answer.data()
    words = [last_words(str(parts[name].get("message"))) for name in _down(answer)]
    return f"/health says: {'; '.join(words)}" if words else f"/health gives the status {answer.code}"
