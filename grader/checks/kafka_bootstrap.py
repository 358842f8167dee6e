"""The address under which a client first meets the broker.

librdkafka: a list of `[PROTOCOL://]host[:port]`; without a port 9092 is meant, and what follows a slash is passed over.
One entry that answers is enough, but an entry that cannot be read makes the client stop.
"""

from grader.checks.kafka_names import names_of
from grader.checks.port_number import read_number
from grader.checks.service_host import LOOPBACK
from grader.checks.variable import absent
from grader.findings import Finding, failed, passed
from grader.light_tuple import NamedTuple
from grader.places import Place, variable_place
from grader.remembered import remembered
from grader.stack import Stack

KIND = "kafka-bootstrap"
PARAMETERS = {"service": str, "variable": str, "broker": str, "port": int}

DEFAULT_PORT = 9092
PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")


class Bootstrap(NamedTuple):
    """One entry of the list."""

    host: str
    port: int


def places(*, service: str, variable: str, broker: str, port: int) -> tuple[Place, ...]:
    """The one variable."""
    return (variable_place(service, variable),)


def check(stack: Stack, *, service: str, variable: str, broker: str, port: int) -> Finding:
    """At least one entry must lead to a client listener of the broker."""
    found = stack.given(service, variable)
    if found is None:
        return absent(stack, service, variable)
    complaints = []
    for item in (found.value or "").split(","):
        if not item.strip():
            continue
        entry = parse(item.strip())
        if isinstance(entry, str):
            return failed(f"{variable}: {entry}", at=found.at, actual=found.value)
        complaint = _judge(stack, service, entry, broker, port)
        if complaint is None:
            return passed(at=found.at)
        complaints.append(complaint)
    message = complaints[0] if complaints else f"{variable} names no broker"
    return failed(message, at=found.at, actual=found.value)


@remembered
def parse(item: str) -> Bootstrap | str:
    """Take one entry apart; a text says what is wrong with it."""
    scheme, separator, rest = item.rpartition("://")
    if separator and scheme.upper() not in PROTOCOLS:
        return f"Kafka has no protocol {scheme}://"
    if separator and scheme.upper() != "PLAINTEXT":
        return f"the protocol {scheme}:// is not what the broker speaks with its clients"
    host, colon, port_text = rest.partition("/")[0].partition(":")
    if not host or any(sign in host + port_text for sign in " \"'@"):
        return f"{item!r} is not of the form host:port"
    port = read_number(port_text) if colon else DEFAULT_PORT
    if port is None or not 0 < port < 65536:
        return f"{port_text!r} is no port" if port_text else f"{item!r} lacks the port behind its colon"
    return Bootstrap(host, port)


def _judge(stack: Stack, service: str, entry: Bootstrap, broker: str, port: int) -> str | None:
    if entry.host in LOOPBACK:
        return f"The name {entry.host} is the container of {service} itself; the broker runs in another one"
    reached = stack.project.resolve(service, entry.host)
    if reached is None:
        return f"The container of {service} reaches nobody under the name {entry.host!r}"
    if reached != broker:
        return f"{entry.host!r} leads to {reached}, not to {broker}"
    if entry.port == port or entry.port in _client_ports(stack):
        return None
    return f"port {entry.port} of {broker} is not for clients in other containers"


def _client_ports(stack: Stack) -> frozenset[int]:
    """The ports of listeners that send clients of other containers somewhere they can go."""
    kafka = stack.containers.kafka
    if kafka is None or kafka.listeners is None:
        return frozenset()
    names = names_of(kafka)
    for_the_host = {entry.name for entry in kafka.advertised or () if kafka.is_loopback(entry.host)}
    return frozenset(
        listener.port
        for listener in names.listeners
        if listener.name in names.clients - for_the_host and kafka.serves_other_containers(listener)
    )
