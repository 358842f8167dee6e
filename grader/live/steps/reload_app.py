"""A source file of the app is touched on the host, and the app starts again."""

from grader.live.session import Session, StepFinding
from grader.live.steps.reloading import reloads

ID = "reload-app"
TITLE = "A touched source file reloads the app"
LIMIT_SECONDS = 20.0
NEEDS = ("health-page",)
SERVICES = ("app",)


def run(session: Session) -> StepFinding:
    """Touch main.py of the app."""
    return reloads(session, "app", "apps/mongo_backend/main.py", seconds=LIMIT_SECONDS)
