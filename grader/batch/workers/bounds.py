"""What one submission may use of a worker's time and memory, so that it cannot hurt another.

POSIX has both; Windows has neither alarm nor limits: there the bounds of the reading alone hold.
"""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MAX_SECONDS = 10.0  # of the processor for one submission; the slowest hostile file takes about one
MAX_WAITING_SECONDS = 120.0  # by the clock: a disk may be slow and a computer busy, and that says nothing of a file
MAX_CHUNK_CPU_SECONDS = 120  # of a chunk: what sits in a library written in C hears no alarm
MAX_MEMORY_BYTES = 1024 * 1024 * 1024  # of a worker's address space

CAN_ALARM = hasattr(signal, "setitimer")


class OutOfTime(BaseException):
    """A submission took longer than the text says. No `Exception`: grading would take it for a fault of its own."""


@contextmanager
def time_limit() -> Iterator[None]:
    """Raise `OutOfTime` in what takes too long, or waits too long. Only a process's main thread hears the alarms."""
    if not CAN_ALARM or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, MAX_SECONDS)
    signal.setitimer(signal.ITIMER_REAL, MAX_WAITING_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _ring(number: int, frame: object) -> None:
    waited = number == signal.SIGALRM
    raise OutOfTime(f"{MAX_WAITING_SECONDS:.0f} seconds" if waited else f"{MAX_SECONDS:.0f} seconds of the processor")


def limit_process() -> None:
    """Give this process its alarms and its limit of memory; called once in each worker."""
    if CAN_ALARM:
        signal.signal(signal.SIGALRM, _ring)
        signal.signal(signal.SIGPROF, _ring)
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
