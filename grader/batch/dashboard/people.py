"""Who stands in the dashboard: names as they can be shown, and one row of the list of all."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from grader.batch import briefs
from grader.batch.briefs import ABSENT, LETTERS, Brief
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
    """One student's counting submission.

    `outcomes` has a letter for each check, see `grader.batch.briefs`: `ABSENT` where nothing could be graded.
    """

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


def person(brief: Brief) -> Person:
    """Return whose submission it is: the name, else what else is known, else the submission's own name."""
    student = brief.student or {}
    names = [student.get("name") or student.get("login") or student.get("id") or student.get("email")]
    names.extend(member.get("name") or member.get("login") or member.get("id") for member in _members(brief))
    shown = [short(name, MAX_NAME_CHARACTERS) for name in names if name]
    return Person(brief.submission, short(", ".join(filter(None, shown)) or brief.submission, 2 * MAX_NAME_CHARACTERS))


def _members(brief: Brief) -> Sequence[briefs.Person]:
    """Return the further students of a group; some sources list the first one among them."""
    return [member for member in brief.members if member != brief.student]


def known_as(brief: Brief) -> str:
    """Return what tells two of one name apart: the id of the LMS, a login, else the submission."""
    student = brief.student or {}
    found = student.get("id") or student.get("login") or student.get("email") or brief.submission
    return short(found, MAX_NAME_CHARACTERS)


def state(brief: Brief) -> State:
    """Return how far the student has come. Not begun: no check is solved and none is wrong."""
    if brief.status != "graded":
        return "grader fault" if brief.reason and brief.reason[0] == "grader" else "not gradable"
    if brief.score == brief.max_score:
        return "complete"
    return "begun" if LETTERS["passed"] in brief.outcomes or LETTERS["failed"] in brief.outcomes else "not begun"


def row(brief: Brief, *, exercises: int, checks: int) -> Row:
    """Return the line of the list for one submission; a rubric has so many exercises and checks."""
    return Row(
        person=person(brief),
        known_as=known_as(brief),
        state=state(brief),
        score=brief.score,
        exercises=brief.scores or (None,) * exercises,
        attempts=brief.attempts,
        late=brief.late,
        remarks=tuple([short(remark, MAX_REMARK_CHARACTERS) for remark in brief.remarks[:MAX_REMARKS]]),
        reason=short(brief.reason[1], MAX_REMARK_CHARACTERS) if brief.reason else "",
        outcomes=brief.outcomes or ABSENT * checks,
    )
