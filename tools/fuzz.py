"""Grades random changes of real submissions until the time is up, and keeps what should not have happened.

    python tools/fuzz.py [--seconds N | --count N] [--seed N] [--finds DIR]

Finds are made small and written to DIR (default: tests/data/fuzz_finds), where a test tries them again and again. Exit
code 1 if there was a find.
"""

import argparse
import hashlib
import json
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from grader.compose.files import MemoryFiles
from grader.compose.request import Request
from grader.grading import grade
from grader.reports.json import report_data
from tests.hostile.corpus import corpus
from tests.hostile.inputs.pieces import Project
from tests.hostile.mutations import Mutator
from tests.hostile.oracle import FOLDER, complaints, rubric
from tests.hostile.running import ROOT
from tests.hostile.shrinking import smaller
from tests.hostile.workspaces import OpenedFiles, complaints_about_commands, strangers

FINDS = ROOT / "tests" / "data" / "fuzz_finds"
EXPLAINED_EVERY = 5
VALIDATED_EVERY = 20
ON_DISK_EVERY = 50
TOLD_EVERY_SECONDS = 60
MAX_FINDS = 20
MAX_TRIES_TO_SHRINK = 2000


class Fuzzer:
    """One run: what was tried, what was found."""

    def __init__(self, seed: int, finds: Path) -> None:
        self.mutator = Mutator(corpus(), seed)
        self.finds = finds
        self.tried = 0
        self.found: Counter[str] = Counter()
        self.opened = OpenedFiles()
        self.slowest = 0.0

    def one(self) -> None:
        """Try one submission."""
        files = self.mutator.project()
        started = time.process_time()
        problems = self.problems(files)
        self.slowest = max(self.slowest, time.process_time() - started)
        if self.tried % ON_DISK_EVERY == 0:
            problems += on_disk(files, self.opened)
        self.tried += 1
        for problem in problems:
            self.found[problem] += 1
            if self.found[problem] == 1 and len(self.found) <= MAX_FINDS:
                self.keep(problem, files)

    def problems(self, files: Project) -> list[str]:
        """Return what is wrong about grading a submission in memory."""
        with self.opened.noted() as paths:
            problems = complaints(files, explain=self.tried % EXPLAINED_EVERY == 0)
        problems += [f"opened {path}" for path in strangers(paths)]
        if self.tried % VALIDATED_EVERY == 0:
            problems += against_schema(files)
        return problems

    def keep(self, problem: str, files: Project) -> None:
        """Write a find that is as small as it can be made."""
        tries = 0

        def fails(fewer: Project) -> bool:
            nonlocal tries
            tries += 1
            if tries > MAX_TRIES_TO_SHRINK:
                return False
            return problem in complaints(fewer) or (
                problem.startswith("grade") and problem in on_disk(fewer, self.opened)
            )

        small = smaller(files, fails) if fails(files) else files
        name = hashlib.sha256(repr(sorted(small.items())).encode()).hexdigest()[:10]
        folder = self.finds / name
        for file, data in small.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        print(f"{problem}\n    kept in {folder}", flush=True)


def on_disk(files: Project, opened: OpenedFiles) -> list[str]:
    """Return what is wrong about the commands in a folder with a submission."""
    with tempfile.TemporaryDirectory() as scratch:
        return complaints_about_commands(Path(scratch) / "work", files, opened)


def against_schema(files: Project) -> list[str]:
    """Return in what the report is not what its schema says."""
    from jsonschema import Draft202012Validator

    schema = json.loads((ROOT / "grader" / "report.schema.json").read_text("utf-8"))
    data = report_data(grade(Request(MemoryFiles(files), FOLDER), rubric()))
    return [f"schema: {error.message[:80]}" for error in Draft202012Validator(schema).iter_errors(data)]


def main(arguments: Sequence[str]) -> int:
    """Run until the time or the count is up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60, metavar="N", help="how long (60)")
    parser.add_argument("--count", type=int, metavar="N", help="so many submissions instead, however long it takes")
    parser.add_argument("--seed", type=int, default=int(time.time()), metavar="N", help="the same seed, the same files")
    parser.add_argument("--finds", type=Path, default=FINDS, metavar="DIR", help="where finds are kept")
    options = parser.parse_args(arguments)
    print(f"seed {options.seed}", flush=True)
    fuzzer = Fuzzer(options.seed, options.finds)
    started = told = time.monotonic()
    while fuzzer.tried < options.count if options.count else time.monotonic() - started < options.seconds:
        fuzzer.one()
        if time.monotonic() - told > TOLD_EVERY_SECONDS:
            told = time.monotonic()
            print(f"{fuzzer.tried} tried, {len(fuzzer.found)} finds, {memory_mib():.0f} MiB", flush=True)
    seconds = time.monotonic() - started
    print(f"{fuzzer.tried} tried in {seconds:.0f} s, the slowest in {fuzzer.slowest:.2f} s, {memory_mib():.0f} MiB")
    print(f"{len(fuzzer.found)} finds" if fuzzer.found else "nothing that should not be")
    return 1 if fuzzer.found else 0


def memory_mib() -> float:
    """Return the most memory this process has used."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
