"""What Kafka asks of listeners, advertised listeners and the protocol map.

Kafka 3.6: `KafkaConfig.effectiveListenerSecurityProtocolMap`, `CoreUtils.listenerListToEndPoints`.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from grader.containers.kafka.addresses import is_ipv4, is_ipv6
from grader.containers.kafka.configuration import Configuration
from grader.containers.kafka.java import split_csv
from grader.containers.kafka.listeners import PROTOCOLS, Listener, Unparsed, is_name, map_items, map_pairs
from grader.containers.kafka.texts import FORMAT, argument_exception, config_exception, requirement, thrown
from grader.containers.verdict import Fault

MAP = "listener.security.protocol.map"
LISTENERS = "listeners"
ADVERTISED = "advertised.listeners"
EARLY_START = "early.start.listeners"
MAX_PROBLEMS_OF_A_VALUE = 20  # each quotes the whole value; Kafka stops at the first

NO_NAME = "The provided listener name is null or empty string"

_NO_LISTENER_NAME = "org.apache.kafka.common.KafkaException: Unable to parse a listener name from "
_NOT_A_LISTENER = "An entry of {name} is not of the form that Kafka reads."


def listener_rules(config: Configuration) -> Iterator[Fault]:
    """Yield the faults of the map, then those of the listeners, in Kafka's order."""
    yield from islice(_map(config), MAX_PROBLEMS_OF_A_VALUE)
    if not config.protocol_map_given:
        yield from _names_without_map(config)
    yield from islice(_items(config, LISTENERS, config.listener_items), MAX_PROBLEMS_OF_A_VALUE)
    yield from _distinct_names(config, LISTENERS, config.listeners)
    yield from islice(_distinct_ports(config), MAX_PROBLEMS_OF_A_VALUE)


def advertised_rules(config: Configuration) -> Iterator[Fault]:
    """Yield the faults of the advertised listeners; equal ports are allowed among them."""
    if ADVERTISED in config.texts:
        yield from islice(_items(config, ADVERTISED, config.advertised_items), MAX_PROBLEMS_OF_A_VALUE)
        yield from _distinct_names(config, ADVERTISED, config.advertised)


def early_start_rules(config: Configuration) -> Iterator[Fault]:
    """Yield a name in early.start.listeners that is no listener."""
    name = EARLY_START
    if config.listeners is None:
        return
    known = {entry.name for entry in config.listeners}
    for word in split_csv(config.text(name) or ""):
        if word not in known:
            message = f"{name} contains listener {word}, but this is not contained in listeners or "
            yield config.fault(
                "early-start-unknown",
                FORMAT,
                name,
                config_exception(message + "controller.listener.names"),
                f"No listener is called {word}.",
            )


def _map(config: Configuration) -> Iterator[Fault]:
    text = config.text(MAP)
    if text is None:
        return
    for item in map_items(text):
        if ":" not in item:
            reason = f"begin 0, end -1, length {len(item)}"
            message = argument_exception(f"Error parsing configuration property '{MAP}': {reason}")
            yield config.fault("map-form", FORMAT, MAP, message, "An entry of the map lacks its colon.")
            return
    for name, protocol in (map_pairs(text) or {}).items():
        if not name:
            yield config.fault("map-form", FORMAT, MAP, config_exception(NO_NAME), "An entry of the map has no name.")
        elif protocol.upper() not in PROTOCOLS:
            message = config_exception(f"Invalid security protocol `{protocol}` defined in {MAP}")
            yield config.fault("map-protocol", FORMAT, MAP, message, f"Kafka knows no protocol {protocol!r}.")


def _names_without_map(config: Configuration) -> Iterator[Fault]:
    """Kafka: without a map it looks for secured protocols among the names first, with another message."""
    if any(name in PROTOCOLS[1:] for name in config.controller_names):
        return
    for item in config.listener_items:
        if isinstance(item, Listener):
            if item.name in PROTOCOLS[1:]:
                return
        elif item.reason.startswith("Unable to parse"):
            message = thrown(_NO_LISTENER_NAME + item.text)
            yield config.fault("listeners-parse", FORMAT, LISTENERS, message, _NOT_A_LISTENER.format(name=LISTENERS))
            return


def _items(config: Configuration, name: str, items: Sequence[Listener | Unparsed]) -> Iterator[Fault]:
    value = config.text(name) or ""
    rule = "listeners-parse" if name == LISTENERS else "advertised-parse"
    for item in items:
        if isinstance(item, Unparsed):
            yield _creating(config, rule, name, value, item.reason, _NOT_A_LISTENER.format(name=name))
        elif not item.name.strip():
            yield _creating(config, rule, name, value, NO_NAME, "A listener has no name.")
        elif config.protocol_map is not None and item.name not in config.protocol_map:
            reason = f"No security protocol defined for listener {item.name}"
            if is_name(item.name):
                yield _without_protocol(config, name, item, value, reason)
            else:
                explanation = "The entries run into each other: what stands between them does not separate them."
                yield _creating(config, rule, name, value, reason, explanation)


def _without_protocol(config: Configuration, name: str, item: Listener, value: str, reason: str) -> Fault:
    """The gap belongs to the map; but an advertised name that no listener has is the fault of the advertised ones."""
    explanation = f"The listener {item.name} has no protocol."
    unknown = config.listeners is not None and item.name not in {entry.name for entry in config.listeners}
    if name == ADVERTISED and unknown:
        explanation = f"Advertised is {item.name}, and no listener is called so."
        return _creating(config, "advertised-unknown-listener", name, value, reason, explanation)
    message = argument_exception(f"Error creating broker listeners from '{value}': {reason}")
    return config.fault("listener-without-protocol", FORMAT, MAP, message, explanation)


def _creating(config: Configuration, rule: str, name: str, value: str, reason: str, explanation: str) -> Fault:
    message = argument_exception(f"Error creating broker listeners from '{value}': {reason}")
    return config.fault(rule, FORMAT, name, message, explanation)


def _distinct_names(config: Configuration, name: str, entries: Sequence[Listener] | None) -> Iterator[Fault]:
    names = [entry.name for entry in entries or ()]
    if len(set(names)) != len(names):
        rule = "listeners-same-name" if name == LISTENERS else "advertised-same-name"
        message = requirement(f"Each listener must have a different name, listeners: {config.text(name) or ''}")
        yield config.fault(rule, FORMAT, name, message, "Two listeners have the same name.")


def _distinct_ports(config: Configuration) -> Iterator[Fault]:
    by_port: dict[int, list[Listener]] = {}
    for entry in config.listeners or ():
        if entry.port != 0:
            by_port.setdefault(entry.port, []).append(entry)
    for port, entries in by_port.items():
        if len(entries) > 1:
            message = _port_message(config.text(LISTENERS) or "", port, entries)
            if message is not None:
                explanation = "Two listeners have the same port."
                yield config.fault("listeners-same-port", FORMAT, LISTENERS, message, explanation)


def _port_message(value: str, port: int, entries: Sequence[Listener]) -> str | None:
    """Kafka allows one port twice where one address is IPv4 and the other IPv6."""
    numeric = [entry.host for entry in entries if is_ipv4(entry.host) or is_ipv6(entry.host)]
    others = len(entries) - len(numeric)
    if others > 1:
        return requirement(f"Each listener must have a different port, listeners: {value}")
    if len(numeric) == 2:
        text = "If you have two listeners on the same port then one needs to be IPv4 and the other IPv6, "
        text += f"listeners: {value}, port: {port}"
        if is_ipv4(numeric[0]) == is_ipv4(numeric[1]):
            return requirement(text)
        return argument_exception(text) if others else None
    text = "Each listener must have a different port unless exactly one listener has an IPv4 address and the other "
    return argument_exception(f"{text}IPv6 address, listeners: {value}, port: {port}")
