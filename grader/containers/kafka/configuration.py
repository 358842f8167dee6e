"""The configuration of one broker: what the image makes of the environment, and what Kafka reads in it.

Nothing here is of one submission alone, so equal brokers share it; the cluster id, which everybody makes up, and the
places in a file are added by `model`.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import chain

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

_made = tuple.__new__  # of a named tuple: half the time of its own constructor


class Configuration(Meaning):
    """What Kafka reads, with the environment it comes from. For the parsed parts see `Kafka`. Nobody may change one.

    `environment` is what the container has after the script's `configure` step, without the cluster id; `sources` names
    the variable that sets a property; `size` is its number of characters; `kept` holds what others have worked out of
    nothing else, by a key of their own.
    """

    def __init__(self, environment: Mapping[str, str], lines: Sequence[Line]) -> None:
        self.environment = environment
        self.size = _size(environment.items())
        super().__init__({name: value for name, value, _ in lines})
        self.sources: Mapping[str, str] = {name: variable for name, _, variable in lines}
        self.kept: dict[Hashable, object] = {}

    @property
    def asks_for_files(self) -> bool:
        """Tell whether the start looks for keys."""
        return bool(self.encrypted) or "SSL://" in self.environment.get(ADVERTISED, "")

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
    return None if is_ordered(environment, lines) else Configuration(environment, lines)


def _read_ordered(items: tuple[tuple[str, str], ...]) -> Configuration:
    environment = dict(items)
    return Configuration(environment, read_lines(environment))


def _size(items: Iterable[tuple[str, str]]) -> int:
    return sum(map(len, chain.from_iterable(items)))


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
