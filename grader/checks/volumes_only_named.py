"""There are three named volumes, one for each stateful service, and no further one.

The two services with our code use folders of the workspace, which need no declaration.
"""

from grader.checks.volumes_declared import declarations, named_mounts, nothing_declared
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
    for name in project.services:
        if name in services or (strangers and not stack.asked(name)):
            continue
        for mount in named_mounts(stack, name):
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
    used = {mount.source for name in services if name in project.services for mount in named_mounts(stack, name)}
    rest = [volume for volume in declarations(stack) if volume.key not in misplaced]
    if len(rest) > len(services):
        spare = next((volume for volume in rest if volume.key not in used), rest[-1])
        return failed(
            f"The volume {spare.key} is one more than there are services with data", at=spare.at, actual=spare.key
        )
    return passed(at=project.volumes_at)
