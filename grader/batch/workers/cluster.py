"""`--scheduler ADDRESS`: the same chunks on the workers of a Dask cluster.

The coordinator alone writes results and pages. Dask sends what is lost with a worker to another one; a submission that
ends one worker after the other is found by grading those of its chunk one by one.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from grader.batch.opening.carried import carried
from grader.batch.workers.bounds import MAX_SECONDS
from grader.batch.workers.pool import WorkerLost
from grader.batch.workers.tasks import Done, Settings, Task
from grader.batch.workers.work import grade_chunk
from grader.endings import UsageError
from grader.kit import COMPOSE_FILE, SOLUTIONS, solution_of
from grader.workspace import SKELETON

CONNECT_SECONDS = 5
RETRIES = 3
MAX_CHUNK_SECONDS = 600  # for an answer: a thread of a worker cannot be ended from outside
EXERCISE_FILES = ("exercise.yaml", "TASK.md")
RUBRIC = "exercises"


class Cluster:
    """The workers of a running scheduler.

    Where they can read the path of the submissions they do, else the files travel with the tasks.
    """

    def __init__(self, settings: Settings, address: str, path: str) -> None:
        self._client = _connect(address)
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        self.jobs = sum(worker["nthreads"] for worker in workers)
        if not self.jobs:
            self._client.close()
            raise UsageError(f"--scheduler {address}: it has no workers. Start some: dask worker {address}")
        self._shared = all(self._client.run(os.path.lexists, os.path.abspath(path)).values())
        self._settings = settings._replace(rubric="", out=None)
        self._rubric = self._client.scatter(_rubric_files(settings.rubric), broadcast=True, hash=False)

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def submit(self, tasks: Sequence[Task]) -> Callable[[], list[Done]]:
        """Begin a chunk on some worker. What it returns raises `WorkerLost`."""
        future = self._begin(tasks)
        return lambda: self._answer(future, MAX_CHUNK_SECONDS)

    def alone(self, task: Task) -> Done:
        """Grade one submission as a task of its own. Raises `WorkerLost`."""
        return self._answer(self._begin([task]), MAX_SECONDS)[0]

    def _begin(self, tasks: Sequence[Task]) -> Any:
        sent = tasks if self._shared else [_travelling(task) for task in tasks]
        return self._client.submit(grade_there, self._rubric, self._settings, sent, pure=False, retries=RETRIES)

    def _answer(self, future: Any, seconds: float) -> list[Done]:
        from distributed import CancelledError, KilledWorker, TimeoutError

        try:
            found: list[Done] = future.result(timeout=seconds)
        except (KilledWorker, CancelledError, TimeoutError) as error:
            future.cancel()
            raise WorkerLost from error
        return found


def grade_there(files: Mapping[str, bytes], settings: Settings, tasks: Sequence[Task]) -> list[Done]:
    """Grade a chunk on a worker, by the rubric that came along."""
    return grade_chunk(settings._replace(rubric=_rubric_folder(tuple(sorted(files.items())))), tasks)


@lru_cache(maxsize=2)
def _rubric_folder(files: tuple[tuple[str, bytes], ...]) -> str:
    """Write a rubric to a folder of this worker, once a process, and return the folder; it goes with the process."""
    folder = tempfile.mkdtemp(prefix="compose-kata-rubric-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name, text in files:
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text)
    return os.path.join(folder, RUBRIC)


def _rubric_files(folder: str) -> dict[str, bytes]:
    """Return what judging and comparing need of a rubric: skeleton, exercises, tasks, and the solution."""
    names = [SKELETON, *(f"{exercise}/{name}" for exercise in sorted(os.listdir(folder)) for name in EXERCISE_FILES)]
    paths = {f"{RUBRIC}/{name}": os.path.join(folder, *name.split("/")) for name in names}
    paths[f"{SOLUTIONS}/{COMPOSE_FILE}"] = solution_of(folder)
    found = {}
    for name, path in paths.items():
        if os.path.isfile(path):
            with open(path, "rb") as file:
                found[name] = file.read()
    return found


def _travelling(task: Task) -> Task:
    """Return a task whose files travel with it."""
    return task._replace(submission=task.submission._replace(content=carried(task.submission.content)))


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("--scheduler needs Dask: pip install 'compose-kata[cluster]'") from error
    try:
        client = Client(  # type: ignore[no-untyped-call]
            address, timeout=f"{CONNECT_SECONDS}s", set_as_default=False
        )
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(
            f"--scheduler {address}: nobody answers there within {CONNECT_SECONDS} seconds. "
            "Is the scheduler running, and is its address like tcp://host:8786?"
        ) from error
    return client
