"""One node that is broker and controller.

Kafka 3.6: `process.roles` is a list of `broker` and `controller`, lower case, in any order. cp-kafka 7.6: without it
the image starts in ZooKeeper mode and exits.
"""

from grader.checks.variable import absent
from grader.findings import Finding, failed, passed
from grader.places import Place, variable_place
from grader.stack import Stack

KIND = "kafka-process-roles"
PARAMETERS = {"service": str}

VARIABLE = "KAFKA_PROCESS_ROLES"
ROLES = ("broker", "controller")


def places(*, service: str) -> tuple[Place, ...]:
    """The one variable."""
    return (variable_place(service, VARIABLE),)


def check(stack: Stack, *, service: str) -> Finding:
    """Both roles, each once."""
    found = stack.given(service, VARIABLE)
    if found is None:
        return absent(stack, service, VARIABLE)
    roles = [role.strip() for role in (found.value or "").split(",")]
    for role in roles:
        if role not in ROLES:
            return failed(f"Kafka knows no role {role!r}", at=found.at, actual=found.value)
    if len(set(roles)) != len(roles):
        return failed("a role is named twice", at=found.at, actual=found.value)
    if len(roles) != len(ROLES):
        return failed(f"the node is only {roles[0]}: the other half of a cluster is missing", at=found.at)
    return passed(at=found.at)
