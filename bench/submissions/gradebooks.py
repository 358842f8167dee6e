"""The file that each LMS exports beside its download, a line a student, before anything is graded."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence

from bench.submissions.layouts import ASSIGNMENT, ASSIGNMENT_NUMBER, CLASSROOM
from bench.submissions.roster import HandIn

Row = Sequence[str | int]
# What the LMS gives for the whole exercise, so that scores must be scaled.
MAX_POINTS = {"canvas": 10, "moodle": 50, "gradescope": 100, "classroom50": 100, "github": 100}
NOON = 12 * 60
SECTIONS = ("Monday", "Tuesday", "Wednesday")


def _section(one: HandIn) -> str:
    return SECTIONS[one.number % len(SECTIONS)]


def _canvas(class_: Iterable[HandIn]) -> Iterator[Row]:
    yield (
        *("Student", "ID", "SIS User ID", "SIS Login ID", "Section"),
        *("Warm-up (4700)", f"Compose kata ({ASSIGNMENT_NUMBER})"),
        *("Current Score", "Final Score"),
    )
    yield "", "", "", "", "", "Manual Posting", "", "", ""
    yield "    Points Possible", "", "", "", "", 5, MAX_POINTS["canvas"], "(read only)", "(read only)"
    for one in class_:
        name = f"{one.last_name}, {one.first_name}"
        grade = "EX" if one.number % 97 == 0 else ""
        yield name, one.canvas_id, one.sid, one.login, _section(one), one.number % 6, grade, "", ""
    yield "Student, Test", 19_999, "", "0" * 8, SECTIONS[0], "", "", "", ""


def _moodle(class_: Iterable[HandIn]) -> Iterator[Row]:
    yield (
        *("Identifier", "Full name", "ID number", "Email address", "Status", "Grade", "Maximum grade"),
        *("Grade can be changed", "Last modified (submission)", "Last modified (grade)", "Feedback comments"),
    )
    for one in class_:
        if one.files is None:
            status, when = "No submission - Not graded", "-"
        else:
            status = f"Submitted for grading{' - 1 day late' if one.late else ''} - Not graded"
            half = "PM" if one.minute >= NOON else "AM"
            when = f"{one.day} March 2026, {one.minute // 60 % 12 or 12}:{one.minute % 60:02} {half}"
        identifier = f"Participant {one.participant}"
        yield (
            *(identifier, one.name, one.sid, one.email, status, "", f"{MAX_POINTS['moodle']}.00"),
            *("Yes", when, "-", ""),
        )


def _gradescope(class_: Iterable[HandIn]) -> Iterator[Row]:
    yield (
        *("First Name", "Last Name", "SID", "Email", "Sections", "Total Score", "Max Points", "Status"),
        *("Submission ID", "Submission Time", "Lateness (H:M:S)", "View Count", "Submission Count"),
        f"1: Autograder ({MAX_POINTS['gradescope']:.1f} pts)",
    )
    for one in class_:
        who = one.first_name, one.last_name, one.sid, one.email, _section(one)
        if one.files is None:
            yield *who, "", f"{MAX_POINTS['gradescope']:.1f}", "Missing", "", "", "", "", "", ""
        else:
            time = f"{one.time[:10]} {one.time[11:19]} +0000"
            late = "26:10:00" if one.late else "00:00:00"
            yield *who, "", "100.0", "Ungraded", one.submission_id, time, late, 0, one.attempts, ""


def _classroom50(class_: Iterable[HandIn]) -> Iterator[Row]:
    yield (
        *("username", "first_name", "last_name", "email", "section", "score", "max_score", "datetime"),
        *("submission_tag", "submitted_by", "review_url", "late", "override"),
    )
    for one in class_:
        who = one.login, one.first_name, one.last_name, one.email, _section(one)
        if one.files is None:
            yield *who, "", "", "", "", "", "", "", ""
            continue
        for attempt in range(one.attempts, 0, -1):
            url = f"https://example.org/{CLASSROOM}-{ASSIGNMENT}-{one.login}/{attempt}"
            tag = f"submit/{one.time[:10]}-{attempt}"
            yield *who, 0, MAX_POINTS["classroom50"], one.time, tag, one.login, url, str(one.late).lower(), ""


def _github(class_: Iterable[HandIn]) -> Iterator[Row]:
    yield (
        *("assignment_name", "assignment_url", "starter_code_url", "github_username", "roster_identifier"),
        *("student_repository_name", "student_repository_url", "submission_timestamp", "points_awarded"),
        "points_available",
    )
    for one in class_:
        repository = f"{ASSIGNMENT}-{one.login}"
        urls = "https://example.org/assignment", "https://example.org/starter"
        time = "" if one.files is None else one.time.replace("T", " ").replace("Z", " UTC")
        yield (
            *(ASSIGNMENT, *urls, one.login, one.sid, repository, f"https://example.org/{repository}", time),
            *("", MAX_POINTS["github"]),
        )


def submission_metadata(class_: Iterable[HandIn], seed: int) -> Iterator[str]:
    """Yield the pieces of Gradescope's `submission_metadata.yml`: a key a submission, its history among it.

    One in fifty has no student id.
    """
    rng = random.Random(f"{seed}:metadata")
    yield "---\n"
    for one in class_:
        if one.files is None:
            continue
        yield f"submission_{one.submission_id}:\n  :submitters:\n"
        yield f"  - :name: {one.name}\n"
        if rng.random() > 0.02:
            yield f"    :sid: {one.sid}\n"
        yield f"    :email: {one.email}\n"
        yield f"  :created_at: {one.time[:10]} {one.time[11:19]}.000000000 Z\n  :score:\n  :status: unprocessed\n"
        yield "  :results: {}\n  :history:" + ("\n" if one.attempts > 1 else " []\n")
        for attempt in range(1, one.attempts):
            yield f"  - :created_at: 2026-03-01 10:{attempt:02}:00.000000000 Z\n    :score: 0.0\n"


GRADEBOOKS: dict[str, tuple[str, Callable[[Iterable[HandIn]], Iterator[Row]]]] = {
    "canvas": (f"2026-03-20T1200_Grades-{CLASSROOM}.csv", _canvas),
    "moodle": (f"Grades-{CLASSROOM}-{ASSIGNMENT}-{ASSIGNMENT_NUMBER}.csv", _moodle),
    "gradescope": ("Compose_kata_scores.csv", _gradescope),
    "classroom50": ("scores.csv", _classroom50),
    "github": ("grades.csv", _github),
}
