"""The address that the broker tells its clients.

Kafka 3.6: a client's first contact is the bootstrap server, everything after it goes to the advertised address. The
controller's listener must not be advertised, and 0.0.0.0 is refused.
"""

from grader.checks.kafka_names import Names, names_of
from grader.checks.service_host import LOOPBACK
from grader.checks.variable import absent
from grader.containers.kafka import Kafka, Listener
from grader.findings import Finding, failed, passed
from grader.places import Place, variable_place
from grader.stack import Stack

KIND = "kafka-advertised-listeners"
PARAMETERS = {"service": str, "client_port": int}

VARIABLE = "KAFKA_ADVERTISED_LISTENERS"
BOOTSTRAP = "KAFKA_BOOTSTRAP_SERVERS"
PARSE_RULE = "advertised-parse"


def places(*, service: str, client_port: int) -> tuple[Place, ...]:
    """The one variable."""
    return (variable_place(service, VARIABLE),)


def check(stack: Stack, *, service: str, client_port: int) -> Finding:
    """The client listener must be advertised with a name and port at which the other containers reach it."""
    found = stack.given(service, VARIABLE)
    if found is None:
        return absent(stack, service, VARIABLE)
    kafka = stack.containers.kafka
    if kafka is None:
        return passed(at=found.at)
    if kafka.advertised is None:
        for problem in kafka.problems:
            if problem.rule == PARSE_RULE:
                return failed(problem.explanation, at=found.at, container_message=problem.message)
        return failed("an entry is not of the form NAME://host:port", at=found.at, actual=found.value)
    known = not stack.is_lost(service, "KAFKA_LISTENERS")
    clients = _clients(stack, service)
    asked = (KIND, service, client_port, known, clients)
    complaint = kafka.once(asked, lambda: _judge(stack, kafka, service, clients, client_port, known=known))
    if complaint is not None:
        return failed(complaint, at=found.at, actual=found.value)
    return passed(at=found.at)


def _judge(
    stack: Stack, kafka: Kafka, service: str, clients: tuple[str, ...], client_port: int, *, known: bool
) -> str | None:
    names = names_of(kafka)
    complaint = _judge_names(kafka, names, client_port, known=known)
    return complaint or _judge_addresses(stack, kafka, service, clients, client_port)


def _judge_names(kafka: Kafka, names: Names, client_port: int, *, known: bool) -> str | None:
    """Compare with the listeners, as far as these are `known` to be right."""
    entries = kafka.advertised or ()
    if not entries:
        return "nothing is advertised"
    seen = [entry.name for entry in entries]
    if len(set(seen)) != len(seen):
        return "a listener is advertised twice"
    for entry in entries:
        if entry.host == "0.0.0.0":
            return "0.0.0.0 is every address and therefore none that a client could dial"
        if entry.name in names.controllers:
            return f"{entry.name} is the controller's listener: clients have no business there"
        if known and entry.name not in names.all:
            return f"no listener is called {entry.name}"
    client = names.at(client_port)
    if client is not None and client.name in names.clients and client.name not in names.advertised:
        return f"the listener {client.name}, which the clients meet first, is not advertised"
    return None


def _judge_addresses(
    stack: Stack, kafka: Kafka, service: str, clients: tuple[str, ...], client_port: int
) -> str | None:
    names = names_of(kafka)
    entries = kafka.advertised
    if not entries:
        return None
    entry = _main_entry(entries, names, client_port)
    if entry.host in LOOPBACK:
        return f"a client in another container is sent to {entry.host}: that is the client's own container"
    if entry.host:
        complaint = _judge_host(stack, service, clients, entry.host)
        if complaint is not None:
            return complaint
    if entry.port not in _open_ports(kafka, names, client_port):
        return f"clients are sent to port {entry.port}, and no client listener is there"
    return None


def _main_entry(entries: tuple[Listener, ...], names: Names, client_port: int) -> Listener:
    """The entry of the listener on the client port; where that is lost itself, the one that says this port, or any."""
    client = names.at(client_port)
    for entry in entries:
        if client is not None and entry.name == client.name:
            return entry
    elsewhere = [entry for entry in entries if entry.host not in LOOPBACK]
    return next((entry for entry in elsewhere if entry.port == client_port), (elsewhere or list(entries))[0])


def _judge_host(stack: Stack, service: str, clients: tuple[str, ...], host: str) -> str | None:
    for client in clients:
        reached = stack.project.resolve(client, host)
        if reached is None:
            return f"The container of {client} reaches nobody under the advertised name {host!r}"
        if reached != service:
            return f"the advertised name {host!r} leads to {reached}, not to this broker"
    return None


def _clients(stack: Stack, service: str) -> tuple[str, ...]:
    """Return the services that a rubric makes clients; where it asks for none, those that name a broker, or all."""
    others = [name for name in stack.project.services if name != service]
    asked = [name for name in others if BOOTSTRAP in stack.asked(name)]
    if not asked:
        asked = [name for name in others if BOOTSTRAP in stack.service(name).environment] or others
    return tuple(asked)


def _open_ports(kafka: Kafka, names: Names, client_port: int) -> frozenset[int]:
    ports = {listener.port for listener in names.listeners if listener.name not in names.controllers}
    client = names.at(client_port)
    if client is None or client.name in names.controllers:
        ports.add(client_port)  # the listener itself is lost: the TASK's port is right too
    return frozenset(ports)
