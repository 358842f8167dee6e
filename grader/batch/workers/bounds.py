"""What one submission may use of a worker's time and memory, so that it cannot hurt another.

POSIX has both; Windows has neither alarm nor limits: there the bounds of the reading alone hold.
"""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MAX_SECONDS = 10.0  # of one submission; the slowest hostile file takes about one
MAX_CHUNK_CPU_SECONDS = 120  # of a chunk: what sits in a library written in C hears no alarm
MAX_MEMORY_BYTES = 1024 * 1024 * 1024  # of a worker's address space

CAN_ALARM = hasattr(signal, "setitimer")


class OutOfTime(BaseException):
    """A submission took longer than `MAX_SECONDS`. No `Exception`: grading would take it for a fault of its own."""


@contextmanager
def time_limit() -> Iterator[None]:
    """Raise `OutOfTime` in what runs for more than `MAX_SECONDS`. Only a process's main thread hears the alarm."""
    if not CAN_ALARM or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, MAX_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _ring(number: int, frame: object) -> None:
    raise OutOfTime


def limit_process() -> None:
    """Give this process its alarm and its limit of memory; called once in each worker."""
    if CAN_ALARM:
        signal.signal(signal.SIGALRM, _ring)
    if sys.platform == "linux":  # elsewhere the limit counts what is only reserved
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, resource.RLIM_INFINITY))


def grant_chunk() -> None:
    """Allow this process the processor time of one more chunk; what uses more is ended by the system."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + MAX_CHUNK_CPU_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))
