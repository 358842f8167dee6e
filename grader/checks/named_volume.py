"""The data of a service lives in a named volume of its own.

Compose: a source that is a plain word names a volume; `./data` or `/data` is a folder of the host; a path alone makes
an anonymous volume, which `docker compose down` forgets. Docker: a volume on the parent folder does not help, because
the image declares the data folder itself as a volume and an anonymous one is mounted over it.
"""

import posixpath
from functools import lru_cache

from grader.checks.mount_options import refused_option
from grader.compose.marks import Mark, Marks
from grader.compose.model import Service
from grader.compose.mounted import Mount
from grader.findings import Finding, failed, not_attempted, passed
from grader.places import Place, mount_place
from grader.stack import Stack, volumes_place

KIND = "named-volume"
PARAMETERS = {"service": str, "target": str}


UNWRITABLE_RULE = "data-dir-unwritable"
RELATIVE = "a path in a container begins at its root: Docker refuses one without the slash in front"


def places(*, service: str, target: str) -> tuple[Place, ...]:
    """The mount at the data folder."""
    return (mount_place(service, target),)


def check(stack: Stack, *, service: str, target: str) -> Finding:
    """Judge the mount at `target`, the folder in the container; any volume name is right."""
    here = stack.service(service)
    mount = find_target(here, target)
    if mount is None:
        return _nothing_there(here, target)
    if not mount.target.startswith("/"):
        return failed(RELATIVE, at=mount_marks(mount, mount.target_at), actual=mount.target)
    if mount.type == "tmpfs":
        return failed("this is memory: it is empty again after every start", at=mount_marks(mount, mount.source_at))
    if mount.type == "bind":
        return failed(_bind_message(mount), at=mount_marks(mount, mount.source_at), actual=mount.source)
    if mount.type != "volume":
        return failed(f"a mount of type {mount.type} is no named volume", at=mount.place)
    if not mount.source:
        return failed(
            f"a volume without a name: `docker compose down` makes {service} lose its data: the next start is empty",
            at=mount.place,
        )
    if "/" in mount.source or "\\" in mount.source:
        return failed(
            f"{mount.source!r} is neither a volume's name nor a path that Compose takes for one",
            at=mount_marks(mount, mount.source_at),
        )
    if mount.read_only:
        return failed(f"the volume is read-only: {service} cannot write its data", at=mount.place)
    refused = refused_option(mount)
    if refused is not None:
        return failed(refused, at=mount.place)
    if mount.subpath is not None:
        return failed(
            f"only the folder {mount.subpath!r} of the volume is asked for (subpath), and a new volume is empty: "
            f"Docker does not start {service}",
            at=mount.place,
        )
    if mount.nocopy and _is_unwritable(stack, service):
        return failed(
            f"with nocopy the volume does not get the owner of the image's folder: {service} cannot write its data",
            at=mount.place,
        )
    return _own_volume(stack, here, mount)


def find_target(service: Service, target: str) -> Mount | None:
    """Find the mount at a path of the container; a trailing slash does not matter."""
    for mount in service.volumes:
        if mount.target == target or _clean(mount.target) == _clean(target):
            return mount
    return None


def mount_marks(mount: Mount, part: Mark) -> Mark | Marks:
    """The place of a part of a mount; a mount that came through an anchor or another file names that place as well."""
    return part if mount.origin == mount.at else Marks(part, mount.origin)


@lru_cache(maxsize=64)
def _clean(path: str) -> str:
    return posixpath.normpath("/" + path.lstrip("/"))


def _nothing_there(service: Service, target: str) -> Finding:
    if not service.volumes:
        return not_attempted(f"The service {service.name} has no volume yet", at=volumes_place(service))
    for mount in service.volumes:
        if _clean(target).startswith(_clean(mount.target).rstrip("/") + "/"):
            return failed(
                f"{mount.target} is above the folder where {service.name} keeps its data; the image puts an anonymous "
                "volume there, and that one gets the data",
                at=mount_marks(mount, mount.target_at),
                actual=mount.target,
            )
    mount = service.volumes[0]
    return failed(
        f"The service {service.name} does not keep its data in {mount.target}, and where it does nothing is mounted",
        at=mount_marks(mount, mount.target_at),
        actual=mount.target,
    )


def _bind_message(mount: Mount) -> str:
    if mount.text is not None and mount.target in ("ro", "rw"):
        return "a path and an option are not enough: Compose reads this as a folder of the host"
    return "this is a folder of the host (a bind mount), not a named volume"


def _own_volume(stack: Stack, service: Service, mount: Mount) -> Finding:
    for other, theirs in stack.project.volume_users[mount.source or ""]:
        if other is service:
            break
        if _is_data(stack, other, theirs):
            return failed(
                f"the volume {mount.source} already holds the data of {other.name}; two servers cannot share it",
                at=mount_marks(mount, mount.source_at),
                actual=mount.source,
            )
    return passed(at=mount.place)


def _is_unwritable(stack: Stack, service: str) -> bool:
    model = stack.containers.of(service)
    return model is not None and any(problem.rule == UNWRITABLE_RULE for problem in model.problems)


def _is_data(stack: Stack, service: Service, mount: Mount) -> bool:
    """Tell whether a mount is where a server keeps data; elsewhere it is wrong itself, and another check says so."""
    check = stack.asked_places.get(mount_place(service.name, mount.target))
    return check.kind == KIND if check is not None else stack.containers.of(service.name) is not None
