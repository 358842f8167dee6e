"""What brokers share that are set up alike, and what stays their own."""

import pytest

from grader.containers.kafka import read
from grader.containers.kafka.configuration import configuration_of
from grader.remembered import MAX_KEY_CHARACTERS, Remembered
from tests.containers.projects import BASE, kafka, project, rules, service

NO_VOTER = {**BASE, "KAFKA_NODE_ID": "7"}


def reordered(environment: dict[str, str]) -> dict[str, str]:
    """Return the same variables, the last one first."""
    return dict(reversed(environment.items()))


def test_the_order_of_variables_does_not_matter() -> None:
    """So whoever has written them in another order gets the same configuration; the cluster id is no part of it."""
    assert configuration_of(BASE) is configuration_of({**reordered(BASE), "CLUSTER_ID": "own"})


def test_properties_keep_the_order_of_the_file() -> None:
    """Also where another broker was read before that wrote the same in another order. One has a place in the image."""
    first, second = kafka(BASE), kafka(reordered(BASE))

    written = [[found.name for found in model.properties if found.written][1:] for model in (first, second)]
    assert written[0] == list(reversed(written[1]))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"KAFKA_NODE_ID": "1", "KAFKA_NODE.ID": "2"}, {"KAFKA_NODE.ID": "2", "KAFKA_NODE_ID": "1"}),
        ({"KAFKA_NODE_ID": "1\\", "KAFKA_X": "y"}, {"KAFKA_X": "y", "KAFKA_NODE_ID": "1\\"}),
    ],
)
def test_the_order_counts_where_lines_meet(first: dict[str, str], second: dict[str, str]) -> None:
    """Of two variables for one property the last one wins, and a backslash swallows the line that follows."""
    assert configuration_of(first).texts["node.id"] != configuration_of(second).texts["node.id"]


def test_problems_are_where_their_own_file_has_them() -> None:
    """Although the same fault was found in another file before."""
    lines = []
    for environment in (NO_VOTER, reordered(NO_VOTER)):
        (problem,) = [found for found in kafka(environment).problems if found.rule == "node-id-not-voter"]
        assert problem.marks is not None
        lines.append(problem.marks.written.line - 10)

    assert [list(keys).index("KAFKA_CONTROLLER_QUORUM_VOTERS") for keys in (NO_VOTER, reordered(NO_VOTER))] == lines


def test_equal_brokers_meet_their_own_neighbours() -> None:
    """The address that clients get is judged by the names of each project."""
    environment = {**BASE, "KAFKA_ADVERTISED_LISTENERS": "PLAINTEXT://broker:9092"}
    found = [
        rules(read(project(service("kafka", environment, container_name=name), service("app"))).problems)
        for name in ("broker", "other", "broker")
    ]

    assert found[0] == found[2]
    assert ["advertised-unreachable"] == [rule for rule in found[1] if rule not in found[0]]


def test_only_so_much_is_kept() -> None:
    """The oldest results go, and what is made of a long key is made again each time."""
    asked: list[str] = []

    def shout(text: str) -> str:
        asked.append(text)
        return text.upper()

    heard: Remembered[str, str] = Remembered(shout, 2)
    for text in ("a", "b", "a", "c", "b", "a"):
        assert text.upper() == heard(text)
    long = "x" * MAX_KEY_CHARACTERS
    assert heard(long) == heard(long)

    assert ["a", "b", "c", "a", long, long] == asked
