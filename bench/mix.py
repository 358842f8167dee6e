"""A class as it is handed in: `grade()` over the generated submissions, finished, half done and broken ones."""

import time
from collections.abc import Sequence

from bench.submissions import generate
from grader.compose.files import MemoryFiles
from grader.compose.request import Request
from grader.grading import grade
from grader.rubric import Rubric

SUBMISSIONS = 2_000
SEED = 1
ROUNDS = 5
FOLDER = "/submission"


def submissions() -> list[dict[str, bytes]]:
    """Return the files of the class that is graded."""
    return [generate(number, SEED) for number in range(SUBMISSIONS)]


def mean_ms(handed_in: Sequence[dict[str, bytes]], rubric: Rubric) -> float:
    """Return the mean processor time in milliseconds of one grade with full findings: the least of some rounds.

    A round goes once through the class. What the first one imports and remembers is not counted, as in a long run.
    """
    rounds = [_round_ms(handed_in, rubric) for _ in range(ROUNDS)]
    return min(rounds) / len(handed_in)


def _round_ms(handed_in: Sequence[dict[str, bytes]], rubric: Rubric) -> float:
    start = time.process_time()
    for files in handed_in:
        grade(Request(MemoryFiles(files, FOLDER), FOLDER), rubric)
    return (time.process_time() - start) * 1000
