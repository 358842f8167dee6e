"""A message is done only after it is written."""

from typing import Any

import pytest

from tests.apps.modules import CONSUMER, load

LIBRARIES = ("pydantic", "confluent_kafka", "mysql.connector")
SETTINGS = {"bootstrap.servers": "127.0.0.1:1", "group.id": "try", "log_level": 0}


class Message:
    """What the consumer reads of a message."""

    def __init__(self, value: bytes | None) -> None:
        self._value = value

    def value(self) -> bytes | None:
        """Return the body."""
        return self._value

    def key(self) -> bytes | None:
        """Return the key."""
        return None

    def topic(self) -> str:
        """Return the topic."""
        return "orders"

    def partition(self) -> int:
        """Return the partition."""
        return 0

    def offset(self) -> int:
        """Return the offset."""
        return 7

    def error(self) -> None:
        """Return no error."""


class Steps:
    """Stands for the writer and for Kafka; remembers who was asked for what."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.done: list[str] = []
        self._failure = failure

    def write(self, message: Message) -> None:
        """Write the message, or fail."""
        self.done.append("write")
        if self._failure is not None:
            raise self._failure

    def commit(self, **_: Any) -> None:
        """Take the progress."""
        self.done.append("commit")


def consumption(steps: Steps) -> Any:
    """Return a consumption that talks to `steps` only."""
    stop = load("shared.stopping").StopSignal()
    made = load("src.consumer", *LIBRARIES, app=CONSUMER).Consumption(SETTINGS, steps, stop)
    made._consumer = steps
    return made


def test_the_offset_is_committed_after_the_row_is_written() -> None:
    """A crash in between brings the message again, and writing it again changes nothing."""
    steps = Steps()
    consumption(steps)._take(Message(b""))

    assert ["write", "commit"] == steps.done


def test_what_could_not_be_written_is_not_committed() -> None:
    """The service ends, and the message comes again after the next start."""
    gave_up = load("shared.settings").GaveUp
    steps = Steps(gave_up("MySQL stays away"))

    with pytest.raises(gave_up):
        consumption(steps)._take(Message(b""))

    assert ["write"] == steps.done


def test_a_message_that_is_no_event_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is lost silently."""
    writer = load("src.writer", *LIBRARIES, app=CONSUMER)
    kept: list[Any] = []
    monkeypatch.setattr(writer, "keep", lambda cursor, event: kept.append(event))
    monkeypatch.setattr(writer.Writer, "_insist", lambda self, work: work(None))
    writer.Writer(None, None, None).write(Message(b"hello"))

    assert [("orders", 0, 7, b"hello")] == [(event.topic, event.partition, event.offset, event.body) for event in kept]
