"""Read messages one by one; tell Kafka that a message is done only after it is written."""

import logging
import time

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, TopicPartition

from shared.kafka.config import Setting
from shared.kafka.ready import wait_for_topics
from shared.kafka.topics import TOPICS
from shared.sentences import KAFKA_AWAY, MISSING_TOPICS, NOT_COMMITTED, NOT_IN_GROUP
from shared.stopping import StopSignal
from shared.waiting import Stopped
from src.writer import Writer

POLL_SECONDS = 0.5
# Joining a group takes a few seconds; a cluster that cannot store offsets never gives an answer.
PATIENCE_SECONDS = 30.0

# librdkafka reports every failed attempt to connect, besides the one report that no broker is left.
EACH_ATTEMPT = (KafkaError._TRANSPORT, KafkaError._RESOLVE)

log = logging.getLogger("consumer")


class Consumption:
    """One consumer and its loop, which ends when `stop` arrives."""

    def __init__(self, settings: dict[str, Setting], writer: Writer, stop: StopSignal) -> None:
        self._group_id = settings["group.id"]
        self._consumer = Consumer({**settings, "error_cb": _report})
        self._writer = writer
        self._stop = stop
        self._assigned = False

    def run(self) -> None:
        """Consume until SIGTERM."""
        wait_for_topics(self._consumer, TOPICS)
        self._stop.listen()
        self._consumer.subscribe(list(TOPICS), on_assign=self._on_assign)
        log.info("joining the group %s (KAFKA_GROUP_ID) for the topics %s", self._group_id, ", ".join(TOPICS))
        reminder = time.monotonic() + PATIENCE_SECONDS
        try:
            while not self._stop.is_set():
                message = self._consumer.poll(POLL_SECONDS)
                if message is not None:
                    self._take(message)
                elif not self._assigned and time.monotonic() >= reminder:
                    log.warning(NOT_IN_GROUP.format(group=self._group_id))
                    reminder = time.monotonic() + PATIENCE_SECONDS
        except Stopped:
            log.info("stopped before the last message was written; it comes again after the next start")
        finally:
            self._consumer.close()

    def _take(self, message: Message) -> None:
        """Write one message, then tell Kafka."""
        error = message.error()
        if error is not None:
            _report(error)
            return
        self._writer.write(message)
        try:
            self._consumer.commit(message=message, asynchronous=False)
        except KafkaException as failure:
            # The message will come again, and writing it twice changes nothing.
            log.warning(NOT_COMMITTED.format(reason=failure))

    def _on_assign(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        self._assigned = True
        topics = sorted({partition.topic for partition in partitions})
        log.info("reading %s", ", ".join(topics) or "nothing: another member of the group reads all topics")


def _report(error: KafkaError) -> None:
    """Say what Kafka complains about; the client goes on by itself."""
    if error.code() == KafkaError.UNKNOWN_TOPIC_OR_PART:
        log.warning(MISSING_TOPICS.format(topics=error.str()))
    elif error.code() == KafkaError._ALL_BROKERS_DOWN:
        log.warning(KAFKA_AWAY)
    elif error.code() not in EACH_ATTEMPT:
        log.warning("%s", error.str())
