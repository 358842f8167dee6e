"""Wait for another service: a bounded number of attempts, and one clear line about what is waited for."""

import logging
import time
from collections.abc import Callable

from shared.sentences import GAVE_UP, REACHED, WAITING
from shared.settings import GaveUp
from shared.stopping import StopSignal

PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 2.0
REMINDER_SECONDS = 10.0
LOOK_SECONDS = 0.1

log = logging.getLogger("waiting")


class Stopped(Exception):
    """The process shall end, so nothing is waited for any more."""


def wait_for(
    what: str,
    attempt: Callable[[], str | None],
    *,
    patience_seconds: float = PATIENCE_SECONDS,
    pause_seconds: float = PAUSE_SECONDS,
    stop: StopSignal | None = None,
) -> None:
    """Call `attempt` until it returns None, that is, until there is nothing left to complain about.

    `what` is for example `Kafka at kafka:9092 (KAFKA_BOOTSTRAP_SERVERS)`. A text that `attempt` returns is the reason
    why the service is not there yet; an exception of `attempt` ends the waiting. Raises GaveUp when the time is over,
    Stopped when `stop` arrived.
    """
    end = time.monotonic() + patience_seconds
    reminder, told = 0.0, ""
    while (reason := attempt()) is not None:
        now = time.monotonic()
        if now >= end:
            raise GaveUp(GAVE_UP.format(what=what, seconds=patience_seconds, reason=reason))
        if now >= reminder or reason != told:
            log.info(WAITING.format(what=what, reason=reason))
            reminder, told = now + REMINDER_SECONDS, reason
        _pause(pause_seconds, stop)
    log.info(REACHED.format(what=what))


def _pause(seconds: float, stop: StopSignal | None) -> None:
    """Sleep; raises Stopped soon after `stop` arrived. Python: a sleep goes on after a signal was handled."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if stop is not None and stop.is_set():
            raise Stopped
        time.sleep(min(left, LOOK_SECONDS))
