"""`--scheduler` gives the same files as the processes of one computer do."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from grader import kit
from grader.batch.submission import LooseFile, Submission
from grader.batch.workers.cluster import Cluster
from grader.batch.workers.pool import in_order
from grader.batch.workers.tasks import Settings, Task
from grader.endings import UsageError
from tests.batch.fire import command, differences
from tests.batch.graded import SOLUTION_FILE, TESTS

pytestmark = [pytest.mark.cluster, pytest.mark.filterwarnings("ignore")]  # Dask's own, of its way to shut down

SETTINGS = Settings(kit.rubric_folder(), feedback=False, out=None, many=False)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers of a thread each."""
    distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as running:
        yield running


@pytest.fixture
def submissions(tmp_path: Path) -> Path:
    """A small class."""
    folder = tmp_path / "class"
    for path in (SOLUTION_FILE, *sorted(TESTS.glob("rejected/*/*.yml"))[::20]):
        name = f"{path.parent.name}-{path.stem}"
        (folder / name).mkdir(parents=True)
        shutil.copy(path, folder / name / "docker-compose.yml")
    return folder


def test_a_cluster_gives_the_same_files(cluster: Any, submissions: Path, tmp_path: Path) -> None:
    """Every one of them, byte for byte."""
    for out, options in (("here", ()), ("there", ("--scheduler", cluster.scheduler_address))):
        done = subprocess.run(
            command(submissions, tmp_path / out, *options), capture_output=True, text=True, timeout=120, check=False
        )
        assert 0 == done.returncode, done.stderr

    assert [] == differences(tmp_path / "here", tmp_path / "there")


def test_where_workers_cannot_see_the_submissions_these_travel(cluster: Any) -> None:
    """The path is one of the coordinator's only."""
    with Cluster(SETTINGS, cluster.scheduler_address, "/nowhere/at/all") as workers:
        chunk = [Task(Submission(str(number), LooseFile(str(SOLUTION_FILE)))) for number in range(3)]
        found = [done.score for _, done in chain.from_iterable(in_order(workers, [chunk], SETTINGS))]

    assert [100, 100, 100] == found


def test_a_lost_worker_loses_nothing(cluster: Any) -> None:
    """What it had is graded by another one."""
    chunks = [[Task(Submission("ada", LooseFile(str(SOLUTION_FILE))))] * 20] * 40
    with Cluster(SETTINGS, cluster.scheduler_address, str(SOLUTION_FILE)) as workers:
        found = []
        for _, done in chain.from_iterable(in_order(workers, chunks, SETTINGS)):
            found.append(done.score)
            if len(found) == 20:
                os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)

    assert [100] * 800 == found


def test_nobody_there_is_said_at_once() -> None:
    """With the address, before anything is graded."""
    with pytest.raises(UsageError, match=r"tcp://127\.0\.0\.1:9: nobody answers there"):
        Cluster(SETTINGS, "tcp://127.0.0.1:9", str(SOLUTION_FILE))
