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

OWNER = "stack.accepted"


def run(session: Session) -> StepFinding:
    """Let Compose resolve the project, and keep what it made of it."""
    project = session.project
    ran = project.compose("config", "--format", "json", seconds=LIMIT_SECONDS)
    if ran.well:
        try:
            session.resolved = json.loads(ran.out)
        except ValueError:
            return StepFinding(False, "The project is too large to be verified.", OWNER)
        return passed()
    return _refused(session, complaint(session, ran.error))


def _refused(session: Session, words: str) -> StepFinding:
    """Return Compose's words, and the sentence of the report about the file where that says more."""
    owner = _owner(session)
    lost = session.lost(owner)
    sentence = lost.message if lost is not None and lost.message else ""
    if words in sentence:
        return StepFinding(False, sentence, owner)
    return StepFinding(False, f"Docker Compose refuses the file: {words}. {sentence}".rstrip(), owner)


def _owner(session: Session) -> str:
    """A refusal that belongs to a check is that check's; the report says which one."""
    accepted = next((check for check in session.predicted.checks() if check.id == OWNER), None)
    return OWNER if accepted is None or accepted.because is None else accepted.because


def complaint(session: Session, text: str) -> str:
    """Return Compose's own words without its warnings and without the folder that the copy lies in."""
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("time=")]
    words = " ".join(line.strip() for line in lines).replace(session.project.folder + "/", "")
    return shorten(session.project.tame(words), MAX_SHOWN_CHARACTERS)
