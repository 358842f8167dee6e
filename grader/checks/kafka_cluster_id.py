"""The id of the cluster.

Kafka 3.6: `kafka-storage format` takes a UUID in url-safe Base64: 22 characters that decode to 16 bytes, or 24 with
`==`.
"""

from grader.checks.variable import absent
from grader.findings import Finding, failed, passed
from grader.places import Place, variable_place
from grader.stack import Stack

KIND = "kafka-cluster-id"
PARAMETERS = {"service": str}

VARIABLE = "CLUSTER_ID"


def places(*, service: str) -> tuple[Place, ...]:
    """The one variable."""
    return (variable_place(service, VARIABLE),)


def check(stack: Stack, *, service: str) -> Finding:
    """Any id that the storage tool can format with."""
    found = stack.given(service, VARIABLE)
    if found is None:
        return absent(stack, service, VARIABLE)
    kafka = stack.containers.kafka
    for problem in kafka.problems if kafka is not None else ():
        if problem.variable == VARIABLE:
            return failed(problem.explanation, at=found.at, container_message=problem.message)
    return passed(at=found.at)
