"""Whether a service notices that a file of its code was saved."""

import os
import re
import time

from grader.live.process import Deadline
from grader.live.session import Session, StepFinding, passed

PAUSE_SECONDS = 0.5
# the platform's own supervisor, and uvicorn's
_NOTICED = re.compile(r"changed: starting again|detected (?:file )?changes? in|Reloading\.\.\.")


def reloads(session: Session, service: str, path: str, *, seconds: float) -> StepFinding:
    """Save a file again as it is, and wait until the service says that it starts again.

    In place only the time of the file changes: the student's text is not written to.
    """
    file = os.path.join(session.project.folder, *path.split("/"))
    before = len(_NOTICED.findall(session.project.logs(service)))
    try:
        _save(file, in_place=session.in_place)
    except OSError as error:
        return StepFinding(False, f"{path} cannot be touched: {error.strerror}.")
    deadline = Deadline(seconds)
    while len(_NOTICED.findall(session.project.logs(service))) <= before:
        if deadline.over:
            owners = (f"{service}.source-mount", f"{service}.shared-mount")
            message = f"{path} was saved on the host, and {service} did not notice it within {seconds:.0f} seconds."
            return session.failed(message, owners=owners)
        time.sleep(PAUSE_SECONDS)
    return passed()


def _save(file: str, *, in_place: bool) -> None:
    if not in_place:
        with open(file, "rb+") as stream:
            text = stream.read()
            stream.seek(0)
            stream.write(text)
    os.utime(file)
