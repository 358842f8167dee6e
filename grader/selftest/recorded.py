"""The recorded cases: what must be accepted, and what must be rejected for one check alone."""

import os

from grader import kit
from grader.findings import Outcome
from grader.report import Report
from grader.rubric import Rubric, load_rubric
from grader.selftest.parts import Part, exactly, full_marks
from grader.selftest.submissions import grade_case


def prove_accepted(rubric: Rubric, cases: str | None, known: frozenset[str]) -> Part:
    """Grade the files of `accepted/`: each has full marks in the checks that the cases know."""
    folder = os.path.join(cases, "accepted") if cases is not None else None
    if folder is None or not os.path.isdir(folder):
        return Part("accepted", 0, [], "the folder of accepted cases is not here")
    paths = case_paths(folder)
    failures = [
        line
        for path in paths
        for line in full_marks(f"accepted/{os.path.basename(path)}", _without_added(grade_case(path, rubric), known))
    ]
    return Part("accepted", len(paths), failures)


def prove_rejected(rubric: Rubric, cases: str | None, known: frozenset[str]) -> Part:
    """Grade the files of `rejected/CHECK/`: each loses that check alone."""
    folder = os.path.join(cases, "rejected") if cases is not None else None
    if folder is None or not os.path.isdir(folder):
        return Part("rejected", 0, [], "the folder of rejected cases is not here")
    asked = {check.id for check in rubric.checks()}
    left_out = known - asked
    whole = load_rubric(kit.rubric_folder()) if left_out else rubric
    failures, ran = [], 0
    for owner in sorted(os.listdir(folder)):
        if owner in known and owner not in asked:
            continue  # a check of the cases that this rubric has left out
        if owner not in asked:
            failures.append(f"rejected/{owner}: no check of the rubric is called so; its files reach nothing")
            continue
        for path in case_paths(os.path.join(folder, owner)):
            if left_out and _reaches(path, whole, left_out):
                continue
            ran += 1
            report = _without_added(grade_case(path, rubric), known)
            if any(check.id == owner for check in report.checks()):
                failures += exactly(f"rejected/{owner}/{os.path.basename(path)}", report, owner)
    return Part("rejected", ran, failures)


def _without_added(report: Report, known: frozenset[str]) -> Report:
    """Return a report without the checks that the cases do not know, and those that wait for such a check."""
    exercises = [
        exercise._replace(
            checks=[
                c for c in exercise.checks if c.id in known and (c.because is None or c.because in (*known, "skeleton"))
            ]
        )
        for exercise in report.exercises
    ]
    return report._replace(exercises=exercises)


def _reaches(path: str, whole: Rubric, left_out: frozenset[str]) -> bool:
    """Tell whether the fault of a case reaches a check that is left out: without that one it may have another owner."""
    return any(
        check.id in left_out and check.outcome is not Outcome.PASSED for check in grade_case(path, whole).checks()
    )


def case_paths(folder: str) -> list[str]:
    """Return the cases of a folder, sorted: every file and every sub-folder is one."""
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if not name.startswith(".")]
