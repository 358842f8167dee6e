"""What Kafka asks of settings that must fit each other: retention, cleaner, replicas, connections, group timeouts.

Kafka 3.6: the constructor of `KafkaConfig` and its `validateValues`, the parts that are not about listeners and roles.
None of these settings is part of the exercise; a student may add any of them.
"""

from collections.abc import Iterator

from grader.containers.kafka.configuration import Configuration
from grader.containers.kafka.java import parse_integer
from grader.containers.kafka.listeners import map_items
from grader.containers.kafka.texts import FORMAT, argument_exception, config_exception, requirement, thrown
from grader.containers.kafka.typed import supports_kraft, version_of
from grader.containers.verdict import Fault

HOUR_MS = 60 * 60 * 1000
MINUTE_MS = 60 * 1000
CLEANER_BYTES_PER_THREAD = 1024 * 1024
OVERRIDES = "max.connections.per.ip.overrides"
VERSION = "inter.broker.protocol.version"
CODEC = "offsets.topic.compression.codec"
MAX_CODEC = 4

# name and default of the settings that are compared
DEFAULTS: dict[str, float] = {
    "log.cleaner.dedupe.buffer.size": 134217728,
    "log.cleaner.threads": 1,
    "replica.fetch.wait.max.ms": 500,
    "replica.socket.timeout.ms": 30000,
    "replica.lag.time.max.ms": 30000,
    "offsets.commit.required.acks": -1,
    "offsets.topic.replication.factor": 3,
    "queued.max.request.bytes": -1,
    "socket.request.max.bytes": 104857600,
    "max.connections.per.ip": 2147483647,
    "connection.failed.authentication.delay.ms": 100,
    "connections.max.idle.ms": 600000,
    "group.consumer.session.timeout.ms": 45000,
    "group.consumer.min.session.timeout.ms": 45000,
    "group.consumer.max.session.timeout.ms": 60000,
    "group.consumer.heartbeat.interval.ms": 5000,
    "group.consumer.min.heartbeat.interval.ms": 5000,
    "group.consumer.max.heartbeat.interval.ms": 15000,
}
# what the rules below look at, part by part: the defaults fit, so a part of which nothing is set is passed over
LOG_TIMES = frozenset(
    {
        *("log.roll.ms", "log.roll.hours", "log.roll.jitter.ms", "log.roll.jitter.hours"),
        *("log.retention.ms", "log.retention.minutes", "log.retention.hours"),
    }
)
CLEANER = frozenset({"log.cleaner.threads", "log.cleaner.dedupe.buffer.size"})
REPLICAS = frozenset(
    {
        *("replica.fetch.wait.max.ms", "replica.socket.timeout.ms", "replica.lag.time.max.ms"),
        *("offsets.commit.required.acks", "offsets.topic.replication.factor"),
    }
)
LATE = frozenset({*DEFAULTS, OVERRIDES}) - CLEANER - REPLICAS


def early_number_rules(config: Configuration) -> Iterator[Fault]:
    """Yield what the constructor stops at before it compares anything."""
    if OVERRIDES in config.texts:
        yield from _overrides(config)
    version = config.values.get(VERSION)
    full = version_of(version) if isinstance(version, str) else None
    if full is not None and not supports_kraft(full):
        message = f"A non-KRaft version {version} given for {VERSION}. The minimum version is 3.0-IV1"
        yield _unfit(config, VERSION, config_exception(message))
    codec = config.number(CODEC, 0)
    if not 0 <= codec <= MAX_CODEC:
        yield _unfit(config, CODEC, argument_exception(f"Unknown compression type id: {codec}"))


def number_rules(config: Configuration) -> Iterator[Fault]:
    """Yield what `validateValues` asks between the identity and the advertised listeners."""
    if not LOG_TIMES.isdisjoint(config.texts):
        yield from _log_times(config)
    if not config.log_dirs and "log.dirs" in config.texts:
        message = requirement("At least one log directory must be defined via log.dirs or log.dir.")
        yield config.fault("log-dirs-empty", FORMAT, "log.dirs", message, "No log directory is named.")
    if config.values.get("remote.log.storage.system.enable") is True and len(config.log_dirs) > 1:
        shown = ",".join(config.log_dirs)
        message = f"Multiple log directories `{shown}` are not supported when remote log storage is enabled"
        yield _unfit(config, "log.dirs", config_exception(message))
    if not CLEANER.isdisjoint(config.texts):
        yield from _cleaner(config)
    if not REPLICAS.isdisjoint(config.texts):
        yield from _replicas(config)


def late_number_rules(config: Configuration) -> Iterator[Fault]:
    """Yield what `validateValues` asks after the rules of the roles."""
    if LATE.isdisjoint(config.texts):
        return
    queued = _value(config, "queued.max.request.bytes")
    if 0 < queued < _value(config, "socket.request.max.bytes"):
        text = "queued.max.request.bytes must be larger or equal to socket.request.max.bytes"
        yield _unfit(config, "queued.max.request.bytes", requirement(text))
    if _value(config, "max.connections.per.ip") == 0 and not config.text(OVERRIDES):
        text = f"max.connections.per.ip can be set to zero only if {OVERRIDES} property is set."
        yield _unfit(config, "max.connections.per.ip", requirement(text))
    idle = _value(config, "connections.max.idle.ms")
    delay = _value(config, "connection.failed.authentication.delay.ms")
    if 0 <= idle <= delay:
        text = f"connection.failed.authentication.delay.ms={delay} should always be less than "
        text += f"connections.max.idle.ms={idle} to prevent failed authentication responses from timing out"
        yield _unfit(config, "connections.max.idle.ms", requirement(text))
    yield from _group_bounds(config, "heartbeat.interval.ms")
    yield from _group_bounds(config, "session.timeout.ms")


def _value(config: Configuration, name: str) -> float:
    return config.number(name, DEFAULTS[name])


def _unfit(config: Configuration, name: str, message: str) -> Fault:
    explanation = f"{name} does not fit the other settings, or this version of Kafka."
    return config.fault("value-unfit", FORMAT, name, message, explanation)


def _overrides(config: Configuration) -> Iterator[Fault]:
    for item in map_items(config.text(OVERRIDES) or ""):
        _, colon, number = item.rpartition(":")
        if not colon:
            reason = f"begin 0, end -1, length {len(item)}"
            yield _unfit(
                config, OVERRIDES, argument_exception(f"Error parsing configuration property '{OVERRIDES}': {reason}")
            )
            return
        if parse_integer(number.strip()) is None:
            text = f'java.lang.NumberFormatException: For input string: "{number.strip()}"'
            yield _unfit(config, OVERRIDES, thrown(text))
            return


def _log_times(config: Configuration) -> Iterator[Fault]:
    roll = config.number("log.roll.ms", config.number("log.roll.hours", 168) * HOUR_MS)
    if roll < 1:
        yield _unfit(config, "log.roll.ms", requirement("log.roll.ms must be greater than or equal to 1"))
    jitter = config.number("log.roll.jitter.ms", config.number("log.roll.jitter.hours", 0) * HOUR_MS)
    if jitter < 0:
        text = requirement("log.roll.jitter.ms must be greater than or equal to 0")
        yield _unfit(config, "log.roll.jitter.ms", text)
    hours = config.number("log.retention.hours", 168)
    minutes = config.number("log.retention.minutes", hours * HOUR_MS / MINUTE_MS)
    if config.number("log.retention.ms", minutes * MINUTE_MS) == 0:  # Kafka: whatever is negative means for ever
        names = ("log.retention.ms", "log.retention.minutes", "log.retention.hours")
        name = next((name for name in names if name in config.texts), names[0])
        text = "log.retention.ms must be unlimited (-1) or, greater than or equal to 1"
        yield _unfit(config, name, requirement(text))


def _cleaner(config: Configuration) -> Iterator[Fault]:
    threads = _value(config, "log.cleaner.threads")
    if threads == 0:
        yield _unfit(config, "log.cleaner.threads", thrown("java.lang.ArithmeticException: / by zero"))
    elif int(_value(config, "log.cleaner.dedupe.buffer.size") / threads) <= CLEANER_BYTES_PER_THREAD:
        text = "log.cleaner.dedupe.buffer.size must be at least 1MB per cleaner thread."
        yield _unfit(config, "log.cleaner.dedupe.buffer.size", requirement(text))


def _replicas(config: Configuration) -> Iterator[Fault]:
    wait = _value(config, "replica.fetch.wait.max.ms")
    if wait > _value(config, "replica.socket.timeout.ms"):
        text = "replica.socket.timeout.ms should always be at least replica.fetch.wait.max.ms "
        yield _unfit(config, "replica.socket.timeout.ms", requirement(text + "to prevent unnecessary socket timeouts"))
    if wait > _value(config, "replica.lag.time.max.ms"):
        text = "replica.fetch.wait.max.ms should always be less than or equal to replica.lag.time.max.ms "
        yield _unfit(config, "replica.fetch.wait.max.ms", requirement(text + "to prevent frequent changes in ISR"))
    if not -1 <= _value(config, "offsets.commit.required.acks") <= _value(config, "offsets.topic.replication.factor"):
        text = "offsets.commit.required.acks must be greater or equal -1 and less or equal to "
        yield _unfit(config, "offsets.commit.required.acks", requirement(text + "offsets.topic.replication.factor"))


def _group_bounds(config: Configuration, what: str) -> Iterator[Fault]:
    low, high, name = f"group.consumer.min.{what}", f"group.consumer.max.{what}", f"group.consumer.{what}"
    minimum, maximum, value = _value(config, low), _value(config, high), _value(config, name)
    if maximum < minimum:
        yield _unfit(config, high, requirement(f"{high} must be greater than or equals to {low}"))
    if value < minimum:
        yield _unfit(config, name, requirement(f"{name} must be greater than or equals to {low}"))
    if value > maximum:
        yield _unfit(config, name, requirement(f"{name} must be less than or equals to {high}"))
