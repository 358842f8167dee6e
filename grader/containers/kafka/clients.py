"""What clients in other containers meet once `Kafka Server started` is in the log.

Kafka 3.6: the first contact is the bootstrap server; its answer sends the client to the advertised address of the
listener that it came in by, and everything after that goes there.
"""

from collections.abc import Iterator, Sequence

from grader.compose.model import Project
from grader.containers.kafka.addresses import LOOPBACK_NAMES, Network
from grader.containers.kafka.configuration import Configuration
from grader.containers.kafka.extras import client_extras
from grader.containers.kafka.java import parse_integer, parse_ipv4
from grader.containers.kafka.listeners import Listener
from grader.containers.kafka.reach import dials, serves_others
from grader.containers.verdict import Fault, Verdict
from grader.light_tuple import NamedTuple
from grader.remembered import remembered

FAIL = Verdict.CLIENTS_FAIL
DEFAULT_PORT = 9092
BOOTSTRAP = "KAFKA_BOOTSTRAP_SERVERS"
SCHEME = "PLAINTEXT://"
ITSELF = ""  # where a loopback address leads: no service is called so
LISTENERS = "listeners"
ADVERTISED = "advertised.listeners"
OFFSETS = "offsets.topic.replication.factor"
REPLICATION = "default.replication.factor"
IN_SYNC = "min.insync.replicas"
AUTO_CREATE = "auto.create.topics.enable"

_CREATE = "createTopics result(s): CreatableTopic(name='{topic}', ...): INVALID_REPLICATION_FACTOR "
_TOO_FEW = (
    "(Unable to replicate the partition {count} time(s): The target replication factor of {count} cannot be reached "
    "because only 1 broker(s) are registered.)"
)


# by client: its text of bootstrap servers
Servers = tuple[tuple[str, str], ...]


class Entry(NamedTuple):
    """Who dials what: the client's service (None: nobody known), host and port."""

    client: str | None
    host: str
    port: int


def bootstrap(config: Configuration, network: Network, servers: Servers) -> Entry:
    """Return where clients begin: at a client's own address if a client listener is there, else at the usual one."""
    ports = [listener.port for listener in config.clients()]
    for client, written in servers:
        for host, port in read_servers(written):
            if port in ports and network.reached_from(client, host) == network.service:
                return Entry(client, host, port)
    return Entry(servers[0][0] if servers else None, network.service, DEFAULT_PORT)


def servers_of(project: Project, clients: Sequence[str]) -> Servers:
    """Return what the clients of a project that are there write as their bootstrap servers."""
    known = [project.services[client] for client in clients if client in project.services]
    return tuple([(service.name, service.value(BOOTSTRAP) or "") for service in known])


def first_server(network: Network, servers: Servers) -> tuple[str, int]:
    """Return the first bootstrap server that a client names, the usual one if it names none."""
    found = read_servers(servers[0][1]) if servers else ()
    return found[0] if found else (network.service, DEFAULT_PORT)


def client_problems(config: Configuration, network: Network, servers: Servers) -> Iterator[Fault]:
    """Yield what would keep clients from writing and reading."""
    if "broker" not in config.effective_roles():
        message = "Bootstrap broker kafka:9092 (id: -1 rack: null) disconnected"
        explanation = "The node is only a controller: nothing serves clients."
        yield config.fault("broker-missing", FAIL, "process.roles", message, explanation)
        return
    if config.listeners is not None and config.advertised is not None:
        yield from _follow(config, network, bootstrap(config, network, servers))
    yield from _copies(config)
    yield from client_extras(config)


def answers_inside(config: Configuration, network: Network, port: int) -> bool:
    """Tell whether a client inside the container gets an answer that begins at `localhost` and this port."""
    host, visited = "localhost", set[int]()
    while port not in visited:
        visited.add(port)
        listener = next((found for found in config.clients() if found.port == port), None)
        if listener is None or not dials(network, host, port, listener):
            return False
        if config.protocol(listener.name) not in (None, "PLAINTEXT"):
            return False
        advertised = next((found for found in config.advertised or () if found.name == listener.name), None)
        if advertised is None:
            return False
        # an empty host is the container's own name
        host, port = advertised.host or network.service, advertised.port or port
    return True


def _follow(config: Configuration, network: Network, entry: Entry) -> Iterator[Fault]:
    """Go from the bootstrap server to where its answer leads, until the way repeats itself."""
    visited: set[int] = set()
    source = LISTENERS
    while entry.port not in visited:
        visited.add(entry.port)
        listener = next((found for found in config.clients() if found.port == entry.port), None)
        complaint = None if listener is None else unanswered(config, network, listener)
        if listener is None or complaint is not None:
            rule = "client-port-unserved" if source == LISTENERS else "advertised-unreachable"
            if listener is not None and source == LISTENERS:
                rule = "listener-out-of-reach"
            message = f"Connection to node -1 ({entry.host}:{entry.port}) could not be established. "
            text = complaint or f"No client listener is on port {entry.port}."
            yield config.fault(rule, FAIL, source, message + "Broker may not be available.", text)
            return
        advertised = next((found for found in config.advertised or () if found.name == listener.name), None)
        if advertised is None:
            message = "1 partitions have leader brokers without a matching listener"
            explanation = f"The listener {listener.name}, which the clients meet first, is not advertised."
            yield config.fault("listener-not-advertised", FAIL, ADVERTISED, message, explanation)
            return
        wrong = _misled(network, entry.client, advertised)
        if wrong is not None:
            message = (
                f"Connection to node {config.node_id} ({advertised.host}:{advertised.port}) could not be established."
            )
            yield config.fault(
                "advertised-unreachable", FAIL, ADVERTISED, f"{message} Broker may not be available.", wrong
            )
            return
        # Kafka: an advertised port 0 stands for the one that is bound
        entry = Entry(entry.client, advertised.host, advertised.port or listener.port)
        source = ADVERTISED


def unanswered(config: Configuration, network: Network, listener: Listener) -> str | None:
    """Return why a listener does not answer clients in other containers, None if it does."""
    if not serves_others(network.place(listener.host)):
        return f"Bound to {listener.host}, the listener {listener.name} is out of reach of other containers."
    protocol = config.protocol(listener.name)
    if protocol is not None and protocol != "PLAINTEXT":
        return f"The listener {listener.name} speaks {protocol}, and the clients do not."
    return None


def leads_to(network: Network, client: str | None, host: str) -> str | None:
    """Return where a host leads a client in a container: to a service, to ITSELF, or nowhere (None)."""
    octets = parse_ipv4(host)
    loopback = octets is not None and octets[0] in (0, 127)
    if host.lower() in LOOPBACK_NAMES or host in ("::1", "::") or loopback:
        return ITSELF
    return network.reached_from(client, host)


def _misled(network: Network, client: str | None, advertised: Listener) -> str | None:
    host = advertised.host
    reached = leads_to(network, client, host)
    if reached == ITSELF:
        return f"Clients are sent to {host}: in another container that is the client itself."
    if reached is None:
        return f"Clients are sent to {host}, and no container is called so."
    if reached != network.service:
        return f"Clients are sent to {host}, and that is {reached}."
    return None


def _copies(config: Configuration) -> Iterator[Fault]:
    """One broker holds one copy of everything."""
    offsets = config.number(OFFSETS, 3)
    if offsets > 1:
        message = _CREATE.format(topic="__consumer_offsets") + _TOO_FEW.format(count=offsets)
        explanation = f"The topic of the consumers' offsets needs {offsets} brokers: no consumer group gets a message."
        yield config.fault("offsets-replication", FAIL, OFFSETS, message, explanation)
    if config.values.get(AUTO_CREATE) is False:
        message = "UNKNOWN_TOPIC_OR_PARTITION"
        explanation = "Topics are not made when they are first used, so nothing can be written."
        yield config.fault("auto-create-off", FAIL, AUTO_CREATE, message, explanation)
    copies = config.number(REPLICATION, 1)
    if copies != 1:
        reason = _TOO_FEW.format(count=copies)
        if copies < 1:
            reason = f"(Unable to replicate the partition {copies} time(s): Invalid replication factor {copies}: "
            reason += "the replication factor must be positive.)"
        explanation = f"New topics need {copies} brokers, so they are not made."
        message = _CREATE.format(topic="orders") + reason
        yield config.fault("default-replication", FAIL, REPLICATION, message, explanation)
    if config.number(IN_SYNC, 1) > 1:
        message = "NOT_ENOUGH_REPLICAS: Messages are rejected since there are fewer in-sync replicas than required."
        explanation = "A message counts as written only with more copies than there are brokers."
        yield config.fault("min-insync-replicas", FAIL, IN_SYNC, message, explanation)


@remembered
def read_servers(written: str) -> Sequence[tuple[str, int]]:
    """Read the bootstrap servers as librdkafka does; entries that cannot be read are passed over."""
    found = []
    for item in written.split(","):
        text = item.strip()
        if text[: len(SCHEME)].upper() == SCHEME:
            text = text[len(SCHEME) :]
        host, colon, digits = text.partition("/")[0].partition(":")
        port = parse_integer(digits) if colon else DEFAULT_PORT
        if host and port is not None:
            found.append((host, port))
    return found
