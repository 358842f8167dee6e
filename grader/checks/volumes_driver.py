"""The driver of every declared volume is Docker's own.

Compose: a volume without `driver` gets Docker's default, which is `local`: both are right.
"""

from grader.checks.volumes_declared import declarations, nothing_declared
from grader.findings import Finding, failed, passed
from grader.places import Place
from grader.stack import Stack

KIND = "volumes-driver"
PARAMETERS = {"driver": str}


def places(*, driver: str) -> tuple[Place, ...]:
    """Declarations have no single place; a refused driver comes to it by its path."""
    return ()


def check(stack: Stack, *, driver: str) -> Finding:
    """External volumes have no driver here: that they are external is another check's matter."""
    declared = declarations(stack)
    if not declared:
        return nothing_declared(stack, "volumes.declared")
    for volume in declared:
        if not volume.external and volume.driver is not None and volume.driver != driver:
            return failed(
                f"the volume {volume.key} asks for the driver {volume.driver!r}, which a plain Docker does not have",
                at=volume.driver_at or volume.at,
                actual=volume.driver,
            )
    return passed(at=stack.project.volumes_at)
