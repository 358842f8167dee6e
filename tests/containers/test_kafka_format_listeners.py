"""What stops the format step of Kafka further on: listeners, their names, and the log directories."""

import pytest

from tests.containers.kafka_names import (
    ADVERTISED,
    CONTROLLER,
    DIRS,
    FORMAT,
    INTER,
    LISTENERS,
    NODE,
    ROLES,
    VOTERS,
    Row,
    assert_first_problem,
)

TABLE: list[Row] = [
    (
        {"KAFKA_LOG_RETENTION_MS": "0"},
        "value-unfit",
        FORMAT,
        "KAFKA_LOG_RETENTION_MS",
        "log.retention.ms must be unlimited",
    ),
    (
        {DIRS: ","},
        "log-dirs-empty",
        FORMAT,
        DIRS,
        "At least one log directory must be defined via log.dirs or log.dir.",
    ),
    (
        {ADVERTISED: "PLAINTEXT://kafka"},
        "advertised-parse",
        FORMAT,
        ADVERTISED,
        "Unable to parse PLAINTEXT://kafka to a",
    ),
    (
        {ADVERTISED: "PLAINTEXT://kafka:1,PLAINTEXT://kafka:2"},
        "advertised-same-name",
        FORMAT,
        ADVERTISED,
        "must have a different name, listeners: PLAINTEXT://kafka:1,PLAINTEXT://kafka:2",
    ),
    ({VOTERS: ""}, "voters-missing", FORMAT, VOTERS, "must contain a parseable set of voters."),
    (
        {"KAFKA_CONTROL_PLANE_LISTENER_NAME": "CONTROLLER"},
        "control-plane-listener",
        FORMAT,
        "KAFKA_CONTROL_PLANE_LISTENER_NAME",
        "control.plane.listener.name is not supported in KRaft mode.",
    ),
    (
        {ADVERTISED: "PLAINTEXT://kafka:9092,CONTROLLER://kafka:29093"},
        "advertised-controller",
        FORMAT,
        ADVERTISED,
        "they only send requests to KRaft brokers.",
    ),
    (
        {NODE: "2"},
        "node-id-not-voter",
        FORMAT,
        VOTERS,
        "the node id 2 must be included in the set of voters controller.quor",
    ),
    (
        {CONTROLLER: None},
        "controller-names-missing",
        FORMAT,
        CONTROLLER,
        "must contain at least one value appearing in",
    ),
    (
        {CONTROLLER: "controller"},
        "controller-name-unknown",
        FORMAT,
        CONTROLLER,
        "must contain at least one value appearing",
    ),
    (
        {CONTROLLER: "CONTROLLER, B"},
        "controller-names-only",
        FORMAT,
        CONTROLLER,
        "must only contain values appearing in",
    ),
    (
        {"KAFKA_SECURITY_INTER_BROKER_PROTOCOL": "PLAINTEXT"},
        "inter-broker-twice",
        FORMAT,
        "KAFKA_SECURITY_INTER_BROKER_PROTOCOL",
        "Only one of inter.broker.listener.name and security.inter.broker.protocol should be set.",
    ),
    ({INTER: ""}, "inter-broker-empty", FORMAT, INTER, "The provided listener name is null or empty string"),
    (
        {INTER: "internal"},
        "inter-broker-unknown",
        FORMAT,
        INTER,
        "Listener with name INTERNAL defined in inter.broker.lis",
    ),
    (
        {INTER: "CONTROLLER"},
        "inter-broker-not-advertised",
        FORMAT,
        INTER,
        "currently configured listeners are PLAINTEXT",
    ),
    ({ADVERTISED: " "}, "advertised-empty", FORMAT, ADVERTISED, "There must be at least one advertised listener."),
    (
        {LISTENERS: "CONTROLLER://:29093"},
        "advertised-unknown-listener",
        FORMAT,
        ADVERTISED,
        "Found PLAINTEXT. The valid",
    ),
    (
        {ADVERTISED: "PLAINTEXT://0.0.0.0:1"},
        "advertised-meta-address",
        FORMAT,
        ADVERTISED,
        "the nonroutable meta-address",
    ),
    ({ROLES: "broker"}, "broker-is-voter", FORMAT, ROLES, "the node id 1 must not be included in the set of voters"),
    (
        {ROLES: "broker", VOTERS: "2@h:1"},
        "controller-on-broker",
        FORMAT,
        LISTENERS,
        "must not contain a value appearing",
    ),
    (
        {ROLES: "controller", ADVERTISED: None, INTER: None},
        "listeners-on-controller",
        FORMAT,
        LISTENERS,
        "must only contain KRaft controller listeners from controller.listener.names when process.roles=controller",
    ),
    (
        {"CLUSTER_ID": "my-cluster"},
        "cluster-id-form",
        FORMAT,
        "CLUSTER_ID",
        "Cluster ID string my-cluster does not appear",
    ),
    ({"CLUSTER_ID": "my cluster"}, "cluster-id-form", FORMAT, "CLUSTER_ID", "unrecognized arguments: 'cluster'"),
    (
        {DIRS: "/kafka-data"},
        "log-dir-unwritable",
        FORMAT,
        DIRS,
        "Unable to create storage directory /kafka-data: /kafka-data",
    ),
    (
        {DIRS: "/data/kafka"},
        "log-dir-unwritable",
        FORMAT,
        DIRS,
        "Unable to create storage directory /data/kafka: /data",
    ),
    ({DIRS: "/var/lib"}, "log-dir-unwritable", FORMAT, DIRS, "/var/lib/meta.properties.tmp (Permission denied)"),
]


@pytest.mark.parametrize("row", TABLE, ids=[f"{row[1]}-{at}" for at, row in enumerate(TABLE)])
def test_the_format_step_says_what_the_container_says(row: Row) -> None:
    """The class, the variable at fault, and the text of the container."""
    assert_first_problem(row)
