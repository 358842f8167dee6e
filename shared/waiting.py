"""Wait for another service: a bounded number of attempts, and one clear line about what is waited for."""

import logging
import time
from collections.abc import Callable

from shared.settings import GaveUp

PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 2.0
REMINDER_SECONDS = 10.0

log = logging.getLogger("waiting")


def wait_for(
    what: str,
    attempt: Callable[[], str | None],
    *,
    patience_seconds: float = PATIENCE_SECONDS,
    pause_seconds: float = PAUSE_SECONDS,
) -> None:
    """Call `attempt` until it returns None, that is, until there is nothing left to complain about.

    `what` is for example `Kafka at kafka:9092 (KAFKA_BOOTSTRAP_SERVERS)`. A text that `attempt` returns is the reason
    why the service is not there yet; an exception of `attempt` ends the waiting. Raises GaveUp when the time is over.
    """
    end = time.monotonic() + patience_seconds
    reminder, told = 0.0, ""
    while (reason := attempt()) is not None:
        now = time.monotonic()
        if now >= end:
            raise GaveUp(f"gave up waiting for {what} after {patience_seconds:.0f} seconds: {reason}")
        if now >= reminder or reason != told:
            log.info("waiting for %s: %s", what, reason)
            reminder, told = now + REMINDER_SECONDS, reason
        time.sleep(pause_seconds)
    log.info("reached %s", what)
