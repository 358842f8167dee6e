"""Records as `results.jsonl` holds them, made up: of a submission, of a case, of a whole class that is always the same.

Those of files as a batch grades them are in `graded`.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.batch.records import record as line_of
from grader.batch.submission import Nothing, Submission
from tests.batch.graded import TESTS, graded_case, rubric

FAULTS_OF_A_CHECK = 6
GIVEN = ("Ada", "Bob", "Chen", "Dora", "Emil", "Fatima", "Goran", "Hana", "Ivo", "José", "Kim", "Lena", "Mira", "Noor")
FAMILY = ("Abe", "Berg", "Costa", "Diaz", "Eriksen", "Fuchs", "Garcia", "Hu", "Ito", "Jansen", "Kowalski", "Łącki")


def student(name: str | None = None, **known: str | None) -> dict[str, str | None]:
    """Return a student of a record of whom only this is known."""
    return {"id": None, "name": name, "email": None, "login": None, **known}


def record(
    submission: str,
    report: Mapping[str, Any],
    *,
    student: Mapping[str, Any] | None = None,
    members: Sequence[Mapping[str, Any]] = (),
    attempt: int = 1,
    attempts: int = 1,
    late: bool = False,
    remarks: Sequence[str] = (),
    choices: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return one record; its report is as `report_of` gives it."""
    return {
        "submission": submission,
        "student": student,
        "members": list(members),
        "attempt": attempt,
        "attempts": attempts,
        "late": late,
        "handed_in": None,
        "remarks": list(remarks),
        "files": {"docker-compose.yml": "0"},
        "basis": "0",
        "report": report,
        "choices": dict(choices or {}),
        "traits": [],
    }


def graded(path: Path, submission: str | None = None, **known: Any) -> dict[str, Any]:
    """Grade a case of `tests/` and return its record; what was written for lost checks is what the findings say."""
    report = graded_case(path).report
    line = line_of(Submission(path.stem, Nothing("")), report, basis="0", files={}).line
    choices = {check.id: check.actual for check in report.checks() if check.actual is not None}
    return record(submission or path.stem, json.loads(line)["report"], choices=choices, **known)


def report_of(outcomes: Mapping[str, str], messages: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return a report with these outcomes by check; what is not named is solved."""
    said = messages or {}
    exercises = []
    for exercise in rubric().exercises:
        checks = []
        for check in exercise.checks:
            outcome = outcomes.get(check.id, "passed")
            points = check.points if outcome == "passed" else 0
            found: dict[str, Any] = {"id": check.id, "outcome": outcome, "score": points, "max_score": check.points}
            if outcome in ("failed", "not attempted"):
                found["message"] = said.get(check.id, "Something is to be done here.")
            if outcome == "skipped":
                found["because"] = "kafka.listeners"
            checks.append(found)
        score = sum(check["score"] for check in checks)
        most = sum(check.points for check in exercise.checks)
        exercises.append({"id": exercise.id, "score": score, "max_score": most, "checks": checks})
    return {
        "file": "docker-compose.yml",
        "status": "graded",
        "reason": None,
        "score": sum(exercise["score"] for exercise in exercises),
        "max_score": rubric().max_score,
        "compose": {"accepted": True, "errors": []},
        "containers": {},
        "skeleton": {"intact": True, "changes": []},
        "exercises": exercises,
        "warnings": [],
    }


def not_gradable(kind: str, message: str) -> dict[str, Any]:
    """Return the report of something that could not be graded; `kind` is input or grader."""
    return {
        **report_of({}),
        "status": "not gradable",
        "reason": {"kind": kind, "message": message, "line": 3 if kind == "input" else None, "column": None},
        "score": None,
        "exercises": [],
    }


@lru_cache(maxsize=1)
def faults() -> dict[str, list[tuple[str, str | None]]]:
    """What the rejected cases say and hold, by check: a sentence and the value that was written."""
    found: dict[str, list[tuple[str, str | None]]] = {}
    folders = sorted((TESTS / "rejected").iterdir())
    for path in [path for folder in folders for path in sorted(folder.glob("*.yml"))[:FAULTS_OF_A_CHECK]]:
        case = graded(path)
        for exercise in case["report"]["exercises"]:
            for check in exercise["checks"]:
                if check["outcome"] == "failed":
                    found.setdefault(check["id"], []).append((check["message"], case["choices"].get(check["id"])))
    return found


def class_of(number: int, seed: int = 8) -> Iterator[dict[str, Any]]:
    """Yield the records of a class as they come: some strong, some weak, some who have not begun or sent a picture."""
    dice = random.Random(seed)
    checks = [check.id for check in rubric().checks()]
    hardness = {check: dice.betavariate(2, 4) for check in checks}
    for place in range(number):
        name = f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}"
        known: dict[str, Any] = {"student": student(name, id=str(1000 + place)), "late": dice.random() < 0.07}
        submission = f"{name.lower().replace(' ', '-')}-{1000 + place}"
        kind = dice.random()
        if kind < 0.015:
            reason = "docker-compose.yml is no YAML: mapping values are not allowed here."
            yield record(submission, not_gradable("input", reason), **known)
        elif kind < 0.02:
            yield record(submission, not_gradable("grader", "the grader ran out of time (10 s)"), **known)
        elif kind < 0.07:
            yield record(submission, report_of(dict.fromkeys(checks, "not attempted")), **known)
        else:
            yield _student_of(dice, submission, hardness, known)


def _student_of(
    dice: random.Random, submission: str, hardness: Mapping[str, float], known: Mapping[str, Any]
) -> dict[str, Any]:
    """Return somebody with a strength, who has come so far and makes mistakes that others make too."""
    strength = dice.betavariate(3, 1.4)
    reached = min(1.0, strength + dice.random() * 0.5)
    outcomes: dict[str, str] = {}
    messages: dict[str, str] = {}
    choices: dict[str, str] = {}
    ids = list(hardness)
    for place, check in enumerate(ids):
        if place > reached * len(ids):
            outcomes[check] = "not attempted"
        elif dice.random() < hardness[check] * 3 * (1.05 - strength) ** 1.2:
            known_faults = faults().get(check, [("It is wrong.", None)])
            message, value = known_faults[min(int(dice.expovariate(0.7)), len(known_faults) - 1)]
            outcomes[check], messages[check] = "failed", message
            if value is not None:
                choices[check] = value
    if any(outcomes.get(check) == "failed" for check in ids if check.startswith("kafka.")):
        outcomes["kafka.starts"] = "skipped"
        choices.pop("kafka.starts", None)
    remarks = ["Three compose files were handed in; docker-compose.yml was taken."] if dice.random() < 0.03 else []
    attempts = 1 + int(dice.random() < 0.2)
    report = report_of(outcomes, messages)
    return record(submission, report, choices=choices, attempt=attempts, attempts=attempts, remarks=remarks, **known)
