"""What Kafka reads in its properties, every part parsed on its own.

A fault in one part does not hide what the others say; which of the faults Kafka meets first is told by the stages.
"""

from collections.abc import Mapping

from grader.containers.kafka.definitions import order_of
from grader.containers.kafka.java import split_csv, split_list, trim
from grader.containers.kafka.listeners import (
    DEFAULT_LISTENERS,
    PROTOCOLS,
    Listener,
    default_map,
    parse_listeners,
    parse_map,
    whole,
)
from grader.containers.kafka.typed import Invalid, Value, read
from grader.containers.kafka.voters import BadVoter, Voter, parse_voters

ROLES = ("broker", "controller")
ENCRYPTED = ("SSL", "SASL_SSL")


class Meaning:
    """The parsed properties. For the parts see `Kafka`.

    `texts` are the properties by name; `encrypted` the listeners that need keys.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self._parse_values()
        self._parse_identity()
        self._parse_listeners()
        self.log_dirs: tuple[str, ...] = tuple(split_csv(self.text("log.dirs") or ""))
        self.metadata_dir: str | None = self.text("metadata.log.dir")

    def text(self, name: str) -> str | None:
        """Return a property trimmed as Kafka does, None if it is absent."""
        text = self.texts.get(name)
        return None if text is None else trim(text)

    def number(self, name: str, default: float) -> float:
        """Return a number, the default where it is absent or none."""
        value = self.values.get(name)
        return value if isinstance(value, (int, float)) else default

    def protocol(self, listener_name: str) -> str | None:
        """Return the protocol of a listener in capitals, None if the map has none for it or is broken."""
        protocol = (self.protocol_map or {}).get(listener_name)
        return protocol.upper() if protocol is not None and protocol.upper() in PROTOCOLS else None

    def controllers(self) -> tuple[Listener, ...]:
        """Return the listeners that belong to the controller."""
        return self._controllers

    def clients(self) -> tuple[Listener, ...]:
        """Return the listeners that clients may use."""
        return self._clients

    def effective_roles(self) -> frozenset[str]:
        """Return the roles by which the further rules are judged; both where the student's do not parse."""
        return self._effective_roles

    def _parse_values(self) -> None:
        written = dict(self.texts)
        values: dict[str, Value] = {}
        invalid: list[tuple[int, str, Invalid]] = []
        ids = [written[name] for name in ("broker.id", "node.id") if name in written]
        if len(ids) == 1:  # Kafka: KafkaConfig.populateSynonyms
            written["broker.id"] = written["node.id"] = ids[0]
        for name, text in written.items():
            try:
                value = read(name, text)
            except Invalid as fault:
                invalid.append((order_of(name), name, fault.with_traceback(None)))
                continue
            if value is not None:
                values[name] = value
        if len(ids) == 1:
            invalid = [item for item in invalid if item[1] != "node.id"]
        self.values: Mapping[str, Value] = values
        self.invalid = tuple(sorted(invalid, key=lambda item: item[0]))  # in Kafka's order

    def _parse_identity(self) -> None:
        node_id = self.values.get("node.id")
        self.node_id: int | None = node_id if isinstance(node_id, int) and node_id >= 0 else None
        broker_id = self.values.get("broker.id")
        self.broker_id: int | None = broker_id if isinstance(broker_id, int) else None
        self.role_items: tuple[str, ...] = tuple(split_list(self.text("process.roles") or ""))
        good = bool(self.role_items) and all(role in ROLES for role in self.role_items)
        self.roles: tuple[str, ...] | None = self.role_items if good else None
        self._effective_roles = frozenset(self.roles or ROLES)
        self.voter_items: tuple[Voter | BadVoter, ...] = parse_voters(self.text("controller.quorum.voters") or "")
        voters = tuple(item for item in self.voter_items if isinstance(item, Voter))
        complete = bool(voters) and len(voters) == len(self.voter_items)
        self.voters: tuple[Voter, ...] | None = voters if complete else None

    def _parse_listeners(self) -> None:
        self.listener_items = parse_listeners(self.text("listeners") or "")
        if "listeners" not in self.texts:
            self.listener_items = parse_listeners(DEFAULT_LISTENERS)
        self.advertised_items = parse_listeners(self.text("advertised.listeners") or "")
        self.listeners: tuple[Listener, ...] | None = whole(self.listener_items)
        self.advertised: tuple[Listener, ...] | None = whole(self.advertised_items)
        names = self.text("controller.listener.names") or ""
        # Kafka: split at commas without trimming; empty names at the end are dropped
        self.controller_names: tuple[str, ...] = tuple(_without_empty_end(names.split(",")))
        own = self.listeners or ()
        self._controllers = tuple([entry for entry in own if entry.name in self.controller_names])
        self._clients = tuple([entry for entry in own if entry.name not in self.controller_names])
        given = self.text("listener.security.protocol.map")
        self.protocol_map_given = given is not None
        if given is not None:
            self.protocol_map = parse_map(given)
        else:
            found = [item.name for item in self.listener_items if isinstance(item, Listener)]
            self.protocol_map = default_map(self.controller_names, found)
        self.encrypted = tuple([entry for entry in own if self.protocol(entry.name) in ENCRYPTED])
        by_name = self.text("inter.broker.listener.name")
        by_protocol = self.text("security.inter.broker.protocol")
        written = by_name if by_name else by_protocol
        self.inter_broker: str | None = written.upper() if written else None


def _without_empty_end(names: list[str]) -> list[str]:
    while names and not names[-1]:
        names.pop()
    return names
