"""Further settings that do harm, and their harmless neighbours."""

import pytest

from grader.containers.verdict import Verdict
from tests.containers.projects import with_changes

REFUSES = Verdict.BROKER_REFUSES
FAIL = Verdict.CLIENTS_FAIL
WORKS = Verdict.WORKS
STANDARD = "org.apache.kafka.metadata.authorizer.StandardAuthorizer"
AUTHORIZER = "KAFKA_AUTHORIZER_CLASS_NAME"


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({AUTHORIZER: STANDARD}, REFUSES),
        ({AUTHORIZER: STANDARD, "KAFKA_SUPER_USERS": "User:admin,User:ANONYMOUS"}, REFUSES),
        ({AUTHORIZER: STANDARD, "KAFKA_SUPER_USERS": "User:admin;User:ANONYMOUS"}, WORKS),
        ({AUTHORIZER: STANDARD, "KAFKA_ALLOW_EVERYONE_IF_NO_ACL_FOUND": "true"}, WORKS),
        ({AUTHORIZER: "kafka.security.auth.SimpleAclAuthorizer"}, REFUSES),
        ({AUTHORIZER: "kafka.security.authorizer.AclAuthorizer"}, REFUSES),
        ({AUTHORIZER: ""}, WORKS),
        ({"KAFKA_METRIC_REPORTERS": "org.apache.kafka.common.metrics.JmxReporter"}, WORKS),
        ({"KAFKA_METRIC_REPORTERS": ""}, WORKS),
        ({"KAFKA_METRIC_REPORTERS": "io.confluent.metrics.reporter.ConfluentMetricsReporter"}, REFUSES),
        ({"KAFKA_KAFKA_METRICS_REPORTERS": "no.such.Class"}, REFUSES),
        ({"KAFKA_REPLICA_SELECTOR_CLASS": "no.such.Class"}, REFUSES),
        ({"KAFKA_METRICS_RECORDING_LEVEL": "debug"}, WORKS),
        ({"KAFKA_METRICS_RECORDING_LEVEL": "FOO"}, REFUSES),
        ({"KAFKA_ZOOKEEPER_METADATA_MIGRATION_ENABLE": "true"}, REFUSES),
        ({"KAFKA_REMOTE_LOG_STORAGE_SYSTEM_ENABLE": "true"}, REFUSES),
        ({"KAFKA_METADATA_LOG_SEGMENT_BYTES": "100"}, REFUSES),
        ({"KAFKA_INITIAL_BROKER_REGISTRATION_TIMEOUT_MS": "200"}, REFUSES),
        ({"KAFKA_INITIAL_BROKER_REGISTRATION_TIMEOUT_MS": "1000"}, WORKS),
        ({"KAFKA_BROKER_SESSION_TIMEOUT_MS": "1"}, REFUSES),
        ({"KAFKA_BROKER_SESSION_TIMEOUT_MS": "1500"}, FAIL),
        ({"KAFKA_BROKER_SESSION_TIMEOUT_MS": "18000"}, WORKS),
        ({"KAFKA_SOCKET_REQUEST_MAX_BYTES": "100"}, REFUSES),
        ({"KAFKA_MAX_CONNECTIONS": "0"}, REFUSES),
        ({"KAFKA_MAX_CONNECTIONS": "1"}, FAIL),
        ({"KAFKA_MAX_CONNECTIONS_PER_IP": "1"}, FAIL),
        ({"KAFKA_MAX_CONNECTIONS": "100"}, WORKS),
        ({"KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS": "60000"}, FAIL),
        ({"KAFKA_GROUP_MAX_SESSION_TIMEOUT_MS": "10000"}, FAIL),
        ({"KAFKA_GROUP_MAX_SESSION_TIMEOUT_MS": "60000"}, WORKS),
        ({"KAFKA_MESSAGE_MAX_BYTES": "300"}, FAIL),
        ({"KAFKA_MESSAGE_MAX_BYTES": "1000"}, WORKS),
        ({"KAFKA_LOG_SEGMENT_BYTES": "14"}, FAIL),
        ({"KAFKA_REQUEST_TIMEOUT_MS": "0"}, FAIL),
        ({"KAFKA_GROUP_COORDINATOR_NEW_ENABLE": "true"}, FAIL),
        ({"KAFKA_LOG_CLEANUP_POLICY": "compact"}, WORKS),
    ],
)
def test_a_further_setting_does_harm_or_not(changes: dict[str, str | None], verdict: Verdict) -> None:
    """Where it does, the problem names its variable."""
    model = with_changes(**changes)

    assert verdict is model.verdict
    if verdict is not WORKS:
        assert ("harmful-setting", True) == (model.problems[0].rule, model.problems[0].variable in changes)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"KAFKA_QUEUED_MAX_REQUEST_BYTES": "100"}, "must be larger or equal to socket.request.max.bytes"),
        ({"KAFKA_MAX_CONNECTIONS_PER_IP": "0"}, "max.connections.per.ip can be set to zero only if"),
        ({"KAFKA_CONNECTIONS_MAX_IDLE_MS": "50"}, "to prevent failed authentication responses from timing out"),
        ({"KAFKA_REPLICA_FETCH_WAIT_MAX_MS": "40000"}, "to prevent unnecessary socket timeouts"),
        ({"KAFKA_REPLICA_LAG_TIME_MAX_MS": "100"}, "to prevent frequent changes in ISR"),
        ({"KAFKA_OFFSETS_COMMIT_REQUIRED_ACKS": "5"}, "less or equal to offsets.topic.replication.factor"),
        ({"KAFKA_OFFSETS_TOPIC_COMPRESSION_CODEC": "9"}, "Unknown compression type id: 9"),
        ({"KAFKA_LOG_CLEANER_DEDUPE_BUFFER_SIZE": "100"}, "must be at least 1MB per cleaner thread."),
        ({"KAFKA_LOG_ROLL_MS": "0"}, "log.roll.ms must be greater than or equal to 1"),
        ({"KAFKA_LOG_ROLL_JITTER_MS": "-1"}, "log.roll.jitter.ms must be greater than or equal to 0"),
        ({"KAFKA_GROUP_CONSUMER_HEARTBEAT_INTERVAL_MS": "1"}, "greater than or equals to group.consumer.min.heartbeat"),
        ({"KAFKA_GROUP_CONSUMER_SESSION_TIMEOUT_MS": "99999"}, "less than or equals to group.consumer.max.session"),
        ({"KAFKA_MAX_CONNECTIONS_PER_IP_OVERRIDES": "a"}, "begin 0, end -1, length 1"),
        ({"KAFKA_MAX_CONNECTIONS_PER_IP_OVERRIDES": "a:x"}, 'NumberFormatException: For input string: "x"'),
    ],
)
def test_settings_that_do_not_fit_each_other_are_refused(changes: dict[str, str | None], text: str) -> None:
    """As KafkaConfig says it."""
    model = with_changes(**changes)

    assert ("value-unfit", Verdict.STORAGE_FORMAT_FAILS) == (model.problems[0].rule, model.verdict)
    assert text in (model.message or "")
