"""Kafka answers inside its container, where the TASK lists the topics."""

from grader.live.session import Session, StepFinding, passed
from grader.live.waiting import wait_for

ID = "kafka-inside"
TITLE = "Kafka lists its topics inside its container"
LIMIT_SECONDS = 120.0
ATTEMPT_SECONDS = 30.0
NEEDS = ("running",)
SERVICES = ("kafka",)

LIST = ("kafka-topics", "--bootstrap-server", "localhost:9092", "--list")


def run(session: Session) -> StepFinding:
    """Ask as the TASK does; Kafka needs a while to get there."""
    waited = wait_for(session, lambda: silence(session), services=SERVICES, seconds=LIMIT_SECONDS)
    if waited.reason is None:
        return passed()
    owners = ("kafka.listeners", "kafka.advertised-listeners", "kafka.*")
    return session.failed(waited.reason, services=SERVICES, owners=owners, causes=waited.causes, broken=SERVICES)


def silence(session: Session) -> str | None:
    """Return that Kafka does not answer, None if it does."""
    ran = session.project.ask("kafka", *LIST, seconds=ATTEMPT_SECONDS)
    return None if ran.well else "Kafka does not answer at localhost:9092 inside its container"
