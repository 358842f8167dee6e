"""A source file of mysql-service is touched on the host, and the service starts again."""

from grader.live.session import Session, StepFinding
from grader.live.steps.reloading import reloads

ID = "reload-mysql-service"
TITLE = "A touched source file reloads mysql-service"
LIMIT_SECONDS = 20.0
NEEDS = ("order",)
SERVICES = ("mysql-service",)


def run(session: Session) -> StepFinding:
    """Touch main.py of the service."""
    return reloads(session, "mysql-service", "apps/mysql_server/main.py", seconds=LIMIT_SECONDS)
