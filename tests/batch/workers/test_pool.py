"""One submission cannot hurt another: whatever happens to a worker costs only the submission that it happened with."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from grader import kit
from grader.batch.submission import LooseFile, Nothing, Submission
from grader.batch.workers import bounds, pool
from grader.batch.workers.pool import WORKER_DIED, Processes, in_order
from grader.batch.workers.tasks import Done, Settings, Task
from grader.batch.workers.work import grade_chunk
from tests.batch.graded import SKELETON_FILE, SOLUTION_FILE
from tests.batch.workers.deadly import Deadly, Endless, Faulty, Greedy, Waiting

SETTINGS = Settings(kit.rubric_folder(), feedback=False, out=None, many=False)


def task(name: str, known: Mapping[str, str | None] | None = None, path: Path = SOLUTION_FILE) -> Task:
    """Return a submission of the solution."""
    return Task(Submission(name, LooseFile(str(path))), known)


def scores(found: Iterable[tuple[Task, Done]]) -> list[tuple[str, int | None]]:
    return [(task.submission.id, done.score) for task, done in found]


def reason(done: Done) -> str:
    assert done.line is not None
    data: dict[str, Any] = json.loads(done.line)
    return str(data["report"]["reason"]["message"])


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_the_order_of_the_submissions(jobs: int) -> None:
    """Whatever the number of workers."""
    chunks = [[task(f"{chunk}-{number}") for number in range(5)] for chunk in range(12)]
    with Processes(SETTINGS, jobs) as workers:
        found = scores(chain.from_iterable(in_order(workers, chunks, SETTINGS)))

    assert [(task.submission.id, 100) for chunk in chunks for task in chunk] == found


def test_workers_run_nothing_that_lies_in_the_present_folder(tmp_path: Path) -> None:
    """Those who grade a class may stand in it, and a student may call a file as a module is called."""
    folder, told = tmp_path / "class", tmp_path / "told"
    folder.mkdir()
    for name in ("multiprocessing", "random", "yaml"):
        (folder / f"{name}.py").write_text(f"open({str(told)!r}, 'w').write(__name__)")
    command = tmp_path / "command.py"
    command.write_text("from grader.__main__ import main\n\nif __name__ == '__main__':\n    main()\n")
    (folder / "solution.yml").write_bytes(SOLUTION_FILE.read_bytes())
    (folder / "skeleton.yml").write_bytes(SKELETON_FILE.read_bytes())

    line = [sys.executable, str(command), "batch", ".", "--out", str(tmp_path / "out")]
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=120, check=False)

    assert 0 == done.returncode, done.stderr
    assert not told.exists()


def test_only_a_few_chunks_are_on_the_way() -> None:
    """A source of a million is not read ahead."""
    taken = 0

    def chunks() -> Iterator[list[Task]]:
        nonlocal taken
        for number in range(30):
            taken += 1
            yield [task(str(number))]

    with Processes(SETTINGS, 1) as workers:
        results = chain.from_iterable(in_order(workers, chunks(), SETTINGS))
        next(results)
        ahead = taken
        rest = len(list(results))

    assert (30, 29) == (taken, rest)
    assert ahead <= 4


def test_a_submission_that_ends_its_worker_is_not_gradable_and_no_other_is() -> None:
    """Not those of its chunk, and not those of the other workers."""
    chunks = [[task(f"{chunk}-{number}") for number in range(3)] for chunk in range(6)]
    chunks[2][1] = task("deadly", Deadly())
    chunks[4][0] = task("deadly too", Deadly())
    with Processes(SETTINGS, 2) as workers:
        results = list(chain.from_iterable(in_order(workers, chunks, SETTINGS)))

    dead = [task.submission.id for task, done in results if done.score is None]

    assert ["deadly", "deadly too"] == dead
    assert 18 == len(results)
    assert all(WORKER_DIED in reason(done) and done.fault for _, done in results if done.score is None)


def test_a_process_that_was_ended_from_outside_is_no_fault_of_a_submission() -> None:
    """It is graded by another process."""
    with Processes(SETTINGS, 1) as workers:
        workers.alone(task("first"))
        assert workers._apart is not None
        for process in list(workers._apart._processes.values()):
            process.kill()
            process.join()

        assert 100 == workers.alone(task("second")).score


@pytest.fixture
def alarms() -> Iterator[None]:
    """This process hears its alarms, as a worker does."""
    if not bounds.CAN_ALARM:
        pytest.skip("this system has no alarm clock for processes")
    before = {number: signal.signal(number, bounds._ring) for number in (signal.SIGALRM, signal.SIGPROF)}
    yield
    for number, heard in before.items():
        signal.signal(number, heard)


@pytest.mark.parametrize(
    ("limit", "known", "words"),
    [
        ("MAX_SECONDS", Endless(), "took longer than 0 seconds of the processor and"),
        ("MAX_WAITING_SECONDS", Waiting(), "took longer than 0 seconds and"),
    ],
)
@pytest.mark.usefixtures("alarms")
def test_a_submission_that_takes_too_long_is_stopped(
    monkeypatch: pytest.MonkeyPatch, limit: str, known: Mapping[str, str | None], words: str
) -> None:
    """The next one is graded by the same worker."""
    monkeypatch.setattr(bounds, limit, 0.2)
    slow, other = grade_chunk(SETTINGS, [task("slow", known), task("other")])

    assert words in reason(slow)
    assert 100 == other.score


@pytest.mark.usefixtures("alarms")
def test_a_busy_computer_is_no_fault_of_a_submission(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is the time that grading has used, not the time that others have taken from it."""
    monkeypatch.setattr(bounds, "MAX_SECONDS", 0.5)
    (slow,) = grade_chunk(SETTINGS, [task("slow", Waiting(1))])

    assert 100 == slow.score


@pytest.mark.parametrize(
    ("known", "words"), [(Faulty(), "the grader failed (ZeroDivisionError in deadly.py"), (Greedy(), "too much memory")]
)
def test_a_fault_of_the_grader_is_no_zero(known: Mapping[str, str | None], words: str) -> None:
    """It is counted apart, and the next one is graded."""
    broken, other = grade_chunk(SETTINGS, [task("broken", known), task("other", path=SKELETON_FILE)])

    assert words in reason(broken)
    assert (None, True) == (broken.score, broken.fault)
    assert (0, False) == (other.score, other.fault)


def test_nothing_to_grade_is_not_gradable(tmp_path: Path) -> None:
    """It says why, and it is no fault of the grader."""
    (done,) = grade_chunk(SETTINGS, [Task(Submission("eve", Nothing("eve handed in a PDF only.")))])

    assert "eve handed in a PDF only." == reason(done)
    assert (None, False) == (done.score, done.fault)


def test_workers_that_never_answer_are_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a worker that was killed while it sent a result: its submissions are graded again, one by one."""
    with Processes(SETTINGS, 1) as workers:
        assert 100 == next(chain.from_iterable(in_order(workers, [[task("awake")]], SETTINGS)))[1].score
        monkeypatch.setattr(pool, "MAX_CHUNK_SECONDS", 4)
        (process,) = workers._pool._processes.values()
        assert process.pid is not None
        os.kill(process.pid, signal.SIGSTOP)
        chunks = [[task("a"), task("b")], [task("c")]]
        found = scores(chain.from_iterable(in_order(workers, chunks, SETTINGS)))

    assert [("a", 100), ("b", 100), ("c", 100)] == found
