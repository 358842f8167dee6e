"""Kafka's rules for its configuration, in the order in which a node meets them.

Kafka 3.6: the constructor of `KafkaConfig` and its `validateValues`. `kafka-storage format` builds the same object, so
every fault here shows as a failed format and the broker is never launched. The types come first (`typed`); after them
the roles, the listeners (`listener_rules`), the identity, the numbers (`number_rules`), the advertised listeners, and
what the roles ask for (`role_rules`).
"""

from collections.abc import Iterator

from grader.containers.kafka.configuration import Configuration
from grader.containers.kafka.definitions import definition, order_of
from grader.containers.kafka.listener_rules import EARLY_START, advertised_rules, early_start_rules, listener_rules
from grader.containers.kafka.number_rules import early_number_rules, number_rules
from grader.containers.kafka.role_rules import role_rules
from grader.containers.kafka.texts import FORMAT, config_exception, thrown
from grader.containers.kafka.typed import Invalid
from grader.containers.kafka.voters import BadVoter
from grader.containers.verdict import Fault

TYPE_EXPLANATIONS = {
    "INT": "{name} must be a whole number.",
    "SHORT": "{name} must be a whole number, and not a large one.",
    "LONG": "{name} must be a whole number.",
    "DOUBLE": "{name} must be a number.",
    "BOOLEAN": "{name} knows only two words, and this is neither.",
}
VOTERS = "controller.quorum.voters"
VOTER_EXPLANATIONS = {
    "voters-form": "A voter has three parts: here one is missing, or there is one too many.",
    "voters-id": "What stands before the @ of a voter must be the whole number of a node.",
    "voters-address": "A voter needs a host and a port after the @.",
    "voters-port": "There is no such port.",
}


def config_rules(config: Configuration) -> Iterator[Fault]:
    """Yield what `KafkaConfig` would stop at, as far as each rule's inputs are there."""
    yield from _types(config)
    yield from _duplicate_roles(config)
    yield from listener_rules(config)
    if EARLY_START in config.texts:
        yield from early_start_rules(config)
    yield from early_number_rules(config)
    yield from _identity(config)
    yield from number_rules(config)
    yield from advertised_rules(config)
    yield from role_rules(config)


def _types(config: Configuration) -> Iterator[Fault]:
    faults = [(order, _type_problem(config, name, fault)) for order, name, fault in config.invalid]
    bad = next((item for item in config.voter_items if isinstance(item, BadVoter)), None)
    if bad is not None:
        problem = config.fault(bad.rule, FORMAT, VOTERS, thrown(bad.message), VOTER_EXPLANATIONS[bad.rule])
        faults.append((order_of(VOTERS), problem))
    faults.sort(key=lambda item: item[0])
    for _, problem in faults:
        yield problem


def _type_problem(config: Configuration, name: str, fault: Invalid) -> Fault:
    message = config_exception(f"Invalid value {fault.value} for configuration {name}: {fault.reason}")
    if name in ("broker.id", "node.id"):
        # Kafka: node.id is copied to broker.id, which is parsed first, so that the message names broker.id
        written = name if name in config.texts else "node.id"
        return config.fault("node-id-type", FORMAT, written, message, "The node id must be a whole number.")
    if name == "process.roles":
        explanation = f"Kafka knows no role {fault.value!r}."
        return config.fault("roles-unknown", FORMAT, name, message, explanation)
    known = definition(name)
    if fault.rule == "type" and known is not None:
        explanation = TYPE_EXPLANATIONS.get(known.type, "Kafka cannot use this value of {name}.").format(name=name)
    elif fault.rule == "bounds":
        explanation = f"{name} is out of bounds."
    else:
        explanation = f"Kafka does not know this value of {name}."
    return config.fault(f"value-{fault.rule}", FORMAT, name, message, explanation)


def _duplicate_roles(config: Configuration) -> Iterator[Fault]:
    if config.roles is not None and len(set(config.roles)) != len(config.roles):
        shown = ", ".join(config.roles)
        message = config_exception(f"Duplicate role names found in `process.roles`: ArrayBuffer({shown})")
        yield config.fault("roles-duplicate", FORMAT, "process.roles", message, "A role is named twice.")


def _identity(config: Configuration) -> Iterator[Fault]:
    node = config.values.get("node.id", -1)
    broker = config.values.get("broker.id", -1)
    if isinstance(node, int) and isinstance(broker, int) and node != broker and _both_parse(config):
        message = config_exception("You must set `node.id` to the same value as `broker.id`.")
        yield config.fault("node-id-two-values", FORMAT, "broker.id", message, "The node has two different ids.")
    if isinstance(node, int) and node < 0 and _both_parse(config) and not config.blank_roles():
        text = "Missing configuration `node.id` which is required when `process.roles` is defined"
        message = config_exception(f"{text} (i.e. when running in KRaft mode).")
        yield config.fault("node-id-missing", FORMAT, "node.id", message, "The node has no id.")


def _both_parse(config: Configuration) -> bool:
    return not any(name in ("node.id", "broker.id") for _, name, _ in config.invalid)
