"""Send the events that wait in the documents' outboxes to Kafka, each at least once and in order."""

import asyncio
import logging
from typing import Any

from confluent_kafka import KafkaError, KafkaException, Message, Producer
from pymongo.errors import PyMongoError

from db.documents import DOCUMENTS, Stored
from db.store import Store
from shared.events import Event
from shared.kafka.config import DELIVERY_TIMEOUT_MS, KafkaConfig
from shared.kafka.ready import ANSWER_SECONDS, describe
from shared.kafka.topics import TOPIC_OF_KIND
from shared.sentences import MISSING_TOPICS, MONGODB_AWAY, NOBODY, NOT_DELIVERED

RETRY_SECONDS = 5.0
FLUSH_SECONDS = DELIVERY_TIMEOUT_MS / 1000 + 1
BATCH_DOCUMENTS = 100
WAITING = {"outbox.0": {"$exists": True}}

log = logging.getLogger("publisher")


class NotDelivered(Exception):
    """Kafka did not take the event; the text says why."""


class Publisher:
    """One producer, and the task that feeds it."""

    def __init__(self, config: KafkaConfig, store: Store) -> None:
        self.config = config
        self._store = store
        self._producer = Producer(config.to_producer_config())
        self._told = ""

    async def run(self) -> None:
        """Send what waits, now and after each change, until the task is cancelled."""
        while True:
            self._store.changed.clear()
            try:
                await self.send_waiting()
            except NotDelivered as error:
                self._say(NOT_DELIVERED.format(kafka=describe(self.config), reason=error))
                await asyncio.sleep(RETRY_SECONDS)
                continue
            except PyMongoError:
                self._say(MONGODB_AWAY)
            else:
                self._told = ""
            try:
                await asyncio.wait_for(self._store.changed.wait(), RETRY_SECONDS)
            except TimeoutError:
                continue

    def _say(self, text: str) -> None:
        """Log a warning, but not the same one with every attempt."""
        if text != self._told:
            log.warning(text)
        self._told = text

    async def send_waiting(self) -> None:
        """Send every event that waits; raises NotDelivered at the first one that Kafka does not take."""
        for kind in DOCUMENTS:
            while waiting := await kind.find(WAITING).sort("+updated_at").limit(BATCH_DOCUMENTS).to_list():
                for document in waiting:
                    for event in document.outbox:
                        await self._send(document, event)

    async def _send(self, document: Stored, raw: dict[str, Any]) -> None:
        """Send one event and, once Kafka has stored it, take it out of the outbox."""
        event = Event.model_validate(raw)
        await asyncio.to_thread(self._deliver, event, str(document.id))
        await document.get_pymongo_collection().update_one(
            {"_id": document.id}, {"$pull": {"outbox": {"id": raw["id"]}}}
        )
        log.info("sent %s %s", event.type, document.id)

    def _deliver(self, event: Event, key: str) -> None:
        """Hand the event to Kafka and wait for its answer. The key keeps all events of a document in order."""
        answers: list[KafkaError | None] = []

        def answered(error: KafkaError | None, _: Message) -> None:
            answers.append(error)

        try:
            self._producer.produce(
                TOPIC_OF_KIND[event.kind], key=key, value=event.model_dump_json(), on_delivery=answered
            )
        except (BufferError, KafkaException) as error:
            raise NotDelivered(str(error)) from error
        self._producer.flush(FLUSH_SECONDS)
        if not answers:
            raise NotDelivered("no answer")
        if answers[0] is not None:
            raise NotDelivered(self._reason(answers[0], TOPIC_OF_KIND[event.kind]))

    def _reason(self, error: KafkaError, topic: str) -> str:
        """Return why the topic does not take a message. A missing topic shows as a time-out only."""
        try:
            missing = self._producer.list_topics(topic, timeout=ANSWER_SECONDS).topics[topic].error
        except KafkaException:
            return NOBODY
        if missing is not None:
            return MISSING_TOPICS.format(topics=topic)
        return error.str()
