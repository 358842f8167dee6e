"""How fast a class is graded: `python -m bench.batch`. Only figures of one run may be compared with each other.

python -m bench.batch                       10,000 submissions: one job, two jobs, pages, pytest, Dask
python -m bench.batch --growth              1,000 to 1,000,000 submissions: time and memory (an hour, 12 GB of disk)
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from bench.submissions.__main__ import lay_out

COUNT = 10_000
GROWTH = (1_000, 10_000, 100_000, 1_000_000)
PYTEST_COUNT = 10
SAMPLE_SECONDS = 0.2
SEED = 1
SHAPE = "folders"
GROWTH_SHAPE = "files"  # half as many entries on the disk
FACTS = os.path.join(os.path.dirname(__file__), "plain_pytest", "test_facts.py")


class Cost(NamedTuple):
    """What one command took: seconds, and the most memory that it and its processes had at one time, in MB."""

    seconds: float
    megabytes: float


def run(command: Sequence[str]) -> Cost:
    """Run a command to its end. Raises `CalledProcessError`."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        most = 0
        while process.poll() is None:
            most = max(most, _memory_of(process.pid))
            time.sleep(SAMPLE_SECONDS)
        seconds = time.perf_counter() - start
        if process.returncode:
            said.seek(0)
            sys.stderr.write(said.read().decode(errors="replace"))
            raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(seconds, most / 1024)


def _memory_of(process: int) -> int:
    """Return what a process and all below it have in memory (kB), what they share counted once; 0 where nobody says."""
    total = 0
    waiting = [str(process)]
    while waiting:
        number = waiting.pop()
        try:
            with open(f"/proc/{number}/smaps_rollup", encoding="ascii") as file:
                total += next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
            with open(f"/proc/{number}/task/{number}/children", encoding="ascii") as file:
                waiting += file.read().split()
        except (OSError, StopIteration):
            continue
    return total


def grade_class(submissions: str, out: str, *options: str) -> Cost:
    """Grade a class anew."""
    shutil.rmtree(out, ignore_errors=True)
    return run([sys.executable, "-m", "grader", "batch", submissions, "--out", out, *options])


def plain_pytest(submissions: str) -> float:
    """Return the seconds that a plain pytest run takes for one submission, on average of a few."""
    names = sorted(os.listdir(submissions))[:PYTEST_COUNT]
    start = time.perf_counter()
    for name in names:
        path = os.path.join(submissions, name, "docker-compose.yml")
        environment = {**os.environ, "SUBMISSION": path}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--noconftest", FACTS]
        subprocess.run(command, env=environment, capture_output=True, check=False)
    return (time.perf_counter() - start) / len(names)


@contextmanager
def local_cluster(workers: int) -> Iterator[str]:
    """Run a Dask cluster on this computer and yield the address of its scheduler."""
    code = (
        "import sys, distributed\n"
        "if __name__ == '__main__':\n"
        f"    cluster = distributed.LocalCluster(n_workers={workers}, threads_per_worker=1, dashboard_address=None)\n"
        "    print(cluster.scheduler_address, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "cluster.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write(code)
        process = subprocess.Popen([sys.executable, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()
            process.wait()


def throughput(folder: str, count: int) -> None:
    """Print the table for one class."""
    submissions = _made(folder, count, SHAPE)
    real = len(os.listdir(submissions))
    print(f"{real:,} submissions (of a class of {count:,}, seed {SEED})")
    out = os.path.join(folder, "out")
    print(f"  {'':<34}{'seconds':>9}{'a second':>11}{'and core':>11}{'MB':>7}")

    def row(name: str, jobs: int, cost: Cost) -> None:
        rate = real / cost.seconds
        print(f"  {name:<34}{cost.seconds:9.1f}{rate:11,.0f}{rate / jobs:11,.0f}{cost.megabytes:7.0f}", flush=True)

    plain = {}
    for jobs in (1, 2):
        plain[jobs] = grade_class(submissions, out, "--no-feedback", "--jobs", str(jobs))
        row(f"results, gradebook, {jobs} job{'s'[: jobs - 1]}", jobs, plain[jobs])
    for jobs in (1, 2):
        row(f"and every page, {jobs} job{'s'[: jobs - 1]}", jobs, grade_class(submissions, out, "--jobs", str(jobs)))
    row("the same again, nothing changed", 2, run([sys.executable, "-m", "grader", "batch", submissions, "--out", out]))
    with local_cluster(2) as address:
        dask = grade_class(submissions, out, "--no-feedback", "--scheduler", address)
    row("results, a Dask cluster of 2", 2, dask)
    print(f"  two jobs: {plain[1].seconds / plain[2].seconds:.2f} x one job")
    print(f"  Dask: {dask.seconds / plain[2].seconds:.2f} x the time of two jobs")
    one = plain_pytest(submissions)
    ratio = one * real / plain[1].seconds
    print(f"  plain pytest, 20 facts: {one:.2f} s a submission, {ratio:,.0f} x the time of one job")


def growth(folder: str) -> None:
    """Print time and memory for classes of growing size."""
    print(f"  {'submissions':>12}{'seconds':>10}{'a second':>11}{'MB':>7}")
    for count in GROWTH:
        submissions = _made(folder, count, GROWTH_SHAPE)
        real = len(os.listdir(submissions))
        cost = grade_class(submissions, os.path.join(folder, "out"), "--no-feedback")
        print(f"  {real:12,}{cost.seconds:10.1f}{real / cost.seconds:11,.0f}{cost.megabytes:7.0f}", flush=True)


def _made(folder: str, count: int, shape: str) -> str:
    """Lay out a class, unless it is there already; return where its submissions are."""
    out = os.path.join(folder, f"class-{count}-{shape}")
    if not os.path.exists(os.path.join(out, "truth.json")):  # written last
        shutil.rmtree(out, ignore_errors=True)
        os.makedirs(out)
        lay_out(out, shape, count, SEED)
    return os.path.join(out, "submissions")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--folder", help="where classes are laid out, and found again the next time")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or temporary
        if arguments.growth:
            growth(folder)
        else:
            throughput(folder, arguments.count)


if __name__ == "__main__":
    main()
