"""From variables to properties, as the image and Java do it."""

import pytest

from grader.containers.kafka.configuration import derived_listeners
from grader.containers.kafka.properties import property_name, read_lines, variable_name
from tests.containers.projects import kafka


@pytest.mark.parametrize(
    ("variable", "expected"),
    [
        ("NODE_ID", "node.id"),
        ("node_id", "node.id"),
        ("NODE__ID", "node_id"),
        ("NODE___ID", "node-id"),
        ("NODE____ID", "node-_id"),
        ("NODE_____ID", "node-_id"),
        ("NODE______ID", "node--id"),
        ("_NODE_ID_", "_node.id_"),
        ("NODEID", "nodeid"),
        ("", ""),
        ("_", "_"),
    ],
)
def test_underscores_become_dots_dashes_and_underscores(variable: str, expected: str) -> None:
    """One is a dot, two are one of them, three a dash; a single one at an end stays."""
    assert expected == property_name(variable)


@pytest.mark.parametrize("name", ["node.id", "log.dirs", "listener.security.protocol.map"])
def test_the_usual_variable_of_a_property_leads_back_to_it(name: str) -> None:
    """So that a missing property can be named as a student would write it."""
    assert name == property_name(variable_name(name).removeprefix("KAFKA_"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  1", [("node.id", "1")]),
        ("1  ", [("node.id", "1  ")]),
        (r"a\tb", [("node.id", "a\tb")]),
        (r"a\qb", [("node.id", "aqb")]),
        (r"\u0031", [("node.id", "1")]),
        ("1\nlog.dirs=/x", [("node.id", "1"), ("log.dirs", "/x")]),
        ("1,\nCONTROLLER://h:1", [("node.id", "1,"), ("CONTROLLER", "//h:1")]),
        ("a,\\\n   b", [("node.id", "a,b")]),
        ("1\n# a comment\n! another", [("node.id", "1")]),
        ("1\n", [("node.id", "1")]),
        ("ü", [("node.id", "Ã¼")]),
    ],
)
def test_a_value_is_read_as_a_java_properties_file(value: str, expected: list[tuple[str, str]]) -> None:
    """Leading blanks vanish, a backslash is an escape, a line break ends the value."""
    found = read_lines({"KAFKA_NODE_ID": value})

    assert expected == [(entry.name, entry.value) for entry in found]


def test_a_backslash_at_the_end_swallows_the_next_line() -> None:
    """Java continues a line that ends with one."""
    environment = {"KAFKA_NODE_ID": "1\\", "KAFKA_LOG_DIRS": "/x"}

    assert [("node.id", "1log.dirs=/x")] == [(entry.name, entry.value) for entry in read_lines(environment)]


@pytest.mark.parametrize("name", ["KAFKA_OPTS", "KAFKA_JMX_OPTS", "KAFKA_VERSION", "KAFKA_LOG4J_LOGGERS", "OTHER_NAME"])
def test_some_variables_make_no_property(name: str) -> None:
    """The template leaves them out, or they lack the prefix."""
    assert [] == read_lines({name: "x"})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("KAFKA_HEAP_OPTS", "heap.opts"),
        ("KAFKA_LOG4J_OPTS", "log4j.opts"),
        ("KAFKA_ZOOKEEPER_CLIENT_CNXN_SOCKET", "zookeeper.clientCnxnSocket"),
        ("CONFLUENT_SUPPORT_METRICS_ENABLE", "confluent.support.metrics.enable"),
    ],
)
def test_some_names_are_special(name: str, expected: str) -> None:
    """Two are not left out although they were meant to be, one is renamed, one prefix is another."""
    assert [expected] == [entry.name for entry in read_lines({name: "x"})]


def test_every_property_tells_where_it_comes_from() -> None:
    """Written variables carry their marks; what image and script add does not."""
    properties = {entry.name: entry for entry in kafka({"KAFKA_NODE_ID": "1"}).properties}

    assert ("KAFKA_NODE_ID", "written") == (properties["node.id"].variable, properties["node.id"].origin)
    assert properties["node.id"].marks is not None
    assert (None, "script") == (properties["log.dirs"].variable, properties["log.dirs"].origin)
    assert (None, "image") == (properties["zookeeper.connect"].variable, properties["zookeeper.connect"].origin)


@pytest.mark.parametrize(
    ("advertised", "expected"),
    [
        ("PLAINTEXT://kafka:9092", "PLAINTEXT://0.0.0.0:9092"),
        ("A://x:1,B://y:2", "A://0.0.0.0:1,B://0.0.0.0:2"),
        ("A://:1", "A://0.0.0.0:1"),
        ("A://kafka", "A://kafka"),
        ("kafka:9092", "kafka:9092"),
    ],
)
def test_listeners_are_derived_from_the_advertised_ones(advertised: str, expected: str) -> None:
    """Every host becomes 0.0.0.0; what has no port stays as it is."""
    assert expected == derived_listeners(advertised)
