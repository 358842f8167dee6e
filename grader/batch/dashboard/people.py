"""Who stands in the dashboard: names as they can be shown, and one row of the list of all."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from grader.batch.outcomes import LETTERS, letters_of
from grader.reports.clean import clean_line

MAX_NAME_CHARACTERS = 60
MAX_REMARKS = 5
MAX_REMARK_CHARACTERS = 300

State = Literal["complete", "begun", "not begun", "not gradable", "grader fault"]
STATES: tuple[State, ...] = ("complete", "begun", "not begun", "not gradable", "grader fault")


class Person(NamedTuple):
    """A student as they are named in the page, and the submission that their feedback page belongs to."""

    submission: str
    name: str


class Row(NamedTuple):
    """One student's counting submission. `outcomes` has a letter for each check, see `grader.batch.outcomes`."""

    person: Person
    known_as: str
    state: State
    score: int | None
    exercises: tuple[int | None, ...]
    attempts: int
    late: bool
    remarks: tuple[str, ...]
    reason: str
    outcomes: str


def short(text: str, limit: int) -> str:
    """Return a text on one line, without anything harmful, of at most `limit` characters."""
    # what is cut off is not cleaned: a megabyte of it would take its time
    cut = clean_line(text[: limit + 1])
    return cut if len(cut) <= limit else cut[: limit - 1].rstrip() + "…"


def person(record: Mapping[str, Any]) -> Person:
    """Return whose submission it is: the name, else what else is known, else the submission's own name."""
    student = record["student"] or {}
    names = [student.get("name") or student.get("login") or student.get("id") or student.get("email")]
    names.extend(member.get("name") or member.get("login") or member.get("id") for member in _members(record))
    shown = [short(name, MAX_NAME_CHARACTERS) for name in names if name]
    return Person(
        record["submission"], short(", ".join(filter(None, shown)) or record["submission"], 2 * MAX_NAME_CHARACTERS)
    )


def _members(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the further students of a group; some sources list the first one among them."""
    return [member for member in record.get("members") or () if member != record["student"]]


def known_as(record: Mapping[str, Any]) -> str:
    """Return what tells two of one name apart: the id of the LMS, a login, else the submission."""
    student = record["student"] or {}
    found = student.get("id") or student.get("login") or student.get("email") or record["submission"]
    return short(found, MAX_NAME_CHARACTERS)


def state(record: Mapping[str, Any], letters: str) -> State:
    """Return how far the student has come. Not begun: no check is solved and none is wrong."""
    report = record["report"]
    if report["status"] != "graded":
        fault = (report["reason"] or {}).get("kind") == "grader"
        return "grader fault" if fault else "not gradable"
    if report["score"] == report["max_score"]:
        return "complete"
    return "begun" if LETTERS["passed"] in letters or LETTERS["failed"] in letters else "not begun"


def row(record: Mapping[str, Any], exercise_ids: tuple[str, ...], check_ids: tuple[str, ...]) -> Row:
    """Return the line of the list for one record; columns in the order of the rubric, `outcomes` of these checks."""
    report = record["report"]
    letters = letters_of(record, check_ids)
    scores = {exercise["id"]: exercise["score"] for exercise in report["exercises"]}
    remarks = record.get("remarks") or ()
    return Row(
        person=person(record),
        known_as=known_as(record),
        state=state(record, letters),
        score=report["score"],
        exercises=tuple(scores.get(exercise) for exercise in exercise_ids),
        attempts=record["attempts"],
        late=bool(record["late"]),
        remarks=tuple(short(remark, MAX_REMARK_CHARACTERS) for remark in remarks[:MAX_REMARKS]),
        reason=short((report["reason"] or {}).get("message") or "", MAX_REMARK_CHARACTERS),
        outcomes=letters,
    )
