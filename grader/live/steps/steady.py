"""Nobody was started again since the start."""

from grader.live.session import Session, StepFinding, passed

ID = "steady"
TITLE = "No container had to be started again"
LIMIT_SECONDS = 10.0
NEEDS = ("order",)  # before that, other steps tell who does not stay up
SERVICES: tuple[str, ...] = ()


def run(session: Session) -> StepFinding:
    """Count what the engine counts."""
    again = [one for one in session.project.containers().values() if one.restarts or not one.running]
    if not again:
        return passed()
    names = [one.service for one in again]
    counts = ", ".join(f"{one.service} {one.restarts} times" for one in again)
    return session.failed(f"Started again: {counts}.", services=names, owners=[f"{name}.*" for name in names])
