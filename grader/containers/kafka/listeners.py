"""Listeners and the protocol map, taken apart as Kafka does it.

Kafka 3.6: `EndPoint.createEndPoint`, `CoreUtils.parseCsvMap`, `KafkaConfig.effectiveListenerSecurityProtocolMap`.
"""

from collections.abc import Sequence

from grader.containers.kafka.java import INT_BITS, parse_integer, split_csv, split_list
from grader.light_tuple import NamedTuple
from grader.remembered import remembered

PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
DEFAULT_LISTENERS = "PLAINTEXT://:9092"

_HOST_SIGNS = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-%._:")
_NAME_SIGNS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")
_LINE_ENDS = frozenset("\n\r\x85\u2028\u2029")  # not matched by the dot of a regular expression of Java


class Listener(NamedTuple):
    """One entry `NAME://host:port`; the name in capitals as Kafka compares it, the host empty for every address."""

    name: str
    host: str
    port: int
    text: str


class Unparsed(NamedTuple):
    """One entry that is no listener, with the reason that Kafka gives."""

    text: str
    reason: str


@remembered
def parse_listeners(value: str) -> tuple[Listener | Unparsed, ...]:
    """Take a whole value apart, item by item."""
    return tuple(parse_listener(item) for item in split_csv(value))


def parse_listener(text: str) -> Listener | Unparsed:
    """Take one entry apart. The name is what stands before the last `://`."""
    name, separator, address = text.rpartition("://")
    host, colon, port = address.rpartition(":")
    digits = port[1:] if port[:1] == "-" else port
    if host[:1] == "[":
        host = host[1:]
    if host[-1:] == "]":
        host = host[:-1]
    whole = separator and colon and digits.isascii() and digits.isdigit() and _HOST_SIGNS.issuperset(host)
    if not whole or not _LINE_ENDS.isdisjoint(name):
        return Unparsed(text, f"Unable to parse {text} to a broker endpoint")
    number = parse_integer(port, INT_BITS)
    if number is None:
        return Unparsed(text, f'For input string: "{port}"')
    return Listener(name.upper(), host, number, text)


def whole(items: Sequence[Listener | Unparsed]) -> tuple[Listener, ...] | None:
    """Return the listeners; None if there are none, or one of the items is none or has no name to speak of."""
    found = [item for item in items if isinstance(item, Listener) and is_name(item.name)]
    return tuple(found) if found and len(found) == len(items) else None


def is_name(name: str) -> bool:
    """Tell whether a listener's name is a word. Kafka takes any text, but only a word can be meant."""
    return bool(name) and _NAME_SIGNS.issuperset(name)


def map_items(value: str) -> list[str]:
    """Split a map at its commas; empty items at the end are dropped (Java: `String.split`)."""
    items = split_list(value)
    while items and not items[-1]:
        items.pop()
    return items


def parse_map(value: str) -> dict[str, str] | None:
    """Read `NAME:PROTOCOL,...`, names in capitals, protocols as written; None if an item has no colon."""
    pairs = map_pairs(value)
    return None if pairs is None else {name.upper(): protocol for name, protocol in pairs.items()}


@remembered
def map_pairs(value: str) -> dict[str, str] | None:
    """Read the entries of a map as they are spelt; of the same name twice the last one counts."""
    found: dict[str, str] = {}
    for item in map_items(value):
        name, colon, protocol = item.rpartition(":")
        if not colon:
            return None
        found[name.strip()] = protocol.strip()
    return found


def default_map(controller_names: Sequence[str], listener_names: Sequence[str]) -> dict[str, str]:
    """Return the map that counts where none is given.

    Kafka: every protocol maps to itself; names of controller listeners get PLAINTEXT, unless one of these names or of
    the listeners is that of a protocol with encryption or log-in.
    """
    found = {protocol: protocol for protocol in PROTOCOLS}
    secured = PROTOCOLS[1:]
    if any(name in secured for name in controller_names) or any(name in secured for name in listener_names):
        return found
    for name in controller_names:
        found.setdefault(name, PROTOCOLS[0])
    return found


def address(listener: Listener) -> str:
    """Write host and port as Kafka's log does."""
    return f"{listener.host or '0.0.0.0'}:{listener.port}"
