"""There are three named volumes, one for each stateful service, and no further one.

The two services with our code use folders of the workspace, which need no declaration.
"""

from grader.checks.volumes_declared import nothing_declared, volumes_of
from grader.findings import Finding, failed, passed
from grader.places import Place, mount_place
from grader.stack import Stack

KIND = "volumes-only-named"
PARAMETERS = {"services": list}


def places(*, services: list[str]) -> tuple[Place, ...]:
    """A volume of an application at a path of no other check comes to it by the kind of the refusal."""
    return ()


def check(stack: Stack, *, services: list[str]) -> Finding:
    """A volume that stands where a folder belongs is the fault of that mount, and not counted here."""
    project = stack.project
    misplaced = set()
    missing = stack.changes.missing
    strangers = bool(missing or stack.loaded.refusals)  # a service under a wrong name, or no service
    homeless = {place[3] for place in stack.asked_places if place[1] in missing} if missing else ()
    volumes = volumes_of(stack)
    for name, mounts in volumes.mounts.items():
        if name in services or (strangers and not stack.asked(name)):
            continue
        for mount in mounts:
            if mount.target in homeless:
                continue
            if mount_place(name, mount.target) in stack.asked_places:
                misplaced.add(mount.source)
            else:
                return failed(
                    f"The service {name} keeps something in the named volume {mount.source}: it has no data of its own",
                    at=mount.source_at,
                    actual=mount.source,
                )
    if not project.volumes:
        return nothing_declared(stack, "volumes.declared")
    rest = [volume for volume in volumes.declared if volume.key not in misplaced]
    if len(rest) > len(services):
        used = {mount.source for name in services for mount in volumes.mounts.get(name, ())}
        spare = next((volume for volume in rest if volume.key not in used), rest[-1])
        return failed(
            f"The volume {spare.key} is one more than there are services with data", at=spare.at, actual=spare.key
        )
    return passed(at=project.volumes_at)
