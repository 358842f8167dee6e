"""What stops the format step of Kafka: Java, ids, roles and voters first."""

import pytest

from tests.containers.kafka_names import (
    BROKER_ID,
    FORMAT,
    LISTENERS,
    MAP,
    NODE,
    ROLES,
    VOTERS,
    Row,
    assert_first_problem,
)

TABLE: list[Row] = [
    ({"KAFKA_HEAP_OPTS": '"-Xmx1G"'}, "java-options", FORMAT, "KAFKA_HEAP_OPTS", "Could not find or load main class"),
    (
        {"KAFKA_HEAP_OPTS": "-Xms2G -Xmx1G"},
        "java-options",
        FORMAT,
        "KAFKA_HEAP_OPTS",
        "Initial heap size set to a larger",
    ),
    ({"KAFKA_OPTS": "-Xmx1GB"}, "java-options", FORMAT, "KAFKA_OPTS", "Invalid maximum heap size: -Xmx1GB"),
    (
        {NODE: "1.0"},
        "node-id-type",
        FORMAT,
        NODE,
        "Invalid value 1.0 for configuration broker.id: Not a number of type INT",
    ),
    ({NODE: "2147483648"}, "node-id-type", FORMAT, NODE, "for configuration broker.id: Not a number of type INT"),
    ({NODE: None, BROKER_ID: "x"}, "node-id-type", FORMAT, BROKER_ID, "Invalid value x for configuration broker.id"),
    ({NODE: "x", BROKER_ID: "1"}, "node-id-type", FORMAT, NODE, "Invalid value x for configuration node.id"),
    (
        {BROKER_ID: "2"},
        "node-id-two-values",
        FORMAT,
        BROKER_ID,
        "You must set `node.id` to the same value as `broker.id`.",
    ),
    ({NODE: "-5"}, "node-id-missing", FORMAT, NODE, "Missing configuration `node.id` which is required"),
    (
        {ROLES: "broker,controller,"},
        "roles-unknown",
        FORMAT,
        ROLES,
        "Invalid value  for configuration process.roles: Str",
    ),
    ({ROLES: "broker,broker"}, "roles-duplicate", FORMAT, ROLES, "`process.roles`: ArrayBuffer(broker, broker)"),
    ({ROLES: " "}, "roles-blank", FORMAT, ROLES, "must be empty when not running in KRaft mode: [CONTROLLER]"),
    (
        {"KAFKA_LOG_RETENTION_HOURS": "abc"},
        "value-type",
        FORMAT,
        "KAFKA_LOG_RETENTION_HOURS",
        "Invalid value abc for config",
    ),
    ({"KAFKA_NUM_PARTITIONS": "0"}, "value-bounds", FORMAT, "KAFKA_NUM_PARTITIONS", "Value must be at least 1"),
    (
        {"KAFKA_COMPRESSION_TYPE": "rar"},
        "value-choice",
        FORMAT,
        "KAFKA_COMPRESSION_TYPE",
        "String must be one of: uncompr",
    ),
    ({VOTERS: "kafka:29093"}, "voters-form", FORMAT, VOTERS, "Each entry should be in the form `{id}@{host}:{port}`."),
    ({VOTERS: "one@kafka:29093"}, "voters-id", FORMAT, VOTERS, "Failed to parse voter ID as an integer from one"),
    (
        {VOTERS: "1@kafka"},
        "voters-address",
        FORMAT,
        VOTERS,
        "Failed to parse host name from entry 1@kafka for the config",
    ),
    ({VOTERS: "1@kafka:99999"}, "voters-port", FORMAT, VOTERS, "IllegalArgumentException: port out of range:99999"),
    ({MAP: "CONTROLLER=PLAINTEXT"}, "map-form", FORMAT, MAP, "begin 0, end -1, length 20"),
    ({MAP: ":PLAINTEXT"}, "map-form", FORMAT, MAP, "The provided listener name is null or empty string"),
    (
        {MAP: "CONTROLLER:TLS,PLAINTEXT:PLAINTEXT"},
        "map-protocol",
        FORMAT,
        MAP,
        "Invalid security protocol `TLS` defined in",
    ),
    (
        {LISTENERS: "PLAINTEXT://0.0.0.0,CONTROLLER://:29093"},
        "listeners-parse",
        FORMAT,
        LISTENERS,
        "to a broker endpoint",
    ),
    ({LISTENERS: "://:9092,CONTROLLER://:29093"}, "listeners-parse", FORMAT, LISTENERS, "null or empty string"),
    (
        {LISTENERS: "PLAINTEXT://:9092;CONTROLLER://:29093"},
        "listeners-parse",
        FORMAT,
        LISTENERS,
        "No security protocol defined for listener PLAINTEXT://:9092;CONTROLLER",
    ),
    ({LISTENERS: "x", MAP: None}, "listeners-parse", FORMAT, LISTENERS, "Unable to parse a listener name from x"),
    (
        {MAP: "PLAINTEXT:PLAINTEXT"},
        "listener-without-protocol",
        FORMAT,
        MAP,
        "No security protocol defined for listener CON",
    ),
    (
        {LISTENERS: "A://:1,A://:2", MAP: "A:PLAINTEXT"},
        "listeners-same-name",
        FORMAT,
        LISTENERS,
        "must have a different name",
    ),
    (
        {LISTENERS: "PLAINTEXT://:1,CONTROLLER://:1"},
        "listeners-same-port",
        FORMAT,
        LISTENERS,
        "must have a different port, l",
    ),
    (
        {LISTENERS: "PLAINTEXT://0.0.0.0:1,CONTROLLER://127.0.0.1:1"},
        "listeners-same-port",
        FORMAT,
        LISTENERS,
        "one needs to be IPv4 and the other IPv6",
    ),
    (
        {LISTENERS: "PLAINTEXT://0.0.0.0:1,CONTROLLER://:1"},
        "listeners-same-port",
        FORMAT,
        LISTENERS,
        "must have a different port unless exactly one listener has an IPv4 address",
    ),
    (
        {"KAFKA_EARLY_START_LISTENERS": "NOPE"},
        "early-start-unknown",
        FORMAT,
        "KAFKA_EARLY_START_LISTENERS",
        "early.start.listeners contains listener NOPE",
    ),
    (
        {"KAFKA_INTER_BROKER_PROTOCOL_VERSION": "2.8"},
        "value-unfit",
        FORMAT,
        "KAFKA_INTER_BROKER_PROTOCOL_VERSION",
        "A non-KRaft version 2.8 given for inter.broker.protocol.version. The minimum version is 3.0-IV1",
    ),
    (
        {"KAFKA_LOG_CLEANER_THREADS": "0"},
        "value-unfit",
        FORMAT,
        "KAFKA_LOG_CLEANER_THREADS",
        "ArithmeticException: / by zero",
    ),
]


@pytest.mark.parametrize("row", TABLE, ids=[f"{row[1]}-{at}" for at, row in enumerate(TABLE)])
def test_the_format_step_says_what_the_container_says(row: Row) -> None:
    """The class, the variable at fault, and the text of the container."""
    assert_first_problem(row)
