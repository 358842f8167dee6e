"""Short names for the tables of broken rules, and what holds for every row."""

from grader.containers.verdict import Verdict
from tests.containers.projects import changed, with_changes

FORMAT = Verdict.STORAGE_FORMAT_FAILS
SCRIPT = Verdict.IMAGE_SCRIPT_EXITS
REFUSES = Verdict.BROKER_REFUSES
FAIL = Verdict.CLIENTS_FAIL

NODE = "KAFKA_NODE_ID"
ROLES = "KAFKA_PROCESS_ROLES"
VOTERS = "KAFKA_CONTROLLER_QUORUM_VOTERS"
CONTROLLER = "KAFKA_CONTROLLER_LISTENER_NAMES"
LISTENERS = "KAFKA_LISTENERS"
ADVERTISED = "KAFKA_ADVERTISED_LISTENERS"
MAP = "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"
INTER = "KAFKA_INTER_BROKER_LISTENER_NAME"
DIRS = "KAFKA_LOG_DIRS"
ZOOKEEPER = "KAFKA_ZOOKEEPER_CONNECT"
BROKER_ID = "KAFKA_BROKER_ID"

# what is changed, the rule, the class, the variable at fault, a part of the message
Row = tuple[dict[str, str | None], str, Verdict, str | None, str]


def assert_first_problem(row: Row) -> None:
    """The first problem has this rule; its marks are those of the variable, none where that is absent."""
    changes, rule, verdict, variable, message = row
    model = with_changes(**changes)
    problem = model.problems[0]

    assert (rule, verdict, variable) == (problem.rule, problem.verdict, problem.variable)
    assert message in problem.message
    assert (variable in changed(**changes)) == (problem.marks is not None)
    assert (verdict, problem.message) == (model.verdict, model.message)
