"""The row is still in MySQL."""

from grader.live.session import Session, StepFinding, passed
from grader.live.steps.order import missing_row
from grader.live.waiting import wait_for

ID = "row-stays"
TITLE = "The order's row is still in MySQL"
LIMIT_SECONDS = 45.0
NEEDS = ("again",)
SERVICES = ("mysql", "mysql-service")


def run(session: Session) -> StepFinding:
    """Look for the row. Kafka remembers that it was delivered, so a lost one does not come again."""
    waited = wait_for(session, lambda: missing_row(session), services=SERVICES, seconds=LIMIT_SECONDS)
    if waited.reason is None:
        return passed()
    message = f"MySQL has forgotten the order: {waited.reason}."
    return session.failed(message, owners=("mysql.data-volume", "volumes.*"), causes=waited.causes)
