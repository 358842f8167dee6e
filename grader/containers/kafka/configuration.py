"""The configuration of one broker, every part parsed on its own.

A fault in one part does not hide what the others say; which of the faults Kafka meets first is told by the stages.
"""

from collections.abc import Mapping

from grader.compose.model import Service, Variable
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
from grader.containers.kafka.properties import Property, read_properties, variable_name
from grader.containers.kafka.typed import Invalid, Value, read
from grader.containers.kafka.voters import BadVoter, Voter, parse_voters
from grader.containers.verdict import Problem, Verdict

ROLES = ("broker", "controller")
DATA = "/var/lib/kafka/data"
IMAGE_PRESETS = ("KAFKA_ZOOKEEPER_CONNECT", "KAFKA_ADVERTISED_LISTENERS", "CLUSTER_ID")
NO_ID = -1


class Configuration:
    """What the image makes of the environment, and what Kafka reads in it.

    `environment` is what the container has after the script's `configure` step, `variables` what the student wrote
    and the container gets. For the parsed parts see `Kafka`.
    """

    __slots__ = (
        "_clients",
        "_controllers",
        "_effective_roles",
        "advertised",
        "advertised_items",
        "broker_id",
        "cluster_id",
        "controller_names",
        "environment",
        "inter_broker",
        "invalid",
        "listener_items",
        "listeners",
        "log_dirs",
        "metadata_dir",
        "node_id",
        "properties",
        "protocol_map",
        "protocol_map_given",
        "role_items",
        "roles",
        "settings",
        "values",
        "variables",
        "voter_items",
        "voters",
    )

    def __init__(self, service: Service) -> None:
        self.variables: dict[str, Variable] = {
            name: variable for name, variable in service.environment.items() if variable.value is not None
        }
        self.environment = configured(self.variables)
        self.properties: tuple[Property, ...] = tuple(read_properties(self.environment, self.variables))
        self.settings: dict[str, Property] = {entry.name: entry for entry in self.properties}
        self.values: dict[str, Value] = {}
        self.invalid: list[tuple[int, str, Invalid]] = []  # in Kafka's order
        self._parse_values()
        self._parse_identity()
        self._parse_listeners()
        self.log_dirs: tuple[str, ...] = tuple(split_csv(self.text("log.dirs") or ""))
        self.metadata_dir: str | None = self.text("metadata.log.dir")

    def text(self, name: str) -> str | None:
        """Return a property trimmed as Kafka does, None if it is absent."""
        entry = self.settings.get(name)
        return None if entry is None else trim(entry.value)

    def number(self, name: str, default: float) -> float:
        """Return a number, the default where it is absent or none."""
        value = self.values.get(name)
        return value if isinstance(value, (int, float)) else default

    def problem(self, rule: str, verdict: Verdict, name: str, message: str, explanation: str) -> Problem:
        """Make a problem of a property, at the variable that sets it or would set it."""
        entry = self.settings.get(name)
        if entry is not None and entry.written is not None:
            return Problem(rule, verdict, message, explanation, entry.written.name, entry.marks)
        return Problem(rule, verdict, message, explanation, variable_name(name), None)

    def variable_problem(self, rule: str, verdict: Verdict, name: str, message: str, explanation: str) -> Problem:
        """Make a problem of a variable that is no property."""
        written = self.variables.get(name)
        return Problem(rule, verdict, message, explanation, name, written.marks if written is not None else None)

    def _parse_values(self) -> None:
        written = dict(self.settings)
        ids = [written[name] for name in ("broker.id", "node.id") if name in written]
        if len(ids) == 1:  # Kafka: KafkaConfig.populateSynonyms
            written["broker.id"] = written["node.id"] = ids[0]
        for name, entry in written.items():
            try:
                value = read(name, entry.value)
            except Invalid as fault:
                self.invalid.append((order_of(name), name, fault))
                continue
            if value is not None:
                self.values[name] = value
        if len(ids) == 1:
            self.invalid = [item for item in self.invalid if item[1] != "node.id"]
        self.invalid.sort(key=lambda item: item[0])

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
        self.cluster_id: str | None = self.environment.get("CLUSTER_ID") or None

    def _parse_listeners(self) -> None:
        self.listener_items = parse_listeners(self.text("listeners") or "")
        if "listeners" not in self.settings:
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
        by_name = self.text("inter.broker.listener.name")
        by_protocol = self.text("security.inter.broker.protocol")
        written = by_name if by_name else by_protocol
        self.inter_broker: str | None = written.upper() if written else None

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

    def blank_roles(self) -> bool:
        """Tell whether there is a text for the roles, but no role in it."""
        return not self.role_items and bool(self.environment.get("KAFKA_PROCESS_ROLES"))

    def effective_roles(self) -> frozenset[str]:
        """Return the roles by which the further rules are judged; both where the student's do not parse."""
        return self._effective_roles


def configured(variables: Mapping[str, Variable]) -> dict[str, str]:
    """Return the container's environment after the script's `configure` step.

    cp-kafka 7.6: listeners are derived from the advertised ones, the log directory has a default, and a mere
    controller loses the empty preset of its advertised listeners.
    """
    environment = dict.fromkeys(IMAGE_PRESETS, "")
    for name, variable in variables.items():
        environment[name] = variable.value or ""
    if environment.get("KAFKA_PROCESS_ROLES") == "controller":
        if not environment["KAFKA_ADVERTISED_LISTENERS"]:
            del environment["KAFKA_ADVERTISED_LISTENERS"]
    elif not environment.get("KAFKA_LISTENERS") and environment["KAFKA_ADVERTISED_LISTENERS"]:
        environment["KAFKA_LISTENERS"] = derived_listeners(environment["KAFKA_ADVERTISED_LISTENERS"])
    if not environment.get("KAFKA_LOG_DIRS"):
        environment["KAFKA_LOG_DIRS"] = DATA
    return environment


def derived_listeners(advertised: str) -> str:
    """Turn every host into 0.0.0.0 (cp-kafka 7.6: `cub listeners`)."""
    result = ""
    rest = advertised
    while True:
        before, separator, after = rest.partition("://")
        result += before + separator
        if not separator:
            return result
        _, colon, rest = after.partition(":")
        if not colon:
            return result + after
        result += "0.0.0.0:"


def _without_empty_end(names: list[str]) -> list[str]:
    while names and not names[-1]:
        names.pop()
    return names
