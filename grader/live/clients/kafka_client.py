"""Write one message to Kafka and read it again; runs inside a container that is like that of the app.

`python - exchange TOPIC WORD` writes and then reads in a consumer group; `python - read TOPIC WORD` only reads.
Prints one line: {"stage": null for success, or how far it came, "text": what was said, "address": what was advertised}.
"""

import json
import os
import socket
import sys
import time
import uuid
from typing import Any

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient

USUAL = "kafka:9092"
ANSWER_SECONDS = 10.0
DELIVERY_SECONDS = 10.0
GROUP_SECONDS = 25.0


def main(action: str, topic: str, word: str) -> dict[str, Any]:
    """Do it all, and return how far it came."""
    settings, address, text = connect()
    if settings is None:
        return {"stage": "bootstrap", "text": text, "address": address}
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=ANSWER_SECONDS).close()
    except OSError as error:
        return {"stage": "advertised", "text": str(error), "address": address}
    if action == "exchange":
        text = write(settings, topic, word)
        if text:
            return {"stage": "produce", "text": text, "address": address}
        text = read_in_group(settings, topic, word)
        return {"stage": "group" if text else None, "text": text, "address": address}
    text = read_all(settings, topic, word)
    return {"stage": "read" if text else None, "text": text, "address": address}


def connect() -> tuple[dict[str, Any] | None, str, str]:
    """Return the settings with which a broker answers, the address that it advertises, and the last complaint."""
    text = address = ""
    for servers in dict.fromkeys((os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "").strip() or USUAL, USUAL)):
        address = servers
        settings = {"bootstrap.servers": servers, "log_level": 0, "error_cb": lambda error: None}
        try:
            brokers = AdminClient(settings).list_topics(timeout=ANSWER_SECONDS).brokers.values()
        except (KafkaException, ValueError) as error:
            text = str(error)
            continue
        for broker in brokers:
            return settings, f"{broker.host}:{broker.port}", ""
    return None, address, text


def write(settings: dict[str, Any], topic: str, word: str) -> str:
    """Write the word as a message; return the complaint, empty if the broker has stored it."""
    complaints: list[str] = []
    producer = Producer({**settings, "acks": "all", "message.timeout.ms": int(DELIVERY_SECONDS * 1000)})
    producer.produce(topic, word.encode(), on_delivery=lambda error, message: complaints.append(said(error)))
    producer.flush(DELIVERY_SECONDS + ANSWER_SECONDS)
    return complaints[0] if complaints else "no answer"


def said(error: Any) -> str:
    """Return the text of an error, empty for none."""
    return "" if error is None else str(error.str())


def read_in_group(settings: dict[str, Any], topic: str, word: str) -> str:
    """Read as the platform does, as a member of a group: Kafka keeps the group's progress in a topic of its own."""
    consumer = Consumer({**settings, "group.id": f"grade-live-{uuid.uuid4()}", "auto.offset.reset": "earliest"})
    consumer.subscribe([topic])
    try:
        return poll(consumer, word)
    finally:
        consumer.close()


def read_all(settings: dict[str, Any], topic: str, word: str) -> str:
    """Read every partition of the topic from its beginning; a topic that is gone is not made again."""
    consumer = Consumer({**settings, "group.id": "none", "allow.auto.create.topics": False})
    try:
        known = AdminClient(settings).list_topics(timeout=ANSWER_SECONDS).topics
        if topic not in known:
            return "the topic is gone"
        consumer.assign([TopicPartition(topic, number, 0) for number in known[topic].partitions])
        return poll(consumer, word)
    except KafkaException as error:
        return str(error)
    finally:
        consumer.close()


def poll(consumer: Any, word: str) -> str:
    """Wait for the word; return the complaint, empty if it came."""
    end, text = time.monotonic() + GROUP_SECONDS, f"no message within {GROUP_SECONDS:.0f} seconds"
    while time.monotonic() < end:
        message = consumer.poll(0.5)
        if message is None:
            continue
        if message.error() is not None:
            if message.error().code() != KafkaError.UNKNOWN_TOPIC_OR_PART:
                text = said(message.error())
        elif message.value() == word.encode():
            return ""
    return text


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:4])), flush=True)
    os._exit(0)  # librdkafka's threads would wait for a broker that does not answer
