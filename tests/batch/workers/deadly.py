"""What happens to a worker in the middle of a submission: stand-ins for what an earlier run knew of it.

A worker asks them for their items before it grades. They are a module of their own, because a worker imports them.
"""

import os
import signal
import time
from collections.abc import Iterator, Mapping


class Deadly(Mapping[str, str | None]):
    """Ends the process that looks into it, as a fault in a library written in C would."""

    def __getitem__(self, name: str) -> str | None:
        os.kill(os.getpid(), signal.SIGSEGV)
        return None

    def __iter__(self) -> Iterator[str]:
        yield "docker-compose.yml"

    def __len__(self) -> int:
        return 1


class Endless(Deadly):
    """Keeps the process that looks into it busy for ever."""

    def __getitem__(self, name: str) -> str | None:
        while True:
            sum(range(1000))


class Waiting(Deadly):
    """Keeps the process that looks into it waiting, as a slow disk or a busy computer would."""

    def __init__(self, seconds: float = 3600) -> None:
        self._seconds = seconds

    def __getitem__(self, name: str) -> str | None:
        time.sleep(self._seconds)
        return None


class Faulty(Deadly):
    """Shows a fault of the grader."""

    def __getitem__(self, name: str) -> str | None:
        raise ZeroDivisionError


class Greedy(Deadly):
    """Wants more memory than there may be."""

    def __getitem__(self, name: str) -> str | None:
        raise MemoryError
