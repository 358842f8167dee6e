"""Docker Compose accepts the file: the real one, asked for the whole project."""

import json

from grader.live.session import Session, StepFinding, passed
from grader.live.taming import MAX_SHOWN_CHARACTERS
from grader.shortening import shorten

ID = "compose"
TITLE = "Docker Compose accepts the file"
LIMIT_SECONDS = 30.0
NEEDS: tuple[str, ...] = ()
SERVICES: tuple[str, ...] = ()


def run(session: Session) -> StepFinding:
    """Let Compose resolve the project, and keep what it made of it."""
    project = session.project
    ran = project.compose("config", "--format", "json", seconds=LIMIT_SECONDS)
    if ran.well:
        try:
            session.resolved = json.loads(ran.out)
        except ValueError:
            return StepFinding(False, "The project is too large to be verified.", "stack.accepted")
        return passed()
    words = complaint(session, ran.error)
    return session.failed(f"Docker Compose refuses the file: {words}", owners=_owners(session))


def _owners(session: Session) -> tuple[str, ...]:
    """A refusal that belongs to a check is that check's; the report says which one."""
    for check in session.predicted.checks():
        if check.id == "stack.accepted" and check.because:
            return (check.because,)
    return ("stack.accepted", "volumes.*")


def complaint(session: Session, text: str) -> str:
    """Return Compose's own words without its warnings and without the folder that the copy lies in."""
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("time=")]
    words = " ".join(line.strip() for line in lines).replace(session.project.folder + "/", "")
    return shorten(session.project.tame(words), MAX_SHOWN_CHARACTERS)
