"""Messages that are no event of this platform. They are kept, so that nothing is lost silently."""

from typing import NamedTuple

from src.db.connection import Cursor

MAX_REASON_CHARACTERS = 500
MAX_KEY_BYTES = 500

# The same message again is the same row.
INSERT = (
    "INSERT IGNORE INTO dead_events (topic, partition_number, offset_number, reason, message_key, body) "
    "VALUES (%s, %s, %s, %s, %s, %s)"
)


class DeadEvent(NamedTuple):
    """One such message: where it stands in Kafka, why it cannot be used, and what it holds."""

    topic: str
    partition: int
    offset: int
    reason: str
    key: bytes | None
    body: bytes | None


def keep(cursor: Cursor, event: DeadEvent) -> None:
    """Write the message to the table of dead events."""
    key = event.key[:MAX_KEY_BYTES] if event.key is not None else None
    reason = event.reason[:MAX_REASON_CHARACTERS]
    cursor.execute(INSERT, (event.topic, event.partition, event.offset, reason, key, event.body))
