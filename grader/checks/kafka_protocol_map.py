"""Which protocol each listener speaks.

Kafka 3.6: items `NAME:PROTOCOL`, split at the last colon; a map that is given replaces the default one, so every
listener must be in it. Without keys and passwords only PLAINTEXT works.
"""

from grader.checks.kafka_names import names_of
from grader.checks.variable import absent
from grader.containers.kafka import Kafka
from grader.findings import Finding, failed, passed
from grader.places import Place, variable_place
from grader.stack import Stack

KIND = "kafka-protocol-map"
PARAMETERS = {"service": str}

VARIABLE = "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"
OWN_RULES = frozenset({"map-form", "map-protocol"})
PROTOCOL = "PLAINTEXT"


def places(*, service: str) -> tuple[Place, ...]:
    """The one variable."""
    return (variable_place(service, VARIABLE),)


def check(stack: Stack, *, service: str) -> Finding:
    """Every listener in it, each with PLAINTEXT; further entries are free."""
    found = stack.given(service, VARIABLE)
    if found is None:
        return absent(stack, service, VARIABLE)
    kafka = stack.containers.kafka
    if kafka is None:
        return passed(at=found.at)
    for problem in kafka.problems:
        if problem.rule in OWN_RULES:
            return failed(problem.explanation, at=found.at, container_message=problem.message)
    complaint = kafka.once(KIND, lambda: _judge(kafka))
    if complaint is not None:
        return failed(complaint, at=found.at, actual=found.value)
    return passed(at=found.at)


def _judge(kafka: Kafka) -> str | None:
    if kafka.protocol_map is None:
        return "an entry is not of the form NAME:PROTOCOL"
    for listener in names_of(kafka).listeners:
        protocol = kafka.protocol_map.get(listener.name)
        if protocol is None:
            return f"the listener {listener.name} has no protocol in the map"
        if protocol.upper() != PROTOCOL:
            return f"The protocol {protocol} does not fit the listener {listener.name}"
    return None
