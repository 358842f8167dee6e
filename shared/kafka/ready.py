"""Whether Kafka can be used, in the words of the compose file.

Kafka: a client connects twice, first to the bootstrap server, then to the address that the broker advertises there.
"""

import re
import time
from collections.abc import Sequence

from confluent_kafka import Consumer, KafkaException
from confluent_kafka.admin import AdminClient

from shared.hosts import listens, silence
from shared.kafka.config import KafkaConfig
from shared.sentences import ADVERTISED, KAFKA, MISSING_TOPICS, NO_SERVER
from shared.waiting import wait_for

ANSWER_SECONDS = 3.0
# librdkafka: the port of a bootstrap server that names none.
DEFAULT_PORT = 9092
SERVER = re.compile(r"((PLAINTEXT|SSL|SASL_PLAINTEXT|SASL_SSL)://)?(?P<host>[^:/\s]+)(:(?P<port>\d{1,5}))?", re.I)
LOOK_SECONDS = 0.2


def describe(config: KafkaConfig) -> str:
    """Say where Kafka is expected and which variable says so."""
    return KAFKA.format(servers=config.bootstrap_servers)


def server_silence(bootstrap_servers: str) -> str:
    """Return why the first of the bootstrap servers does not answer."""
    address = bootstrap_servers.split(",")[0].strip()
    parts = SERVER.fullmatch(address)
    if parts is None:
        return NO_SERVER.format(address=address)
    return silence(parts["host"], int(parts["port"] or DEFAULT_PORT), "Kafka")


def wait_for_kafka(config: KafkaConfig) -> None:
    """Wait until Kafka can be used; raises GaveUp when the time is over."""
    wait_for(describe(config), lambda: complaint(config))


def wait_for_topics(consumer: Consumer, topics: Sequence[str]) -> None:
    """Wait until the topics exist; raises GaveUp when the time is over.

    Kafka: with auto-creation, the question for a topic makes it, and the answer comes before the topic is there.
    """
    wait_for("the topics " + ", ".join(topics), lambda: _missing(consumer, topics))


def complaint(config: KafkaConfig) -> str | None:
    """Return why Kafka cannot be used, None if it can."""
    try:
        client = AdminClient(config.to_admin_config())
        brokers = client.list_topics(timeout=ANSWER_SECONDS).brokers
    except KafkaException:
        return server_silence(config.bootstrap_servers)
    for broker in brokers.values():
        host, port = str(broker.host), int(broker.port)
        if not listens(host, port):
            return ADVERTISED.format(host=host, port=port)
    return None


def _missing(consumer: Consumer, topics: Sequence[str]) -> str | None:
    """Return which topics do not exist, None if all do; a topic gets ANSWER_SECONDS to be made."""
    end = time.monotonic() + ANSWER_SECONDS
    while True:
        try:
            missing = [name for name in topics if not _exists(consumer, name)]
        except KafkaException as error:
            return f"Kafka does not answer: {error.args[0].str()}"
        if not missing:
            return None
        if time.monotonic() >= end:
            return MISSING_TOPICS.format(topics=", ".join(missing))
        time.sleep(LOOK_SECONDS)


def _exists(consumer: Consumer, topic: str) -> bool:
    return consumer.list_topics(topic, timeout=ANSWER_SECONDS).topics[topic].error is None
