"""The listener on which the controller is reached, by its name.

Kafka 3.6: `controller.listener.names` is compared as written, while the names in `listeners` are upper-cased: a
lower-case name never matches. It is split at commas without trimming.
"""

from grader.checks.kafka_names import Names, claimed_by_clients, names_of
from grader.checks.variable import absent
from grader.containers.kafka import Kafka
from grader.findings import Finding, failed, passed
from grader.places import Place, variable_place
from grader.stack import Stack

KIND = "kafka-controller-listener"
PARAMETERS = {"service": str}

VARIABLE = "KAFKA_CONTROLLER_LISTENER_NAMES"


def places(*, service: str) -> tuple[Place, ...]:
    """The one variable."""
    return (variable_place(service, VARIABLE),)


def check(stack: Stack, *, service: str) -> Finding:
    """Every name must be that of a listener which is not for clients."""
    found = stack.given(service, VARIABLE)
    if found is None:
        return absent(stack, service, VARIABLE)
    kafka = stack.containers.kafka
    if kafka is None:
        return passed(at=found.at)
    text = found.value or ""
    complaint = kafka.once(KIND, lambda: _judge_all(kafka, names_of(kafka), text))
    if complaint is not None:
        return failed(complaint, at=found.at, actual=found.value)
    return passed(at=found.at)


def _judge_all(kafka: Kafka, names: Names, text: str) -> str | None:
    for name in text.strip().split(","):
        complaint = _judge(kafka, names, name)
        if complaint is not None:
            return complaint
    return None


def _judge(kafka: Kafka, names: Names, name: str) -> str | None:
    if name in names.all:
        if claimed_by_clients(kafka, name) and name not in names.controllers:
            return f"{name} is the listener of the clients"
        return None
    if name != name.strip():
        return f"{name!r} has a blank in it, and for Kafka the blank belongs to the name"
    if name != name.upper():
        return f"{name!r} matches no listener: Kafka turns their names into capitals, and leaves this one as it is"
    if not names.listeners:
        return f"{name} is the listener of the clients" if name in names.advertised else None
    if not names.controllers:
        return None  # no controller listener at all: that is the fault of KAFKA_LISTENERS
    return f"no listener is called {name}"
