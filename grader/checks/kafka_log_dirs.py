"""The folder in which Kafka keeps its data is the one that the volume is mounted on.

Kafka 3.6: `log.dirs` is a comma list of folders; data outside the mount is lost with the container.
"""

import posixpath

from grader.checks.named_volume import find_target
from grader.checks.variable import absent
from grader.findings import Finding, failed, passed
from grader.places import Place, variable_place
from grader.stack import Stack

KIND = "kafka-log-dirs"
PARAMETERS = {"service": str, "target": str}

VARIABLE = "KAFKA_LOG_DIRS"


def places(*, service: str, target: str) -> tuple[Place, ...]:
    """The one variable."""
    return (variable_place(service, VARIABLE),)


def check(stack: Stack, *, service: str, target: str) -> Finding:
    """The TASK's folder, or the one where the student's volume is, if that is elsewhere."""
    found = stack.given(service, VARIABLE)
    if found is None:
        return absent(stack, service, VARIABLE)
    if found.value == target:
        return passed(at=found.at)  # as mostly, and there is nothing to split
    folders = [folder.strip() for folder in (found.value or "").split(",") if folder.strip()]
    if not folders:
        return failed(f"{VARIABLE} names no folder", at=found.at)
    if len({posixpath.normpath(folder) for folder in folders}) < len(folders):
        return failed(f"{VARIABLE} names the same folder twice", at=found.at)
    here = stack.service(service)
    accepted = {posixpath.normpath(target)}
    if find_target(here, target) is None:
        accepted.update(posixpath.normpath(mount.target) for mount in here.volumes if mount.type == "volume")
    for folder in folders:
        if posixpath.normpath(folder) not in accepted:
            return failed(
                f"The folder {folder} is not where the volume is mounted: the data would be lost", at=found.at
            )
    return passed(at=found.at)
