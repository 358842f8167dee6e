"""Whether a service notices that a file of its code was saved."""

import os
import re
import time
from collections.abc import Sequence

from grader.live.process import Deadline
from grader.live.session import Session, StepFinding, passed

PAUSE_SECONDS = 0.5
MAX_FILE_BYTES = 1024 * 1024
# the platform's own supervisor, and uvicorn's
_NOTICED = re.compile(r"changed: starting again|detected (?:file )?changes? in|Reloading\.\.\.")


def reloads(session: Session, service: str, path: str, *, seconds: float) -> StepFinding:
    """Save a file again as it is, and wait until the service says that it starts again.

    In place only the time of the file changes: the student's text is not written to.
    """
    before = len(_NOTICED.findall(session.project.logs(service)))
    try:
        _save(session.project.folder, path.split("/"), in_place=session.in_place)
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


def _save(folder: str, parts: Sequence[str], *, in_place: bool) -> None:
    """Write a file again as it is, and touch it. Raises `OSError`, also for a symbolic link on the way to it.

    Containers can write here: a link that one of them has made must not lead us to a file of the host.
    """
    descriptor = _open(folder, parts)
    with open(descriptor, "rb+") as stream:
        if not in_place:
            text = stream.read(MAX_FILE_BYTES)
            stream.seek(0)
            stream.write(text)
            stream.flush()
        os.utime(descriptor if os.utime in os.supports_fd else os.path.join(folder, *parts))


def _open(folder: str, parts: Sequence[str]) -> int:
    if os.open not in os.supports_dir_fd:  # Windows
        return os.open(os.path.join(folder, *parts), os.O_RDWR)
    here = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for name in parts[:-1]:
            inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here = inner
        return os.open(parts[-1], os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=here)
    finally:
        os.close(here)
