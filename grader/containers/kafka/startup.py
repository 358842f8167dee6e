"""What happens between an accepted configuration and `Kafka Server started`.

Kafka 3.6, seen on running containers: first the login files and keys of the listeners, then the controller binds, the
log directories are opened, the broker half dials the voter's address over TCP to register with the controller half
(it gives up after 60 s), and only then are the client listeners bound.
"""

from collections.abc import Iterator, Sequence

from grader.containers.disk import Files, Layer
from grader.containers.kafka.addresses import Network
from grader.containers.kafka.configuration import Configuration
from grader.containers.kafka.extras import WATCHED, early_extras, late_extras
from grader.containers.kafka.listeners import Listener, address
from grader.containers.kafka.reach import binds, dials
from grader.containers.kafka.storage import folder_problems
from grader.containers.kafka.texts import unregistered
from grader.containers.kafka.voters import MAX_PORT, Voter
from grader.containers.verdict import Fault, Verdict

REFUSES = Verdict.BROKER_REFUSES
VOTERS = "controller.quorum.voters"
LISTENERS = "listeners"
MAP = "listener.security.protocol.map"

NO_KEYS = (
    "org.apache.kafka.common.config.ConfigException: Invalid value javax.net.ssl.SSLHandshakeException: no cipher "
    "suites in common for configuration A client SSLEngine created with the provided settings can't connect to a "
    "server SSLEngine created with those settings."
)
LOGIN_OPTION = "java.security.auth.login.config"


def startup_problems(config: Configuration, network: Network, found: Sequence[Layer], files: Files) -> Iterator[Fault]:
    """Yield what the broker would stop at."""
    roles = config.effective_roles()
    yield from _controller_settings(config)
    if "controller" in roles:
        yield from _binds(config, network, config.controllers())
    if "broker" not in roles:
        return
    if config.encrypted:
        yield from _keys(config, files, config.clients())
    yield from _broker_settings(config)
    yield from folder_problems(config, found)
    yield from _advertised_ports(config)
    yield from _registration(config, network, files)
    yield from _binds(config, network, config.clients())


def _controller_settings(config: Configuration) -> Iterator[Fault]:
    if not WATCHED.isdisjoint(config.texts):
        yield from early_extras(config)
    yield from _logins(config, config.controllers())


def _broker_settings(config: Configuration) -> Iterator[Fault]:
    yield from _logins(config, config.clients())
    if not WATCHED.isdisjoint(config.texts):
        yield from late_extras(config)


def dialled(config: Configuration) -> Voter | None:
    """Return the voter that is this node; of the same id twice the last one counts."""
    return next((voter for voter in reversed(config.voters or ()) if voter.id == config.node_id), None)


def _binds(config: Configuration, network: Network, entries: Sequence[Listener]) -> Iterator[Fault]:
    for entry in entries:
        place = network.place(entry.host)
        if not 0 <= entry.port <= MAX_PORT:
            message = f"java.lang.IllegalArgumentException: port out of range:{entry.port}"
            yield _refused(config, "port-out-of-range", LISTENERS, message, f"There is no port {entry.port}.")
        elif place == "unknown":
            message = _unbound(entry, "Unresolved address")
            yield _refused(config, "bind-unknown-host", LISTENERS, message, f"No host is called {entry.host}.")
        elif not binds(place):
            message = _unbound(entry, "Cannot assign requested address")
            explanation = f"The name {entry.host} is not this container: nothing can be bound to it."
            yield _refused(config, "bind-foreign-host", LISTENERS, message, explanation)


def _unbound(entry: Listener, why: str) -> str:
    return f"org.apache.kafka.common.KafkaException: Socket server failed to bind to {address(entry)}: {why}."


def _registration(config: Configuration, network: Network, files: Files) -> Iterator[Fault]:
    if config.voters is None or config.node_id is None:
        return
    if len({voter.id for voter in config.voters}) > 1 and "controller" in config.effective_roles():
        explanation = "There are more voters than nodes: without the votes of the others no controller is elected."
        yield _refused(config, "voters-too-many", VOTERS, unregistered(config.node_id), explanation)
    if "controller" not in config.effective_roles():
        if config.node_id not in {voter.id for voter in config.voters}:
            explanation = "The node is only a broker, and there is no controller to register with."
            yield _refused(config, "controller-missing", "process.roles", unregistered(config.node_id), explanation)
        return
    voter = dialled(config)
    if voter is None or config.listeners is None or not config.controllers():
        return
    if not any(dials(network, voter.host, voter.port, entry) for entry in config.controllers()):
        explanation = f"No controller listener answers at {voter.host or 'localhost'}:{voter.port}."
        yield _refused(config, "voter-unreachable", VOTERS, unregistered(config.node_id), explanation)
    elif any(_without_keys(config, files, entry) for entry in config.controllers()):
        text = "org.apache.kafka.common.errors.SslAuthenticationException: SSL handshake failed\n"
        explanation = "The controller's listener encrypts, and there are no keys."
        yield _refused(config, "ssl-without-keys", MAP, text + unregistered(config.node_id), explanation)


def _keys(config: Configuration, files: Files, entries: Sequence[Listener]) -> Iterator[Fault]:
    if any(_without_keys(config, files, entry) for entry in entries):
        path = config.text("ssl.keystore.location")
        message = (
            f"org.apache.kafka.common.KafkaException: Failed to load SSL keystore {path} of type" if path else NO_KEYS
        )
        explanation = "A listener encrypts, and there are no keys."
        yield _refused(config, "ssl-without-keys", MAP, message, explanation)


def _without_keys(config: Configuration, files: Files, entry: Listener) -> bool:
    if entry not in config.encrypted:
        return False
    prefix = f"listener.name.{entry.name.lower()}."
    for name in (f"{prefix}ssl.keystore.location", "ssl.keystore.location"):
        path = config.text(name)
        if path:
            return not files.may_hold(path)
    return not (config.text(f"{prefix}ssl.keystore.key") or config.text("ssl.keystore.key"))


def _logins(config: Configuration, entries: Sequence[Listener]) -> Iterator[Fault]:
    for entry in entries:
        if not (config.protocol(entry.name) or "").startswith("SASL_"):
            continue
        prefix = f"listener.name.{entry.name.lower()}."
        if LOGIN_OPTION in config.environment.get("KAFKA_OPTS", ""):
            continue
        if any(name.startswith(prefix) and name.endswith("sasl.jaas.config") for name in config.texts):
            continue
        message = (
            f"java.lang.IllegalArgumentException: Could not find a 'KafkaServer' or '{entry.name.lower()}.KafkaServer' "
            f"entry in the JAAS configuration. System property '{LOGIN_OPTION}' is not set"
        )
        explanation = f"The listener {entry.name} asks for a log-in, and nothing says who may log in."
        yield _refused(config, "sasl-without-login", MAP, message, explanation)
        return


def _advertised_ports(config: Configuration) -> Iterator[Fault]:
    for entry in config.advertised or ():
        if not 0 <= entry.port <= MAX_PORT:
            message = f"java.lang.RuntimeException: Invalid value {entry.port} for unsigned short field."
            explanation = f"There is no port {entry.port}."
            yield _refused(config, "advertised-port-out-of-range", "advertised.listeners", message, explanation)
            return


def _refused(config: Configuration, rule: str, name: str, message: str, explanation: str) -> Fault:
    return config.fault(rule, REFUSES, name, message, explanation)
