"""`summary.json`: the class in numbers, for programs. Two runs of the same batch give the same file."""

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from grader import __version__
from grader.batch.briefs import OUTCOMES, Brief
from grader.batch.counted import counted
from grader.batch.opening.locating import SEVERAL_FOLDERS
from grader.batch.outcomes import Endings
from grader.batch.output_files import GRADEBOOK, SUMMARY, SUMMARY_SCHEMA
from grader.batch.written import write_anew
from grader.rubric import Rubric

MAX_LISTED = 1000  # of what could not be graded, by name
ALL_IN_ONE = (
    "THAT IS ONE SUBMISSION, and several folders of it hold a compose file. "
    "If they are a class, name the folder in which they lie."
)


class Summary:
    """Counts outcomes and scores of the last attempts. An `Output`."""

    def __init__(self, out: str, rubric: Rubric, edition: str, source: str) -> None:
        self._path = os.path.join(out, SUMMARY)
        self._rubric = rubric
        self._edition = edition
        self._source = source
        self._submissions = self._late = self._earlier = 0
        self._status: Counter[str] = Counter()
        self._scores: Counter[int] = Counter()
        self._checks: dict[str, Counter[str]] = {check.id: Counter() for check in rubric.checks()}
        self._exercises: dict[str, int] = dict.fromkeys([exercise.id for exercise in rubric.exercises], 0)
        self._endings = Endings(self._count)
        self._not_gradable: list[dict[str, str]] = []
        self._is_several = False  # the last submission has several folders with a compose file

    def add(self, brief: Brief) -> None:
        """Count one submission."""
        self._submissions += 1
        if not brief.counts:
            self._earlier += 1
            return
        self._late += brief.late
        self._is_several = bool(brief.remarks) and any(SEVERAL_FOLDERS in remark for remark in brief.remarks)
        if brief.reason is not None:
            kind, message = brief.reason
            kind = "grader fault" if kind == "grader" else "not gradable"
            self._status[kind] += 1
            if len(self._not_gradable) < MAX_LISTED:
                self._not_gradable.append({"submission": brief.submission, "kind": kind, "reason": message})
            return
        self._status["graded"] += 1
        if brief.score is not None:
            self._scores[brief.score] += 1
        self._endings.add(brief)

    def _count(self, letters: str, scores: tuple[int, ...], number: int) -> None:
        for exercise, score in zip(self._exercises, scores, strict=True):
            self._exercises[exercise] += number * score
        for check, letter in zip(self._checks.values(), letters, strict=True):
            check[OUTCOMES[letter]] += number

    def data(self) -> dict[str, Any]:
        """Return the summary as it is written."""
        self._endings.settle()
        graded = self._status["graded"]
        points = sum(score * count for score, count in self._scores.items())
        return {
            "schema": SUMMARY_SCHEMA,
            "grader": __version__,
            "rubric": self._edition,
            "source": self._source,
            "submissions": self._submissions,
            "earlier_attempts": self._earlier,
            "late": self._late,
            "graded": graded,
            "not_gradable": self._status["not gradable"],
            "grader_faults": self._status["grader fault"],
            "score": {
                "mean": round(points / graded, 2) if graded else None,
                "median": _median(self._scores),
                "min": min(self._scores, default=None),
                "max": max(self._scores, default=None),
                "max_score": self._rubric.max_score,
                "counts": {str(score): self._scores[score] for score in sorted(self._scores)},
            },
            "exercises": [
                {
                    "id": exercise.id,
                    "mean": round(self._exercises[exercise.id] / graded, 2) if graded else None,
                    "max_score": sum(check.points for check in exercise.checks),
                }
                for exercise in self._rubric.exercises
            ],
            "checks": [
                {
                    "id": check.id,
                    "passed": self._checks[check.id]["passed"],
                    "failed": self._checks[check.id]["failed"],
                    "not_attempted": self._checks[check.id]["not attempted"],
                    "skipped": self._checks[check.id]["skipped"],
                }
                for check in self._rubric.checks()
            ],
            "could_not_be_graded": self._not_gradable,
        }

    def finish(self) -> Sequence[str]:
        """Write the file; say how the class did."""
        data = self.data()
        with write_anew(self._path) as file:
            file.write(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
        return [*_sentences(data), *([ALL_IN_ONE] if self._submissions == 1 and self._is_several else [])]


def _sentences(data: Mapping[str, Any]) -> Sequence[str]:
    count, attempts = data["submissions"], data["earlier_attempts"]
    earlier = f" ({counted(attempts, 'earlier attempt')})" if attempts else ""
    said = [f"{counted(count, 'submission')}{earlier}, {data['graded']:,} graded"]
    score = data["score"]
    if data["graded"]:
        said.append(
            f"score: mean {score['mean']:.1f}, median {score['median']:g}, from {score['min']} to {score['max']}"
            f" of {score['max_score']}"
        )
    if data["not_gradable"]:
        said.append(f"{data['not_gradable']:,} not gradable: no score, no zero; {GRADEBOOK} says who and why")
    if data["grader_faults"]:
        times = "once" if data["grader_faults"] == 1 else f"{data['grader_faults']:,} times"
        said.append(f"{times} the grader itself failed: no score, no zero; please report it")
    return said


def _median(scores: Mapping[int, int]) -> float | None:
    """Return the median of scores with their counts."""
    total = sum(scores.values())
    if not total:
        return None
    return (_nth(scores, (total - 1) // 2) + _nth(scores, total // 2)) / 2


def _nth(scores: Mapping[int, int], wanted: int) -> int:
    for score in sorted(scores):
        wanted -= scores[score]
        if wanted < 0:
            break
    return score
