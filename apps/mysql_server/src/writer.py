"""Write one message to MySQL, and not come back before it is written."""

import logging
from collections.abc import Callable

from confluent_kafka import Message
from mysql.connector import DataError, Error, IntegrityError
from mysql.connector.pooling import MySQLConnectionPool

from shared.events import UnreadableEvent, read_event
from shared.stopping import StopSignal
from shared.waiting import wait_for
from src.db.connection import Cursor, MySQLConfig, explain, transaction
from src.repositories.dead_events import DeadEvent, keep
from src.repositories.records import STORE

log = logging.getLogger("writer")


class Writer:
    """The pool, and what to do with a message; `stop` ends the waiting for MySQL."""

    def __init__(self, pool: MySQLConnectionPool, config: MySQLConfig, stop: StopSignal) -> None:
        self._pool = pool
        self._config = config
        self._stop = stop

    def write(self, message: Message) -> None:
        """Write the record of the message, or keep the message as a dead event.

        Raises GaveUp if MySQL stays away, Stopped if the process shall end before MySQL is back.
        """
        try:
            event, record = read_event(message.value())
        except UnreadableEvent as error:
            self._keep(message, str(error))
            return
        try:
            self._insist(lambda cursor: STORE[event.kind](cursor, record))
        except (DataError, IntegrityError) as error:
            self._keep(message, f"MySQL refuses it: {error.msg}")
            return
        except OverflowError as error:  # a time at the end of the calendar, in another time zone
            self._keep(message, f"MySQL cannot hold it: {error}")
            return
        log.info("handled %s %s, revision %d", event.type, record.id, record.revision)

    def _keep(self, message: Message, reason: str) -> None:
        """Keep the message as a dead event."""
        topic, partition, offset = message.topic() or "", message.partition() or 0, message.offset() or 0
        log.warning("kept as a dead event: %s, partition %d, offset %d: %s", topic, partition, offset, reason)
        dead = DeadEvent(topic, partition, offset, reason, message.key(), message.value())
        self._insist(lambda cursor: keep(cursor, dead))

    def _insist(self, work: Callable[[Cursor], None]) -> None:
        """Do the work in one transaction; where MySQL cannot, wait for it and do it again."""

        def attempt() -> str | None:
            try:
                with transaction(self._pool) as cursor:
                    work(cursor)
            except (DataError, IntegrityError):
                raise  # it would be refused again and again
            except Error as error:
                return explain(self._config, error)
            return None

        if attempt() is not None:
            wait_for(str(self._config), attempt, stop=self._stop)
