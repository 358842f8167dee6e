"""The configuration of one broker: what the image makes of the environment, and what Kafka reads in it.

Nothing here is of one submission alone, so equal brokers share it; the cluster id, which everybody makes up, and the
places in a file are added by `model`.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from grader.compose.model import Variable
from grader.containers.kafka.meaning import Meaning
from grader.containers.kafka.properties import Line, Property, is_ordered, placed, read_lines, variable_name
from grader.containers.verdict import Fault, Verdict
from grader.remembered import keeping

DATA = "/var/lib/kafka/data"
CLUSTER_ID = "CLUSTER_ID"  # no property
ADVERTISED = "KAFKA_ADVERTISED_LISTENERS"
IMAGE_PRESETS = ("KAFKA_ZOOKEEPER_CONNECT", ADVERTISED)
MAX_CONFIGURATIONS = 192  # that are kept: most brokers of a class are set up like another one
MAX_KEPT_FAULTS = 8  # of one stage; each may quote a whole value
MAX_STAGES = 64  # whose faults are kept of one configuration or part
NOTHING: frozenset[str] = frozenset()
# Parts of a configuration: all of it but some variables, which the stages that name the part do not look at. Most
# brokers differ from another one in one of the parts only. What the listeners and their clients come to:
LISTENING = frozenset(
    {
        *("KAFKA_CONTROLLER_QUORUM_VOTERS", "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR"),
        *("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "KAFKA_LOG_DIRS"),
    }
)
# what the numbers and switches come to
SETTINGS = frozenset(
    {
        *("KAFKA_NODE_ID", "KAFKA_PROCESS_ROLES", "KAFKA_CONTROLLER_QUORUM_VOTERS", "KAFKA_LISTENERS", ADVERTISED),
        *("KAFKA_CONTROLLER_LISTENER_NAMES", "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"),
        "KAFKA_INTER_BROKER_LISTENER_NAME",
    }
)

_made = tuple.__new__  # of a named tuple: half the time of its own constructor

Stage = Callable[..., Iterator[Fault]]
Part = dict[Hashable, Any]


class Configuration(Meaning):
    """What Kafka reads, with the environment it comes from. For the parsed parts see `Kafka`. Nobody may change one.

    `environment` is what the container has after the script's `configure` step, without the cluster id; `sources` names
    the variable that sets a property; `size` is its number of characters; `kept` holds what others have worked out of
    nothing else, by a key of their own.
    """

    def __init__(self, environment: Mapping[str, str], lines: Sequence[Line], *, ordered: bool) -> None:
        self.environment = environment
        self.size = _size(environment.items())
        self._ordered = ordered
        self._parts: dict[frozenset[str], Part] = {}
        super().__init__({name: value for name, value, _ in lines})
        self.sources: Mapping[str, str] = {name: variable for name, _, variable in lines}
        self.kept: dict[Hashable, object] = {}

    @property
    def asks_for_files(self) -> bool:
        """Tell whether the start looks for keys."""
        return bool(self.encrypted) or "SSL://" in self.environment.get(ADVERTISED, "")

    def found_by(self, stage: Stage, part: frozenset[str] = NOTHING, *around: Hashable) -> Sequence[Fault]:
        """Return what a stage finds that looks at nothing but a part of a configuration, and at what is `around`.

        It is asked once for all who agree in them.
        """
        kept = self._part(part)
        found: Sequence[Fault] | None = kept.get((stage, *around))
        if found is None:
            found = tuple(stage(self, *around))
            if len(found) <= MAX_KEPT_FAULTS and len(kept) < MAX_STAGES:
                kept[(stage, *around)] = found
        return found

    def _part(self, part: frozenset[str]) -> Part:
        kept = self._parts.get(part)
        if kept is None:
            rest = frozenset([item for item in self.environment.items() if item[0] not in part])
            kept = self._parts[part] = {} if self._ordered or not part else _parts((part, rest))
        return kept

    def _parse_listeners(self) -> None:
        kept = self._part(LISTENING)
        parsed = kept.get(LISTENING)
        if parsed is None:
            before = set(vars(self))
            super()._parse_listeners()
            kept[LISTENING] = {name: value for name, value in vars(self).items() if name not in before}
        else:
            vars(self).update(parsed)

    def fault(self, rule: str, verdict: Verdict, name: str, message: str, explanation: str) -> Fault:
        """Make a fault of a property, at the variable that sets it or would set it."""
        return _made(Fault, (rule, verdict, message, explanation, "property", name))

    def variable_fault(self, rule: str, verdict: Verdict, name: str, message: str, explanation: str) -> Fault:
        """Make a fault of a variable that is no property."""
        return _made(Fault, (rule, verdict, message, explanation, "variable", name))

    def written(self, name: str, variables: Mapping[str, Variable]) -> tuple[str, Variable | None]:
        """Return the variable that sets a property or would set it, None for one that nobody has written so."""
        source = self.sources.get(name)
        if source is not None:
            variable = variables.get(source)
            if variable is not None and variable.value == self.environment[source]:
                return source, variable
        return variable_name(name), None

    def blank_roles(self) -> bool:
        """Tell whether there is a text for the roles, but no role in it."""
        return not self.role_items and bool(self.environment.get("KAFKA_PROCESS_ROLES"))


def configuration_of(environment: Mapping[str, str]) -> Configuration:
    """Return what Kafka reads in the environment that the image's script has configured."""
    rest = dict(environment)
    rest.pop(CLUSTER_ID, None)
    return _unordered(frozenset(rest.items())) or _ordered(tuple(rest.items()))


def properties_of(environment: Mapping[str, str], variables: Mapping[str, Variable]) -> tuple[Property, ...]:
    """Return what Kafka gets with its places, in the order of the environment."""
    return tuple(placed(read_lines(environment), environment, variables))


def _read_any(items: frozenset[tuple[str, str]]) -> Configuration | None:
    """Read an environment whose order does not matter, as mostly; None: it does."""
    environment = dict(sorted(items))
    lines = read_lines(environment)
    return None if is_ordered(environment, lines) else Configuration(environment, lines, ordered=False)


def _read_ordered(items: tuple[tuple[str, str], ...]) -> Configuration:
    environment = dict(items)
    return Configuration(environment, read_lines(environment), ordered=True)


def _new_part(part: tuple[frozenset[str], frozenset[tuple[str, str]]]) -> Part:
    return {}


def _size(items: Iterable[tuple[str, str]]) -> int:
    return sum([len(name) + len(value) for name, value in items])


def _part_size(part: tuple[frozenset[str], frozenset[tuple[str, str]]]) -> int:
    return _size(part[1])


_parts = keeping(_new_part, MAX_CONFIGURATIONS, _part_size)
_unordered = keeping(_read_any, MAX_CONFIGURATIONS, _size)
_ordered = keeping(_read_ordered, MAX_CONFIGURATIONS, _size)


def configured(variables: Mapping[str, Variable]) -> dict[str, str]:
    """Return the container's environment after the script's `configure` step, the cluster id included.

    cp-kafka 7.6: listeners are derived from the advertised ones, the log directory has a default, and a mere
    controller loses the empty preset of its advertised listeners.
    """
    environment = dict.fromkeys(IMAGE_PRESETS, "")
    for name, variable in variables.items():
        value = variable.value
        if value is not None:
            environment[name] = value
    if environment.get("KAFKA_PROCESS_ROLES") == "controller":
        if not environment[ADVERTISED]:
            del environment[ADVERTISED]
    elif not environment.get("KAFKA_LISTENERS") and environment[ADVERTISED]:
        environment["KAFKA_LISTENERS"] = derived_listeners(environment[ADVERTISED])
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
