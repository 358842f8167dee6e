"""Further settings that a student may add and that keep the broker from starting or its clients from working.

All of them seen on running containers with Kafka 3.6.1. Only what does harm beyond doubt is listed; the bounds of the
types are in `typed`, what does not fit together in `number_rules`.
"""

from collections.abc import Iterator

from grader.containers.kafka.configuration import Configuration
from grader.containers.kafka.texts import unregistered
from grader.containers.kafka.typed import BOOLEANS
from grader.containers.verdict import Fault, Verdict

AUTHORIZER = "authorizer.class.name"
KRAFT_AUTHORIZER = "org.apache.kafka.metadata.authorizer.StandardAuthorizer"
NOBODY = "User:ANONYMOUS"  # who connects without a log-in
RECORDING_LEVELS = ("INFO", "DEBUG", "TRACE")
NO_ZOOKEEPER = "java.lang.IllegalArgumentException: A HostProvider may not be empty!"

CLIENT_SESSION_MS = 45_000  # what librdkafka and Java's consumer ask for
MIN_SEGMENT_BYTES = 8 * 1024 * 1024
MIN_REQUEST_BYTES = 512  # the broker's own registration is longer than 100 bytes
MIN_REGISTRATION_MS = 250  # 200 ms were too short, 1000 ms enough
MIN_MESSAGE_BYTES = 512  # what a consumer group notes of itself: 300 were too few, 1000 enough
MIN_CONNECTIONS = 3

# the settings below: a configuration without any of them need not be looked at
WATCHED = frozenset(
    {
        *(AUTHORIZER, "kafka.metrics.reporters", "metric.reporters", "metrics.recording.level"),
        *("zookeeper.metadata.migration.enable", "metadata.log.segment.bytes", "replica.selector.class"),
        *("controller.quorum.election.timeout.ms", "remote.log.storage.system.enable", "socket.request.max.bytes"),
        *("initial.broker.registration.timeout.ms", "broker.session.timeout.ms", "broker.heartbeat.interval.ms"),
        *("max.connections", "max.connections.per.ip", "group.min.session.timeout.ms", "group.max.session.timeout.ms"),
        *("message.max.bytes", "log.segment.bytes", "group.coordinator.new.enable", "request.timeout.ms"),
    }
)


def early_extras(config: Configuration) -> Iterator[Fault]:
    """Yield what stops the process before it opens anything."""
    yield from _classes(config, "kafka.metrics.reporters", "java.lang.ClassNotFoundException: {name}")
    level = config.text("metrics.recording.level")
    if level is not None and level.upper() not in RECORDING_LEVELS:
        text = f"No enum constant org.apache.kafka.common.metrics.Sensor.RecordingLevel.{level.upper()}"
        yield _refused(config, "metrics.recording.level", f"java.lang.IllegalArgumentException: {text}")
    segment = config.number("metadata.log.segment.bytes", MIN_SEGMENT_BYTES)
    if segment < config.number("metadata.log.segment.min.bytes", MIN_SEGMENT_BYTES):
        text = f"Cannot set metadata.log.segment.bytes below {MIN_SEGMENT_BYTES}: {segment}"
        message = f"org.apache.kafka.common.errors.InvalidConfigurationException: {text}"
        yield _refused(config, "metadata.log.segment.bytes", message)
    if config.number("controller.quorum.election.timeout.ms", 1) < 0:
        message = "java.lang.IllegalArgumentException: bound must be positive"
        yield _refused(config, "controller.quorum.election.timeout.ms", message)
    if config.values.get("zookeeper.metadata.migration.enable") is True:
        yield _refused(config, "zookeeper.metadata.migration.enable", NO_ZOOKEEPER)
    yield from _authorizer_class(config)


def late_extras(config: Configuration) -> Iterator[Fault]:
    """Yield what stops the broker half."""
    yield from _classes(
        config, "metric.reporters", "org.apache.kafka.common.KafkaException: Class {name} cannot be found"
    )
    yield from _classes(config, "replica.selector.class", "java.lang.ClassNotFoundException: {name}")
    remote = config.values.get("remote.log.storage.system.enable") is True
    if remote and not config.text("remote.log.storage.manager.class.name"):
        yield _refused(config, "remote.log.storage.system.enable", "java.lang.NullPointerException")
    if config.text(AUTHORIZER) == KRAFT_AUTHORIZER and not _nobody_may(config):
        why = f"Unable to register broker {config.node_id} because the controller returned error "
        why += "CLUSTER_AUTHORIZATION_FAILED\n"
        yield _refused(config, AUTHORIZER, why + unregistered(config.node_id))
    for name, minimum in (
        ("socket.request.max.bytes", MIN_REQUEST_BYTES),
        ("initial.broker.registration.timeout.ms", MIN_REGISTRATION_MS),
        ("max.connections", 1),
        ("broker.session.timeout.ms", 100),
    ):
        if config.number(name, minimum) < minimum:
            yield _refused(config, name, unregistered(config.node_id))


def client_extras(config: Configuration) -> Iterator[Fault]:
    """Yield what lets the broker start and keeps its clients from working."""
    if WATCHED.isdisjoint(config.texts):
        return
    outside = "The session timeout is not within the range allowed by the broker (as configured by "
    outside += "group.min.session.timeout.ms and group.max.session.timeout.ms)."
    if config.number("group.min.session.timeout.ms", 0) > CLIENT_SESSION_MS:
        yield _unusable(config, "group.min.session.timeout.ms", f"InvalidSessionTimeoutException: {outside}")
    if config.number("group.max.session.timeout.ms", CLIENT_SESSION_MS) < CLIENT_SESSION_MS:
        yield _unusable(config, "group.max.session.timeout.ms", f"InvalidSessionTimeoutException: {outside}")
    if config.number("message.max.bytes", MIN_MESSAGE_BYTES) < MIN_MESSAGE_BYTES:
        text = "The request included a message larger than the max message size the server will accept."
        yield _unusable(config, "message.max.bytes", f"RecordTooLargeException: {text}")
    if config.number("log.segment.bytes", MIN_MESSAGE_BYTES) < MIN_MESSAGE_BYTES:
        text = "The request included message batch larger than the configured segment size on the server."
        yield _unusable(config, "log.segment.bytes", f"RecordBatchTooLargeException: {text}")
    if config.values.get("group.coordinator.new.enable") is True:
        yield _unusable(config, "group.coordinator.new.enable", "The version of API is not supported.")
    if config.number("request.timeout.ms", 1) < 1:
        yield _unusable(config, "request.timeout.ms", "UNKNOWN_TOPIC_OR_PARTITION")
    heartbeat = config.number("broker.heartbeat.interval.ms", 2000)
    if config.number("broker.session.timeout.ms", heartbeat) < heartbeat:
        yield _unusable(config, "broker.session.timeout.ms", "The broker is fenced between two of its heartbeats.")
    for name in ("max.connections", "max.connections.per.ip"):
        if config.number(name, MIN_CONNECTIONS) < MIN_CONNECTIONS:
            yield _unusable(config, name, "Bootstrap broker disconnected")


def _authorizer_class(config: Configuration) -> Iterator[Fault]:
    name = config.text(AUTHORIZER)
    if not name or name == KRAFT_AUTHORIZER:
        return
    message = f"java.lang.ClassNotFoundException: {name}"
    if name == "kafka.security.authorizer.AclAuthorizer":
        message = NO_ZOOKEEPER
    yield _refused(config, AUTHORIZER, message)


def _nobody_may(config: Configuration) -> bool:
    everyone = (config.text("allow.everyone.if.no.acl.found") or "").lower()
    users = (config.text("super.users") or "").split(";")
    return BOOLEANS.get(everyone, False) or any(user.strip() == NOBODY for user in users)


def _classes(config: Configuration, name: str, message: str) -> Iterator[Fault]:
    value = config.values.get(name)
    for word in value if isinstance(value, list) else (value,):
        if isinstance(word, str) and word and not word.startswith(("org.apache.kafka.", "kafka.")):
            yield _refused(config, name, message.format(name=word))
            return


def _refused(config: Configuration, name: str, message: str) -> Fault:
    explanation = f"With this value of {name} the broker does not start."
    return config.fault("harmful-setting", Verdict.BROKER_REFUSES, name, message, explanation)


def _unusable(config: Configuration, name: str, message: str) -> Fault:
    explanation = f"With this value of {name} clients cannot work with the broker."
    return config.fault("harmful-setting", Verdict.CLIENTS_FAIL, name, message, explanation)
