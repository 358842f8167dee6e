"""Where the broker listens: one listener for clients, one for the controller.

Kafka 3.6: items `NAME://host:port`, an empty host or 0.0.0.0 is every address of the container. A listener bound to the
container's name does not serve `localhost` inside it, one bound to localhost serves nobody else.
"""

from grader.checks.kafka_names import Names, names_of
from grader.checks.variable import absent
from grader.containers.kafka import Kafka, Listener
from grader.findings import Finding, failed, passed
from grader.places import Place, variable_place
from grader.stack import Stack

KIND = "kafka-listeners"
PARAMETERS = {"service": str, "client_port": int, "controller_port": int}

VARIABLE = "KAFKA_LISTENERS"
# what the broker itself finds wrong with the text; other rules name this variable for the fault of another one
OWN_RULES = frozenset(
    {
        "listeners-parse",
        "listeners-same-name",
        "listeners-same-port",
        "port-out-of-range",
        "bind-unknown-host",
        "bind-foreign-host",
    }
)


def places(*, service: str, client_port: int, controller_port: int) -> tuple[Place, ...]:
    """The one variable."""
    return (variable_place(service, VARIABLE),)


def check(stack: Stack, *, service: str, client_port: int, controller_port: int) -> Finding:
    """Both ports of the TASK, bound so that the other containers and the TASK's own test reach them."""
    found = stack.given(service, VARIABLE)
    if found is None:
        return absent(stack, service, VARIABLE)
    kafka = stack.containers.kafka
    if kafka is None:
        return passed(at=found.at)
    for problem in kafka.problems:
        if problem.rule in OWN_RULES:
            return failed(problem.explanation, at=found.at, container_message=problem.message)
    names = names_of(kafka)
    if names.odd is not None:
        return failed(f"the name {names.odd} is spelt differently in the other settings", at=found.at)
    asked = (KIND, client_port, controller_port)
    complaint = kafka.once(asked, lambda: _judge_ports(kafka, names, client_port, controller_port))
    if complaint is not None:
        return failed(complaint, at=found.at, actual=found.value)
    return passed(at=found.at)


def _judge_ports(kafka: Kafka, names: Names, client_port: int, controller_port: int) -> str | None:
    client = names.at(client_port)
    controller = names.at(controller_port)
    if client is None:
        return "no listener is on the port that the TASK gives for clients"
    if controller is None:
        if all(listener.name in names.advertised for listener in names.listeners):
            return "there is no listener for the controller"
        return "no listener is on the port that the TASK gives for the controller"
    if client.name in names.controllers:
        return "the listeners of clients and controller have each other's port"
    if controller.name in names.clients and controller.name in names.advertised:
        return "there is no listener for the controller: both are advertised to clients"
    return _judge_reach(kafka, client, controller)


def _judge_reach(kafka: Kafka, client: Listener, controller: Listener) -> str | None:
    if not kafka.serves_other_containers(client):
        return f"bound to {client.host}, the client listener is out of reach of the other containers"
    if not kafka.serves_localhost(client):
        return (
            f"bound to {client.host} alone, the client listener does not answer at localhost inside its own container, "
            "where the TASK's verification asks it"
        )
    if controller.host and not kafka.is_local_name(controller.host):
        return f"the controller listener cannot be bound to {controller.host}: that is not this container"
    return None
