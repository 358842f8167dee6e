"""The driver of every declared volume is Docker's own, and nothing keeps it from making the volume.

Compose: a volume without `driver` gets Docker's default, which is `local`: both are right. Docker: `driver_opts` of
`local` are those of `mount`, which needs a device that is there; Docker makes none.
"""

from collections.abc import Mapping
from typing import Any

from grader.checks.volumes_declared import nothing_declared, volumes_of
from grader.findings import Finding, failed, passed
from grader.places import Place
from grader.stack import Stack

KIND = "volumes-driver"
PARAMETERS = {"driver": str}
MOUNT_OPTIONS = ("type", "o", "device", "size")


def places(*, driver: str) -> tuple[Place, ...]:
    """Declarations have no single place; a refused driver comes to it by its path."""
    return ()


def check(stack: Stack, *, driver: str) -> Finding:
    """External volumes have no driver here: that they are external is another check's matter."""
    declared = volumes_of(stack).declared
    if not declared:
        return nothing_declared(stack, "volumes.declared")
    for volume in declared:
        if not volume.external and volume.driver is not None and volume.driver != driver:
            return failed(
                f"the volume {volume.key} asks for the driver {volume.driver!r}, which a plain Docker does not have",
                at=volume.driver_at or volume.at,
                actual=volume.driver,
            )
        if not volume.external and volume.options:
            complaint = _judge_options(volume.options)
            return failed(f"the driver_opts of the volume {volume.key} {complaint}", at=volume.options_at or volume.at)
    return passed(at=stack.project.volumes_at)


def _judge_options(options: Mapping[str, Any]) -> str:
    """Say what a volume with these options is instead of one that Docker makes and keeps."""
    strange = next((name for name in options if name.lower() not in MOUNT_OPTIONS), None)
    if strange is not None:
        return f"have {strange}, which Docker's own driver does not know: it does not make the volume"
    given = {name.lower(): str(value) for name, value in options.items() if value not in (None, "")}
    if "device" not in given:
        return "name no device: Docker does not make the volume"
    if given.get("type") == "tmpfs":
        return "keep it in memory: it is empty again after every start"
    if "bind" in given.get("o", "").split(","):
        return "make it a folder of the host, and Docker does not make that folder"
    return f"ask for a device of the type {given.get('type', '')!r}, which is not there"
