"""The listener over which brokers talk to each other.

Kafka 3.6: it must be one of the advertised listeners, so never the controller's. `security.inter.broker.protocol` names
it by its protocol; only one of the two may be set.
"""

from grader.checks.kafka_names import Names, names_of
from grader.checks.variable import absent
from grader.findings import Finding, failed, passed
from grader.places import Place, variable_place
from grader.stack import Stack

KIND = "kafka-inter-broker-listener"
PARAMETERS = {"service": str}

VARIABLE = "KAFKA_INTER_BROKER_LISTENER_NAME"
LISTENERS = "KAFKA_LISTENERS"
ADVERTISED = "KAFKA_ADVERTISED_LISTENERS"
BY_PROTOCOL = "KAFKA_SECURITY_INTER_BROKER_PROTOCOL"


def places(*, service: str) -> tuple[Place, ...]:
    """The one variable."""
    return (variable_place(service, VARIABLE),)


def check(stack: Stack, *, service: str) -> Finding:
    """Any advertised client listener is right."""
    found = stack.given(service, VARIABLE) or stack.given(service, BY_PROTOCOL)
    if found is None:
        return absent(stack, service, VARIABLE)
    kafka = stack.containers.kafka
    if kafka is None:
        return passed(at=found.at)
    name = (found.value or "").strip().upper()
    known, advertised = not stack.is_lost(service, LISTENERS), not stack.is_lost(service, ADVERTISED)
    asked = (KIND, known, advertised)
    complaint = kafka.once(asked, lambda: _judge(name, names_of(kafka), known=known, advertised=advertised))
    if complaint is not None:
        return failed(complaint, at=found.at, actual=found.value)
    return passed(at=found.at)


def _judge(name: str, names: Names, *, known: bool, advertised: bool) -> str | None:
    """Judge a name by the listeners and the advertised ones, as far as each of them is right."""
    if name in names.controllers:
        return f"{name} is the controller's listener: brokers do not talk there"
    if known and name not in names.all:
        return f"no listener is called {name}"
    if advertised and name not in names.advertised and names.advertised:
        return f"the listener {name} is not advertised"
    return None
