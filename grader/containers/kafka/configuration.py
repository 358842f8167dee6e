"""The configuration of one broker: what Kafka reads, and where in the submission it stands."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from grader.compose.model import Service, Variable
from grader.containers.kafka.meaning import CLUSTER_ID, Meaning, meaning_of
from grader.containers.kafka.properties import Property, placed, variable_name
from grader.containers.verdict import Problem, Verdict

DATA = "/var/lib/kafka/data"
IMAGE_PRESETS = ("KAFKA_ZOOKEEPER_CONNECT", "KAFKA_ADVERTISED_LISTENERS", CLUSTER_ID)


class Configuration(Meaning):
    """What the image makes of the environment, and what Kafka reads in it.

    `environment` is what the container has after the script's `configure` step, `variables` what the student wrote
    and the container gets; the parsed parts are shared with whoever wrote the same. For these see `Kafka`.
    """

    def __init__(self, service: Service) -> None:
        self.variables: dict[str, Variable] = {
            name: variable for name, variable in service.environment.items() if variable.value is not None
        }
        self.environment = configured(self.variables)
        self.cluster_id: str | None = self.environment.get(CLUSTER_ID) or None
        vars(self).update(vars(meaning_of(self.environment)))

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """What Kafka gets, with its places. Only asked where something is wrong or shown: names stand in `texts`."""
        return tuple(placed(self.lines, self.environment, self.variables))

    @cached_property
    def settings(self) -> dict[str, Property]:
        """The properties by name."""
        return {entry.name: entry for entry in self.properties}

    def found_by(self, stage: "Callable[[Configuration], Iterator[Problem]]") -> Sequence[Problem]:
        """Return what a stage finds that looks at the texts of the environment alone, without the cluster id.

        Where it has found nothing for the same texts, it is not asked again.
        """
        if stage in self.quiet:
            return ()
        found = list(stage(self))
        if not found:
            self.quiet.add(stage)
        return found

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

    def blank_roles(self) -> bool:
        """Tell whether there is a text for the roles, but no role in it."""
        return not self.role_items and bool(self.environment.get("KAFKA_PROCESS_ROLES"))


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
