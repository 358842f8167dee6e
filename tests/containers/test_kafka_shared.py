"""What brokers share that are set up alike, and what stays their own."""

import pytest

from grader.containers.disk import NO_FILES, layers
from grader.containers.kafka import read
from grader.containers.kafka.addresses import network_of
from grader.containers.kafka.clients import servers_of
from grader.containers.kafka.configuration import Configuration, configuration_of, configured
from grader.containers.kafka.image_folders import DECLARED
from grader.containers.kafka.properties import read_lines
from grader.containers.kafka.start import Start, Surroundings, start_of
from grader.remembered import MAX_KEY_CHARACTERS, keeping
from tests.containers.projects import BASE, changed, kafka, mount, project, rules, service

VOLUME = (mount("data", "/var/lib/kafka/data"),)
# what else may be written for a variable; None: nothing
OTHERS: dict[str, tuple[str | None, ...]] = {
    "KAFKA_NODE_ID": ("2", "one"),
    "KAFKA_PROCESS_ROLES": ("controller", "broker", None),
    "KAFKA_CONTROLLER_QUORUM_VOTERS": ("1@kafka:9093", "1@localhost:29093"),
    "KAFKA_LISTENERS": ("PLAINTEXT://localhost:9092,CONTROLLER://:29093", "x"),
    "KAFKA_ADVERTISED_LISTENERS": ("OTHER://kafka:9092", "PLAINTEXT://mongodb:1"),
    "KAFKA_CONTROLLER_LISTENER_NAMES": ("PLAINTEXT", "CONTROLLER,X"),
    "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": ("PLAINTEXT:PLAINTEXT", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT"),
    "KAFKA_INTER_BROKER_LISTENER_NAME": ("X", None),
    "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": ("3", "x"),
    "KAFKA_AUTO_CREATE_TOPICS_ENABLE": ("false", "x"),
    "KAFKA_LOG_DIRS": ("/data", "/a,/a"),
    "KAFKA_HEAP_OPTS": ("-Xmx1x",),
    "KAFKA_LOG_CLEANER_THREADS": ("1000000",),
    "KAFKA_BROKER_SESSION_TIMEOUT_MS": ("1",),
    "KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS": ("100000",),
    "KAFKA_AUTHORIZER_CLASS_NAME": ("org.apache.kafka.metadata.authorizer.StandardAuthorizer",),
    "KAFKA_SECURITY_INTER_BROKER_PROTOCOL": ("PLAINTEXT", "x"),
}
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

    heard = keeping(shout, 2)
    for text in ("a", "b", "a", "c", "b", "a"):
        assert text.upper() == heard(text)
    long = "x" * MAX_KEY_CHARACTERS
    assert heard(long) == heard(long)

    assert ["a", "b", "c", "a", long, long] == asked


def start_alone_and_shared(environment: dict[str, str]) -> tuple[Start, Start]:
    """Return a start that shares nothing, and the one that others with the same environment share."""
    broker = service("kafka", environment, VOLUME)
    clients = project(broker, service("app", {"KAFKA_BOOTSTRAP_SERVERS": "kafka:9092"}))
    shared = configuration_of(configured(broker.environment))
    alone = Configuration(shared.environment, read_lines(shared.environment))
    around = Surroundings(
        network_of(clients, broker), layers(broker, DECLARED), NO_FILES, None, servers_of(clients, ("app",)), True
    )
    return Start((alone, around)), start_of((shared, around))


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_shared_is_what_would_be_found_anew(name: str) -> None:
    """Whoever has written the same in another order has asked before."""
    for text in OTHERS[name]:
        environment = changed(**{name: text})
        kafka(reordered(environment))
        alone, shared = start_alone_and_shared(environment)

        assert (text, alone.before, alone.after, alone.parts) == (text, shared.before, shared.after, shared.parts)
