"""One line a rule: which environment breaks it, what is logged, which variable is at fault."""

import pytest

from grader.containers.verdict import Verdict
from tests.containers.projects import BASE, changed, kafka, rules, with_changes

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
TABLE: list[tuple[dict[str, str | None], str, Verdict, str | None, str]] = [
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


@pytest.mark.parametrize(
    ("changes", "rule", "verdict", "variable", "message"), TABLE, ids=[f"{row[1]}-{at}" for at, row in enumerate(TABLE)]
)
def test_a_broken_rule_shows_as_in_the_container(
    changes: dict[str, str | None], rule: str, verdict: Verdict, variable: str | None, message: str
) -> None:
    """The first problem has this rule; its marks are those of the variable, none where that is absent."""
    model = with_changes(**changes)
    problem = model.problems[0]

    assert (rule, verdict, variable) == (problem.rule, problem.verdict, problem.variable)
    assert message in problem.message
    assert (variable in changed(**changes)) == (problem.marks is not None)
    assert (verdict, problem.message) == (model.verdict, model.message)


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
