"""A folder of the workspace is mounted into a container, so that an edit is seen at once.

Compose: a source that starts with `.`, `/` or `~` is a folder of the host; without `./` it would be a volume's name.
"""

import posixpath
from functools import lru_cache

from grader.checks.mount_options import refused_option
from grader.checks.named_volume import RELATIVE, find_target, mount_marks
from grader.compose.model import Service
from grader.compose.mounted import Mount
from grader.findings import Finding, failed, not_attempted, passed, skipped
from grader.places import Place, mount_place
from grader.stack import Stack, volumes_place

KIND = "bind-mount"
PARAMETERS = {"service": str, "source": str, "target": str}


def places(*, service: str, source: str, target: str) -> tuple[Place, ...]:
    """The mount at the target."""
    return (mount_place(service, target),)


def check(stack: Stack, *, service: str, source: str, target: str) -> Finding:
    """The folder must be the right one; read-only is fine, the code is only read."""
    here = stack.service(service)
    wanted = _absolute(stack.project.directory, source)
    mount = find_target(here, target)
    if mount is None:
        return _nothing_there(stack, here, wanted, target)
    if not mount.target.startswith("/"):
        return failed(RELATIVE, at=mount_marks(mount, mount.target_at), actual=mount.target)
    if mount.type == "volume":
        return failed(_volume_message(mount), at=mount_marks(mount, mount.source_at), actual=mount.source)
    if mount.type != "bind":
        return failed(f"a mount of type {mount.type} is no folder of the workspace", at=mount.place)
    refused = refused_option(mount)
    if refused is not None:
        return failed(refused, at=mount.place)
    if mount.source == wanted or posixpath.normpath(mount.source or "") == wanted:
        return passed(at=mount.place)
    hiding = _hidden_by(stack, here, mount)
    if hiding is not None:
        return skipped(hiding, "another mount lies on the same path", at=mount.at)
    return failed(
        f"{_shown(stack, mount)} is not the folder that belongs at {target}", at=mount_marks(mount, mount.source_at)
    )


@lru_cache(maxsize=64)  # of one project's folder and a folder of the rubric
def _absolute(directory: str, source: str) -> str:
    return posixpath.normpath(posixpath.join(directory, source))


def _hidden_by(stack: Stack, service: Service, mount: Mount) -> str | None:
    """Name the check whose folder was mounted here by mistake: Compose keeps the last mount of a path."""
    for place, check in stack.asked_places.items():
        if check.kind != KIND or place[1] != service.name or place[3] == mount.target:
            continue
        source = _absolute(stack.project.directory, check.parameters["source"])
        if source == posixpath.normpath(mount.source or "") and find_target(service, place[3]) is None:
            return check.id
    return None


def _nothing_there(stack: Stack, service: Service, wanted: str, target: str) -> Finding:
    for mount in service.volumes:
        if mount.type == "bind" and posixpath.normpath(mount.source or "") == wanted:
            return failed(
                f"the right folder, mounted in the wrong place: the code does not look in {mount.target}",
                at=mount_marks(mount, mount.target_at),
                actual=mount.target,
            )
    return not_attempted(f"The service {service.name} has nothing mounted at {target} yet", at=volumes_place(service))


def _volume_message(mount: Mount) -> str:
    if not mount.source:
        return "a path alone makes an anonymous volume: nothing of the workspace is in it"
    if "/" in mount.source:
        return f"Compose takes {mount.source!r} for the name of a volume: a folder of the host begins differently"
    return f"{mount.source!r} is a named volume: edits in the workspace would not be seen in the container"


def _shown(stack: Stack, mount: Mount) -> str:
    source = mount.source or ""
    if source == stack.project.directory or source.startswith(stack.project.directory.rstrip("/") + "/"):
        inside = posixpath.relpath(source, stack.project.directory)
        return inside if inside == "." else f"./{inside}"
    return stack.loaded.led_out.get(source, source)
