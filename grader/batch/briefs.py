"""The brief of a record: all that the outputs of a class need of it, next to no bytes beside its line.

A worker hands both over. To read a line again takes longer than all that is made of it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

LETTERS = {"passed": "p", "failed": "f", "not attempted": "n", "skipped": "w"}
OUTCOMES = {letter: outcome for outcome, letter in LETTERS.items()}
LOST = "fn"  # the letters of checks whose points are lost
ABSENT = "-"

Person = Mapping[str, str | None]  # id, name, email, login


class Fault(NamedTuple):
    """A check that is wrong: what the report says of it, and what was written, if that is known."""

    check: str
    message: str
    value: str | None


class Brief(NamedTuple):
    """One submission as the outputs see it. Texts and numbers are those of its line.

    `reason` is the kind and the sentence of what could not be graded; then `scores` (of the exercises) and `outcomes`
    (a letter for each check, both in the order of the rubric) are empty.
    """

    submission: str
    student: Person | None
    members: Sequence[Person]
    attempt: int
    attempts: int
    late: bool
    remarks: Sequence[str]
    status: str
    reason: tuple[str, str] | None
    score: int | None
    max_score: int
    scores: tuple[int, ...]
    outcomes: str
    wrong: tuple[Fault, ...]
    traits: Sequence[str]

    @property
    def counts(self) -> bool:
        """Tell whether it is the student's last attempt, the one that counts."""
        return self.attempt == self.attempts


def brief_of(record: Mapping[str, Any]) -> Brief:
    """Return the brief of a record that was read from its line."""
    report = record["report"]
    reason, exercises = report["reason"], report["exercises"]
    checks = [check for exercise in exercises for check in exercise["checks"]]
    chosen = record["choices"]
    return brief(
        record,
        status=report["status"],
        reason=reason and (reason["kind"], reason["message"]),
        score=report["score"],
        max_score=report["max_score"],
        scores=tuple(exercise["score"] for exercise in exercises),
        outcomes="".join([LETTERS[check["outcome"]] for check in checks]),
        wrong=tuple(
            Fault(check["id"], check.get("message") or "", chosen.get(check["id"]))
            for check in checks
            if check["outcome"] == "failed"
        ),
    )


def brief(record: Mapping[str, Any], **judged: Any) -> Brief:
    """Return a brief with what a record says beside its report; `judged` is the rest."""
    return Brief(**{name: record[name] for name in _BESIDE}, **judged)


_BESIDE = ("submission", "student", "members", "attempt", "attempts", "late", "remarks", "traits")
