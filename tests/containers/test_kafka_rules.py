"""One line a rule: which environment breaks it, what is logged, which variable is at fault."""

import pytest

from grader.containers.verdict import Verdict
from tests.containers.kafka_names import (
    ADVERTISED,
    BROKER_ID,
    DIRS,
    FAIL,
    INTER,
    LISTENERS,
    MAP,
    NODE,
    REFUSES,
    ROLES,
    SCRIPT,
    VOTERS,
    ZOOKEEPER,
    Row,
    assert_first_problem,
)
from tests.containers.projects import BASE, changed, kafka, rules, with_changes

TABLE: list[Row] = [
    ({ROLES: ""}, "roles-missing", SCRIPT, ROLES, "Running in Zookeeper mode...\nKAFKA_ZOOKEEPER_CONNECT is required."),
    ({ROLES: None, ZOOKEEPER: "zookeeper:2181"}, "roles-missing", SCRIPT, ROLES, "cub zk-ready zookeeper:2181 40"),
    ({"CLUSTER_ID": None}, "cluster-id-missing", SCRIPT, "CLUSTER_ID", "[/usr/local/bin/dub ensure CLUSTER_ID]"),
    ({ADVERTISED: ""}, "advertised-missing", SCRIPT, ADVERTISED, "KAFKA_ADVERTISED_LISTENERS is required."),
    ({ROLES: "controller"}, "advertised-on-controller", SCRIPT, ADVERTISED, "is not supported on a KRaft controller."),
    (
        {"KAFKA_ADVERTISED_PORT": "1"},
        "deprecated-variable",
        SCRIPT,
        "KAFKA_ADVERTISED_PORT",
        "advertised.port is deprec",
    ),
    (
        {"KAFKA_HOST": "h"},
        "deprecated-variable",
        SCRIPT,
        "KAFKA_HOST",
        "host is deprecated. Please use KAFKA_ADVERTISED_",
    ),
    (
        {ADVERTISED: "SASL_PLAINTEXT://kafka:9092"},
        "sasl-options-missing",
        SCRIPT,
        "KAFKA_OPTS",
        "KAFKA_OPTS is required.",
    ),
    ({"KAFKA_DATA_DIRS": "/nowhere"}, "data-dir-unwritable", SCRIPT, None, "dub path /nowhere writable] FAILED !"),
    (
        {DIRS: "/var/lib/kafka"},
        "log-dir-has-folders",
        REFUSES,
        DIRS,
        "Found directory /var/lib/kafka/data, 'data' is not in",
    ),
    ({DIRS: "/tmp"}, "log-dir-has-folders", REFUSES, DIRS, "Found directory /tmp/hsperfdata_appuser"),
    ({DIRS: "/tmp/a,/tmp/a/"}, "log-dir-twice", REFUSES, DIRS, "Duplicate log directory found: /tmp/a, /tmp/a"),
    (
        {MAP: "CONTROLLER:SASL_SSL,PLAINTEXT:PLAINTEXT"},
        "sasl-without-login",
        REFUSES,
        MAP,
        "'controller.KafkaServer' entry",
    ),
    ({MAP: "CONTROLLER:PLAINTEXT,PLAINTEXT:SSL"}, "ssl-without-keys", REFUSES, MAP, "SSLHandshakeException"),
    (
        {MAP: "CONTROLLER:SSL,PLAINTEXT:PLAINTEXT"},
        "ssl-without-keys",
        REFUSES,
        MAP,
        "unable to register with the control",
    ),
    (
        {"KAFKA_METRIC_REPORTERS": "no.Such"},
        "harmful-setting",
        REFUSES,
        "KAFKA_METRIC_REPORTERS",
        "Class no.Such cannot be",
    ),
    (
        {LISTENERS: "PLAINTEXT://:9092,CONTROLLER://:99999"},
        "port-out-of-range",
        REFUSES,
        LISTENERS,
        "port out of range:99999",
    ),
    (
        {LISTENERS: "PLAINTEXT://no:9092,CONTROLLER://:29093"},
        "bind-unknown-host",
        REFUSES,
        LISTENERS,
        "Unresolved address",
    ),
    (
        {LISTENERS: "PLAINTEXT://mongodb:9092,CONTROLLER://:29093"},
        "bind-foreign-host",
        REFUSES,
        LISTENERS,
        "Socket server failed to bind to mongodb:9092: Cannot assign requested address.",
    ),
    (
        {LISTENERS: "PLAINTEXT://10.9.9.9:9092,CONTROLLER://:29093"},
        "bind-foreign-host",
        REFUSES,
        LISTENERS,
        "Cannot assign",
    ),
    (
        {ADVERTISED: "PLAINTEXT://kafka:99092"},
        "advertised-port-out-of-range",
        REFUSES,
        ADVERTISED,
        "Invalid value 99092 for",
    ),
    (
        {VOTERS: "1@nosuch:29093"},
        "voter-unreachable",
        REFUSES,
        VOTERS,
        "unable to register with the controller quorum.",
    ),
    ({VOTERS: "1@0.0.0.0:0"}, "voter-unreachable", REFUSES, VOTERS, "unable to register with the controller quorum."),
    (
        {VOTERS: "1@kafka:29093,2@kafka2:1"},
        "voters-too-many",
        REFUSES,
        VOTERS,
        "unable to register with the controller",
    ),
    (
        {ROLES: "broker", VOTERS: "2@kafka:29093", LISTENERS: "PLAINTEXT://:9092"},
        "controller-missing",
        REFUSES,
        ROLES,
        "unable to register with the controller quorum.",
    ),
    (
        {ROLES: "controller", ADVERTISED: None, INTER: None, LISTENERS: "CONTROLLER://:29093"},
        "broker-missing",
        FAIL,
        ROLES,
        "disconnected",
    ),
    (
        {LISTENERS: "PLAINTEXT://:9093,CONTROLLER://:29093"},
        "client-port-unserved",
        FAIL,
        LISTENERS,
        "could not be establis",
    ),
    (
        {LISTENERS: "PLAINTEXT://127.0.0.1:9092,CONTROLLER://:29093"},
        "listener-out-of-reach",
        FAIL,
        LISTENERS,
        "not be est",
    ),
    (
        {ADVERTISED: "PLAINTEXT://localhost:9092"},
        "advertised-unreachable",
        FAIL,
        ADVERTISED,
        "(localhost:9092) could not",
    ),
    ({ADVERTISED: "PLAINTEXT://127.1:9092"}, "advertised-unreachable", FAIL, ADVERTISED, "(127.1:9092) could not be"),
    ({ADVERTISED: "PLAINTEXT://nosuch:9092"}, "advertised-unreachable", FAIL, ADVERTISED, "(nosuch:9092) could not be"),
    ({ADVERTISED: "PLAINTEXT://kafka:9999"}, "advertised-unreachable", FAIL, ADVERTISED, "(kafka:9999) could not be"),
    (
        {
            LISTENERS: "PLAINTEXT://:9094,CONTROLLER://:29093,EXTRA://:9092",
            MAP: "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,EXTRA:PLAINTEXT",
        },
        "listener-not-advertised",
        FAIL,
        ADVERTISED,
        "without a matching listener",
    ),
    (
        {"KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": None},
        "offsets-replication",
        FAIL,
        "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR",
        "The target replication factor of 3 cannot be reached because only 1 broker(s) are registered.",
    ),
    (
        {"KAFKA_AUTO_CREATE_TOPICS_ENABLE": "False"},
        "auto-create-off",
        FAIL,
        "KAFKA_AUTO_CREATE_TOPICS_ENABLE",
        "UNKNOWN_TOPIC_OR_PARTITION",
    ),
    (
        {"KAFKA_DEFAULT_REPLICATION_FACTOR": "-1"},
        "default-replication",
        FAIL,
        "KAFKA_DEFAULT_REPLICATION_FACTOR",
        "Invalid replication factor -1: the replication factor must be positive.",
    ),
    (
        {"KAFKA_MIN_INSYNC_REPLICAS": "2"},
        "min-insync-replicas",
        FAIL,
        "KAFKA_MIN_INSYNC_REPLICAS",
        "NOT_ENOUGH_REPLICAS",
    ),
]


@pytest.mark.parametrize("row", TABLE, ids=[f"{row[1]}-{at}" for at, row in enumerate(TABLE)])
def test_a_broken_rule_shows_as_in_the_container(row: Row) -> None:
    """The class, the variable at fault, and the text of the container."""
    assert_first_problem(row)


def test_all_problems_are_told_in_the_order_of_the_container() -> None:
    """Kafka stops at the first, the model goes on as far as the inputs of a rule are there."""
    model = with_changes(
        CLUSTER_ID="x",
        KAFKA_NODE_ID="one",
        KAFKA_CONTROLLER_LISTENER_NAMES="controller",
        KAFKA_ADVERTISED_LISTENERS="PLAINTEXT://localhost:9092",
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR="3",
    )

    assert [
        "node-id-type",
        "controller-name-unknown",
        "cluster-id-form",
        "advertised-unreachable",
        "offsets-replication",
    ] == rules(model.problems)


def test_an_untouched_service_shows_only_what_its_script_asks() -> None:
    """This is what the skeleton does: ZooKeeper mode."""
    model = kafka({})

    assert ("roles-missing", "KAFKA_PROCESS_ROLES") == (model.problems[0].rule, model.problems[0].variable)
    assert Verdict.IMAGE_SCRIPT_EXITS is model.verdict
    assert all(problem.marks is None for problem in model.problems)


def test_the_variable_is_named_as_it_was_written() -> None:
    """The rest of a name is lower-cased by the image, so any letters are good."""
    environment = {**changed(KAFKA_NODE_ID=None), "KAFKA_node_id": "one"}

    assert "KAFKA_node_id" == kafka(environment).problems[0].variable


@pytest.mark.parametrize(
    "changes",
    [
        {NODE: " 01 "},
        {NODE: None, BROKER_ID: "1"},
        {ROLES: "controller , broker"},
        {VOTERS: "1@kafka.:29093"},
        {VOTERS: "1@SOCIAL_COMMERCE_KAFKA:29093"},
        {VOTERS: "1@:29093"},
        {LISTENERS: "PLAINTEXT://[::]:9092,CONTROLLER://0:29093"},
        {LISTENERS: "PLAINTEXT://kafka:9092,CONTROLLER://localhost:29093", VOTERS: "1@127.0.0.1:29093"},
        {ADVERTISED: "PLAINTEXT://social_commerce_kafka:9092"},
        {ADVERTISED: "PLAINTEXT://kafka:0"},
        {MAP: None, INTER: None},
        {DIRS: "/var/lib/kafka/data,/var/lib/kafka/more"},
        {"KAFKA_HEAP_OPTS": "-Xmx512M -Xms256m"},
        {"KAFKA_CONFLUENT_LICENSE_TOPIC_REPLICATION_FACTOR": "1"},
        {"KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "3"},
    ],
)
def test_other_spellings_work(changes: dict[str, str | None]) -> None:
    """What the container takes is no problem."""
    assert [] == rules(with_changes(**changes).problems)


def test_the_recorded_base_works() -> None:
    """And its data is in the volume."""
    model = kafka(BASE)

    assert ((), Verdict.WORKS, None, True) == (model.problems, model.verdict, model.message, model.persisted)
