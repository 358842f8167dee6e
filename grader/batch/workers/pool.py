"""Chunks through worker processes: results in order, few on the way at a time. A dead worker costs one submission."""

import atexit
import multiprocessing
import os
import pickle  # noqa: TID251 - what the processes of one run send one another, as their pool does it
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing.process import BaseProcess
from typing import Protocol

from grader.batch.workers.tasks import Done, Settings, Task
from grader.light_yaml import load_parser_only

CHUNKS_A_WORKER = 3  # that wait or run: enough that no worker waits, few enough that memory stays flat
MAX_CHUNK_SECONDS = 600  # for the result of one that is being graded
TRIES_ALONE = 2  # a process may also be ended from outside, by a system that lacks memory: that is nobody's fault
SAFE_PATH = "PYTHONSAFEPATH"  # Python 3.11: of a process and those that it starts
WORKER_DIED = "the process that graded it ended in the middle of it"

# what the pool itself has for that takes several times as long
_packed, _unpacked = pickle.dumps, pickle.loads


class Workers(Protocol):
    """What grades chunks elsewhere: processes here, or a cluster."""

    jobs: int

    def __enter__(self) -> "Workers":
        """Make them ready."""

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Let them go, at once after an error."""

    def submit(self, tasks: Sequence[Task]) -> Callable[[], list[Done]]:
        """Begin a chunk and return what waits for its result, which raises `WorkerLost` where there is none."""

    def alone(self, task: Task) -> Done:
        """Grade one submission with nothing else beside it. Raises `WorkerLost`."""


class WorkerLost(Exception):
    """A worker ended without an answer; which of its submissions was the cause nobody knows."""


class Processes:
    """Worker processes of this computer, and one apart for submissions of which one has ended a worker."""

    def __init__(self, settings: Settings, jobs: int) -> None:
        self.jobs = jobs
        self._settings = settings
        self._pool = self._new_pool(jobs)
        self._apart: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is KeyboardInterrupt:  # what is being graded ends by itself: a second Ctrl-C would only break that
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        for pool in (self._pool, self._apart):
            if pool is not None:
                pool.shutdown(wait=kind is None, cancel_futures=True)  # after an error nobody waits

    def submit(self, tasks: Sequence[Task]) -> Callable[[], list[Done]]:
        """Begin a chunk in the next free process. What it returns raises `WorkerLost`."""
        sent = _packed(tasks)
        try:
            future = self._pool.submit(_grade, self._settings, sent)
        except BrokenProcessPool:  # nobody has waited for the one that broke it yet
            self._pool = self._new_pool(self.jobs)
            future = self._pool.submit(_grade, self._settings, sent)
        pool = self._pool

        def result() -> list[Done]:
            try:
                return _answer(pool, future)
            except WorkerLost:
                if pool is self._pool:
                    self._pool = self._new_pool(self.jobs)
                raise

        return result

    def alone(self, task: Task) -> Done:
        """Grade one submission in the process apart. Raises `WorkerLost`."""
        for _ in range(TRIES_ALONE):
            if self._apart is None:
                self._apart = self._new_pool(1)
            try:
                return _answer(self._apart, self._apart.submit(_grade, self._settings, _packed([task])))[0]
            except (BrokenProcessPool, WorkerLost):
                self._apart = None
        raise WorkerLost

    def _new_pool(self, jobs: int) -> ProcessPoolExecutor:
        # a fresh interpreter: a fork of this process would inherit its threads' locks
        context = multiprocessing.get_context("spawn")
        with _without_present_folder():
            pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(self._settings,))
            for _ in range(jobs):  # they start at once, while this process makes itself ready
                pool.submit(_stand_by)
        return pool


@contextmanager
def _without_present_folder() -> Iterator[None]:
    """Let interpreters that start meanwhile look for no module in the present folder: a class may lie there."""
    before = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SAFE_PATH]
        else:
            os.environ[SAFE_PATH] = before


def _answer(pool: ProcessPoolExecutor, future: "Future[bytes]") -> list[Done]:
    """Wait for the result of a chunk whose turn it is. Raises `WorkerLost`."""
    try:
        found: list[Done] = _unpacked(future.result(timeout=MAX_CHUNK_SECONDS))
        return found
    except BrokenProcessPool as error:
        raise WorkerLost from error
    except TimeoutError as error:
        # A worker that is killed while it sends a result leaves a lock behind for which the others wait for ever.
        for process in list(pool._processes.values()):
            process.kill()
        raise WorkerLost from error


def _begin(settings: Settings) -> None:
    """Prepare a worker process, and end it when the process that it works for is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that waits for it
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    atexit.register(os._exit, 0)  # all that it has written is written: nobody waits while it takes itself apart
    load_parser_only()
    from grader.batch.workers.work import start  # here: who only hands out chunks needs nothing of it

    start(settings)


def _stand_by() -> None:
    """Do nothing, in a process that has begun."""


def _grade(settings: Settings, tasks: bytes) -> bytes:
    """Grade a chunk, in a worker process."""
    from grader.batch.workers.work import grade_bounded

    return _packed(grade_bounded(settings, _unpacked(tasks)))


def _end_with(parent: BaseProcess) -> None:
    """End this process as soon as that one has ended, however it ended."""
    parent.join()
    os._exit(1)


def in_order(
    workers: Workers, chunks: Iterable[Sequence[Task]], settings: Settings
) -> Iterator[Iterator[tuple[Task, Done]]]:
    """Yield each chunk as its tasks with their results, in the order of the tasks, whatever the number of workers.

    Not more than `CHUNKS_A_WORKER` chunks a worker are taken from `chunks` ahead of what was yielded.
    """
    waiting: deque[tuple[Sequence[Task], Callable[[], list[Done]]]] = deque()
    coming = iter(chunks)
    while True:
        for chunk in islice(coming, workers.jobs * CHUNKS_A_WORKER - len(waiting)):
            waiting.append((chunk, workers.submit(chunk)))
        if not waiting:
            return
        chunk, result = waiting.popleft()
        yield zip(chunk, _results(workers, chunk, result, settings), strict=True)


def _results(
    workers: Workers, chunk: Sequence[Task], result: Callable[[], list[Done]], settings: Settings
) -> Iterator[Done]:
    """Yield the results of one chunk; where its worker died, of its submissions one by one."""
    try:
        yield from result()
    except WorkerLost:
        for task in chunk:
            try:
                yield workers.alone(task)
            except WorkerLost:
                from grader.batch.workers.work import failed

                yield failed(settings, task.submission, WORKER_DIED)
