"""The voters of the controller quorum: this node, at the address of its controller listener.

Kafka 3.6: items `id@host:port`. The only voter elects itself without a network, but the broker half still dials the
address to register, and gives up after 60 s.
"""

from grader.checks.kafka_names import Names, names_of
from grader.checks.variable import absent
from grader.compose.model import Variable
from grader.containers.kafka import Kafka, Voter
from grader.findings import Finding, failed, passed
from grader.places import Place, variable_place
from grader.stack import Stack

KIND = "kafka-quorum-voters"
PARAMETERS = {"service": str, "controller_port": int}

VARIABLE = "KAFKA_CONTROLLER_QUORUM_VOTERS"


def places(*, service: str, controller_port: int) -> tuple[Place, ...]:
    """The one variable."""
    return (variable_place(service, VARIABLE),)


def check(stack: Stack, *, service: str, controller_port: int) -> Finding:
    """The node id must be among the voters, nobody else, and the address must lead to the controller listener."""
    found = stack.given(service, VARIABLE)
    if found is None:
        return absent(stack, service, VARIABLE)
    kafka = stack.containers.kafka
    if kafka is None or kafka.voters is None:
        return _unparsed(kafka, found)
    ids = {voter.id for voter in kafka.voters}
    if kafka.node_id is not None and kafka.node_id not in ids:
        return failed(
            f"this node has the id {kafka.node_id}, and the voters are {', '.join(map(str, sorted(ids)))}",
            at=found.at,
            actual=found.value,
        )
    if len(ids) > 1:
        return failed(
            "there are more voters than nodes: without the votes of the others nobody is elected", at=found.at
        )
    voter = kafka.voters[-1]  # Kafka: of the same id twice the last one counts
    asked = (KIND, controller_port)
    complaint = kafka.once(asked, lambda: _judge_address(kafka, names_of(kafka), voter, controller_port))
    if complaint is not None:
        return failed(complaint, at=found.at, actual=found.value)
    return passed(at=found.at)


def _unparsed(kafka: Kafka | None, found: Variable) -> Finding:
    for problem in kafka.problems if kafka is not None else ():
        if problem.variable == VARIABLE:
            return failed(problem.explanation, at=found.at, container_message=problem.message)
    return failed("an entry is not of the form that Kafka reads", at=found.at, actual=found.value)


def _judge_address(kafka: Kafka, names: Names, voter: Voter, controller_port: int) -> str | None:
    """Compare with the controller listener; where that is lost itself, with the TASK's."""
    bound = [listener for listener in names.listeners if listener.name in names.controllers]
    if any(kafka.reaches(voter.host, voter.port, listener) for listener in bound):
        return None
    if not kafka.is_local_name(voter.host):
        return f"the voter's host {voter.host!r} is not this container"
    listener = names.at(controller_port)
    if listener is None or listener.name not in names.controllers or not kafka.is_local_name(listener.host):
        return None if voter.port == controller_port else f"no controller listener is on port {voter.port}"
    if voter.port != controller_port:
        return f"no controller listener is on port {voter.port}"
    return f"the controller listener is bound to {listener.host}, and {voter.host} is another address"
