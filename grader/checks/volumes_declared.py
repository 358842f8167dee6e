"""Every named volume of the stateful services is declared at the top, and made by Compose.

Compose refuses a named volume that is used and not declared; an external one must exist before the first start.
"""

from grader.compose.marks import Mark
from grader.compose.mounted import Mount, TopVolume
from grader.findings import Finding, failed, not_attempted, passed, skipped
from grader.places import Place
from grader.stack import Stack

KIND = "volumes-declared"
PARAMETERS = {"services": list}


def places(*, services: list[str]) -> tuple[Place, ...]:
    """Undeclared volumes come to it by the kind of the refusal, external ones by the declaration."""
    return ()


def check(stack: Stack, *, services: list[str]) -> Finding:
    """Each volume that a stateful service mounts must be declared and not external."""
    project = stack.project
    mounts = volumes_of(stack).mounts
    used = [(name, mount) for name in services for mount in mounts.get(name, ())]
    if not used and not project.volumes:
        return not_attempted("no volume is mounted or declared yet", at=top_place(stack))
    for user, mount in used:
        declared = project.volumes.get(mount.source or "")
        if declared is None:
            from grader.spelling import did_you_mean  # here, because a solution has no slips

            return failed(
                f"The service {user} uses the volume {mount.source}, and the file declares none of this name."
                f"{did_you_mean(mount.source or '', project.volumes)}",
                at=mount.source_at,
                actual=mount.source,
            )
        if declared.external:
            return failed(
                f"the volume {mount.source} is declared as external: it must exist already, Compose does not make it",
                at=declared.at,
                actual=mount.source,
            )
        if declared.name is not None and not _is_name(declared.name):
            return failed(
                f"the volume {mount.source} is to be called {declared.name!r}, and Docker takes no such name",
                at=declared.at,
                actual=declared.name,
            )
    return passed(at=project.volumes_at)


def _is_name(name: str) -> bool:
    """Docker Engine 28: two or more letters, digits, `_`, `.` and `-`, the first one a letter or digit."""
    rest = name[1:].replace("_", "").replace(".", "").replace("-", "")
    return len(name) > 1 and name.isascii() and name[0].isalnum() and (not rest or rest.isalnum())


class Volumes:
    """What the checks of the volumes ask of a stack: the declarations, and by service its mounts of named volumes.

    Not among the declarations is what has the name of a network or of their key: that is only at the wrong depth. A
    source with a slash is no name of a volume.
    """

    __slots__ = ("declared", "mounts")

    def __init__(self, stack: Stack) -> None:
        project = stack.project
        networks = {"networks"}
        self.mounts: dict[str, list[Mount]] = {}
        for name, service in project.services.items():
            for network in service.networks:
                networks.add(network[0])
            for mount in service.volumes:
                source = mount.source
                if source and mount.type == "volume" and "/" not in source and "\\" not in source:
                    self.mounts.setdefault(name, []).append(mount)
        self.declared: list[TopVolume] = [volume for key, volume in project.volumes.items() if key not in networks]


def volumes_of(stack: Stack) -> Volumes:
    """Return the volumes of a stack, worked out once."""
    found = stack.memo.get(Volumes)
    if not isinstance(found, Volumes):
        found = stack.memo[Volumes] = Volumes(stack)
    return found


def top_place(stack: Stack) -> Mark | None:
    """Return the top-level key `volumes`; where it is missing, the first service's key stands for the file."""
    if stack.project.volumes_at is not None:
        return stack.project.volumes_at
    first = next(iter(stack.project.services.values()), None)
    return first.at._replace(line=1, column=1, width=0) if first is not None else None


def nothing_declared(stack: Stack, owner: str) -> Finding:
    """What the other two volume checks say where there is no declaration to look at."""
    if volumes_of(stack).mounts:
        return skipped(owner, at=top_place(stack))
    return not_attempted("no volume is mounted or declared yet", at=top_place(stack))
