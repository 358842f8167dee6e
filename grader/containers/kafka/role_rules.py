"""What Kafka asks of a node by its roles: voters, controller listeners, the listener between brokers.

Kafka 3.6: `KafkaConfig.validateValues`, the branches for a broker, a controller and both in one process.
"""

from collections.abc import Collection, Iterator

from grader.containers.kafka.configuration import Configuration
from grader.containers.kafka.listener_rules import ADVERTISED, LISTENERS, MAP, NO_NAME
from grader.containers.kafka.number_rules import late_number_rules
from grader.containers.kafka.texts import FORMAT, config_exception, requirement
from grader.containers.verdict import Fault

VOTERS = "controller.quorum.voters"
CONTROLLER = "controller.listener.names"
INTER_BROKER = "inter.broker.listener.name"
INTER_PROTOCOL = "security.inter.broker.protocol"
CONTROL_PLANE = "control.plane.listener.name"
META_ADDRESS = "0.0.0.0"

_MAX_SMALL_SET = 4  # Scala shows a larger set under another name


def role_rules(config: Configuration) -> Iterator[Fault]:
    """Yield the faults in Kafka's order."""
    roles = config.effective_roles()
    if config.blank_roles():
        yield from _no_roles(config)
    if not config.voter_items:
        text = f"If using process.roles, {VOTERS} must contain a parseable set of voters."
        yield config.fault("voters-missing", FORMAT, VOTERS, config_exception(text), "There are no voters.")
    if CONTROL_PLANE in config.texts:
        yield from _control_plane(config)
    if "broker" in roles:
        yield from _advertised_controller(config)
    else:
        yield from _controller_advertises(config)
    if "controller" in roles:
        yield from _controller_rules(config)
    else:
        yield from _broker_only_rules(config)
    if "broker" in roles:
        yield from _broker_rules(config)
    yield from _meta_address(config)
    yield from _inter_broker_login(config)
    yield from late_number_rules(config)


def _no_roles(config: Configuration) -> Iterator[Fault]:
    """The image's script takes a text of blanks for roles, Kafka does not: it believes in ZooKeeper then."""
    names = ", ".join(config.controller_names)
    message = requirement(f"{CONTROLLER} must be empty when not running in KRaft mode: [{names}]")
    if not config.controller_names:
        message = "The kafka configuration file appears to be for a legacy cluster. Formatting is only supported for "
        message += "clusters in KRaft mode."
    yield config.fault("roles-blank", FORMAT, "process.roles", message, "The node has no role.")


def _control_plane(config: Configuration) -> Iterator[Fault]:
    name = config.text(CONTROL_PLANE)
    if name is None:
        return
    message = requirement(f"{CONTROL_PLANE} is not supported in KRaft mode.")
    if not name:
        message = config_exception(NO_NAME)
    elif config.protocol_map is not None and name.upper() not in config.protocol_map:
        message = config_exception(f"Listener with {name.upper()} defined in {CONTROL_PLANE} not found in {MAP}.")
    explanation = "In KRaft mode the controller has no listener of this kind."
    yield config.fault("control-plane-listener", FORMAT, CONTROL_PLANE, message, explanation)


def _advertised_controller(config: Configuration) -> Iterator[Fault]:
    both = [entry.name for entry in config.advertised or () if entry.name in config.controller_names]
    if both:
        text = (
            f"The advertised.listeners config must not contain KRaft controller listeners from {CONTROLLER} when "
            "process.roles contains the broker role because Kafka clients that send requests via advertised listeners "
            "do not send requests to KRaft controllers -- they only send requests to KRaft brokers."
        )
        explanation = f"{both[0]} is both the controller's listener and advertised to clients."
        yield config.fault("advertised-controller", FORMAT, ADVERTISED, requirement(text), explanation)


def _controller_advertises(config: Configuration) -> Iterator[Fault]:
    if ADVERTISED in config.texts:
        text = f"The {ADVERTISED} config must be empty when process.roles=controller"
        explanation = "A node that is only a controller has nothing to advertise."
        yield config.fault("advertised-on-controller", FORMAT, ADVERTISED, requirement(text), explanation)
    elif config.clients():
        text = f"The {LISTENERS} config must only contain KRaft controller listeners from {CONTROLLER} when "
        explanation = "A node that is only a controller serves no clients, and here is a listener for them."
        message = requirement(text + "process.roles=controller")
        yield config.fault("listeners-on-controller", FORMAT, LISTENERS, message, explanation)


def _controller_rules(config: Configuration) -> Iterator[Fault]:
    if config.voters is not None and config.node_id is not None:
        ids = _ids(config)
        if config.node_id not in ids:
            text = (
                f"If process.roles contains the 'controller' role, the node id {config.node_id} must be included in "
                f"the set of voters {VOTERS}={_scala_set(ids)}"
            )
            explanation = "This node is not among the voters."
            yield config.fault("node-id-not-voter", FORMAT, VOTERS, requirement(text), explanation)
    if config.listeners is None:
        return
    if not config.controllers():
        text = f"{CONTROLLER} must contain at least one value appearing in the '{LISTENERS}' configuration when "
        message = requirement(text + "running the KRaft controller role")
        missing = not config.controller_names
        rule = "controller-names-missing" if missing else "controller-name-unknown"
        explanation = "No controller listener is named." if missing else "No listener is called like the controller's."
        yield config.fault(rule, FORMAT, CONTROLLER, message, explanation)
    elif len(config.controllers()) < len(set(config.controller_names)):
        text = f"{CONTROLLER} must only contain values appearing in the '{LISTENERS}' configuration when "
        message = requirement(text + "running the KRaft controller role")
        explanation = "One of the controller's listeners is none of the listeners."
        yield config.fault("controller-names-only", FORMAT, CONTROLLER, message, explanation)


def _broker_only_rules(config: Configuration) -> Iterator[Fault]:
    if config.voters is not None and config.node_id is not None and config.node_id in _ids(config):
        text = (
            f"If process.roles contains just the 'broker' role, the node id {config.node_id} must not be included in "
            f"the set of voters {VOTERS}={_scala_set(_ids(config))}"
        )
        explanation = "The node votes, but it is no controller."
        yield config.fault("broker-is-voter", FORMAT, "process.roles", requirement(text), explanation)
    if not config.controller_names:
        text = f"{CONTROLLER} must contain at least one value when running KRaft with just the broker role"
        explanation = "No controller listener is named."
        yield config.fault("controller-names-missing", FORMAT, CONTROLLER, requirement(text), explanation)
    if config.controllers():
        text = f"{CONTROLLER} must not contain a value appearing in the '{LISTENERS}' configuration when running KRaft "
        message = requirement(text + "with just the broker role")
        explanation = "A node that is only a broker has no listener for the controller."
        yield config.fault("controller-on-broker", FORMAT, LISTENERS, message, explanation)
    for name in config.controller_names:
        if config.protocol_map is not None and name.upper() not in config.protocol_map:
            text = (
                f"Controller listener with name {name.upper()} defined in {CONTROLLER} not found in {MAP}  (an "
                f"explicit security mapping for each controller listener is required if {MAP} is non-empty, or if "
                "there are security protocols other than PLAINTEXT in use)"
            )
            explanation = f"The listener {name} has no protocol."
            yield config.fault("listener-without-protocol", FORMAT, MAP, config_exception(text), explanation)
            return


def _broker_rules(config: Configuration) -> Iterator[Fault]:
    if (
        ADVERTISED in config.texts
        and not config.advertised_items
        and config.environment.get("KAFKA_ADVERTISED_LISTENERS")
    ):
        text = f"There must be at least one advertised listener. Perhaps all listeners appear in {CONTROLLER}?"
        yield config.fault("advertised-empty", FORMAT, ADVERTISED, requirement(text), "Nothing is advertised.")
    yield from _inter_broker(config)
    if config.advertised is None or config.listeners is None:
        return
    names = [entry.name for entry in config.listeners]
    unknown = [entry.name for entry in config.advertised if entry.name not in names]
    if unknown:
        shown = ",".join(dict.fromkeys(entry.name for entry in config.advertised))
        text = f"{ADVERTISED} listener names must be equal to or a subset of the ones defined in {LISTENERS}. Found "
        text += f"{shown}. The valid options based on the current configuration are {','.join(dict.fromkeys(names))}"
        explanation = f"Advertised is {unknown[0]}, and no listener is called so."
        yield config.fault("advertised-unknown-listener", FORMAT, ADVERTISED, requirement(text), explanation)


def _inter_broker(config: Configuration) -> Iterator[Fault]:
    written = config.text(INTER_BROKER)
    if written is not None and INTER_PROTOCOL in config.texts:
        message = config_exception(f"Only one of {INTER_BROKER} and {INTER_PROTOCOL} should be set.")
        explanation = "Two settings say which listener brokers use among themselves."
        yield config.fault("inter-broker-twice", FORMAT, INTER_PROTOCOL, message, explanation)
    elif written is not None and not written:
        explanation = "The listener between brokers has no name."
        yield config.fault("inter-broker-empty", FORMAT, INTER_BROKER, config_exception(NO_NAME), explanation)
        return
    elif written is not None and config.protocol_map is not None and written.upper() not in config.protocol_map:
        text = f"Listener with name {written.upper()} defined in {INTER_BROKER} not found in {MAP}."
        explanation = f"No listener is called {written.upper()}."
        yield config.fault("inter-broker-unknown", FORMAT, INTER_BROKER, config_exception(text), explanation)
        return
    name = effective_inter_broker(config)
    if name is None or config.advertised is None or any(entry.name == name for entry in config.advertised):
        return
    shown = ",".join(dict.fromkeys(entry.name for entry in config.advertised))
    text = f"{INTER_BROKER} must be a listener name defined in {ADVERTISED}. The valid options based on currently "
    explanation = f"The listener between brokers, {name}, is not advertised."
    message = requirement(f"{text}configured listeners are {shown}")
    yield config.fault("inter-broker-not-advertised", FORMAT, INTER_BROKER, message, explanation)


def effective_inter_broker(config: Configuration) -> str | None:
    """Return the name of the listener between brokers; without a setting it is that of the protocol PLAINTEXT."""
    if config.inter_broker is not None or config.text(INTER_BROKER) is not None:
        return config.inter_broker
    return None if any(name == INTER_PROTOCOL for _, name, _ in config.invalid) else "PLAINTEXT"


def _meta_address(config: Configuration) -> Iterator[Fault]:
    if any(entry.host == META_ADDRESS for entry in config.advertised or ()):
        text = f"{ADVERTISED} cannot use the nonroutable meta-address {META_ADDRESS}. Use a routable IP address."
        explanation = "This address means every address of a container and is none that a client could dial."
        yield config.fault("advertised-meta-address", FORMAT, ADVERTISED, requirement(text), explanation)


def _inter_broker_login(config: Configuration) -> Iterator[Fault]:
    """Kafka: between brokers a mechanism must be one of those that are enabled."""
    name = effective_inter_broker(config)
    protocol = config.protocol(name) if name is not None else None
    if config.text(INTER_BROKER) is None:
        protocol = name  # Kafka: the protocol names the listener, whatever the map says of it
    if name is None or protocol is None or not protocol.startswith("SASL_"):
        return
    mechanism = config.text("sasl.mechanism.inter.broker.protocol") or "GSSAPI"
    enabled = config.values.get(f"listener.name.{name.lower()}.sasl.enabled.mechanisms")
    if enabled is None:
        enabled = config.values.get("sasl.enabled.mechanisms", ["GSSAPI"])
    if isinstance(enabled, list) and mechanism not in enabled:
        text = "sasl.mechanism.inter.broker.protocol must be included in sasl.enabled.mechanisms when SASL is used for "
        explanation = "Brokers would log in to each other in a way that is not enabled."
        message = requirement(text + "inter-broker communication")
        yield config.fault("sasl-mechanism", FORMAT, "sasl.mechanism.inter.broker.protocol", message, explanation)


def _ids(config: Configuration) -> list[int]:
    """The ids of the voters in the order of a Java HashMap of small numbers."""
    return sorted({voter.id for voter in config.voters or ()}, key=lambda number: number % 16)


def _scala_set(ids: Collection[int]) -> str:
    kind = "Set" if len(ids) <= _MAX_SMALL_SET else "HashSet"
    return f"{kind}({', '.join(map(str, ids))})"
