"""Run every proof of a rubric and collect what failed."""

import os
from collections.abc import Callable, Iterator
from typing import NamedTuple

from grader import kit
from grader.exercise import Exercise, RubricError
from grader.findings import Outcome
from grader.grading import read_skeleton
from grader.rubric import Rubric, load_rubric, unknown_service
from grader.selftest.edits import Solution
from grader.selftest.mutants import mutants
from grader.selftest.parts import Part, exactly, full_marks, why
from grader.selftest.recorded import case_paths, prove_accepted, prove_rejected
from grader.selftest.submissions import grade_text

MAX_SCORE = 100
# the parts that start from the solution's text
FROM_SOLUTION = ("examples", "mutants")

Progress = Callable[[str], None]


class SelfTest(NamedTuple):
    """The result: parts in order, and warnings that are no failures."""

    parts: list[Part]
    warnings: list[str]

    @property
    def passed(self) -> bool:
        """Tell whether nothing failed."""
        return not any(part.failures for part in self.parts)


def run(
    rubric_folder: str, *, cases: str | None, known: frozenset[str] | None = None, on_progress: Progress | None = None
) -> SelfTest:
    """Prove a rubric; `cases` is the folder with `accepted/` and `rejected/`, None where there is none.

    `known` are the ids of the checks for which the cases were written (None: all): they cannot answer a check that an
    instructor has added. Examples and mutants need a solution with full marks and are left out without one.
    Raises RubricError for a rubric that cannot be loaded, OSError for a solution that cannot be read.
    """
    rubric = load_rubric(rubric_folder)
    complaint = unknown_service(rubric, read_skeleton(rubric.skeleton).services)
    if complaint is not None:
        raise RubricError(complaint)
    with open(kit.solution_of(rubric.folder), encoding="utf-8") as file:
        answer = file.read()
    tell = on_progress or (lambda _: None)
    ids = known if known is not None else frozenset(check.id for check in rubric.checks())
    steps: list[tuple[str, Callable[[], Part]]] = [
        ("skeleton", lambda: _prove_skeleton(rubric)),
        ("solution", lambda: _prove_solution(rubric, answer)),
        ("texts", lambda: _prove_texts(rubric)),
        ("examples", lambda: _prove_examples(rubric, answer)),
        ("mutants", lambda: _prove_mutants(rubric, answer)),
        ("accepted", lambda: prove_accepted(rubric, cases, ids)),
        ("rejected", lambda: prove_rejected(rubric, cases, ids)),
    ]
    parts: list[Part] = []
    for name, step in steps:
        tell(name)
        unsolved = any(part.name == "solution" and part.failures for part in parts)
        if unsolved and name in FROM_SOLUTION:
            parts.append(Part(name, 0, [], "the solution has no full marks"))
        else:
            parts.append(step())
    warnings = []
    if rubric.max_score != MAX_SCORE:
        warnings.append(f"the points add up to {rubric.max_score}, not to {MAX_SCORE}")
    return SelfTest(parts, warnings)


def _prove_skeleton(rubric: Rubric) -> Part:
    with open(rubric.skeleton, encoding="utf-8") as file:
        report = grade_text(file.read(), rubric)
    failures = [
        f"skeleton: {check.id} is {check.outcome.value}, it must be not attempted"
        for check in report.checks()
        if check.outcome is not Outcome.NOT_ATTEMPTED
    ]
    if report.score != 0:
        failures.append(f"skeleton: scores {report.score}, it must score 0 ({why(report)})")
    return Part("skeleton", 1, failures)


def _prove_solution(rubric: Rubric, answer: str) -> Part:
    failures = full_marks("solution", grade_text(answer, rubric))
    if failures:
        counts = f"{kit.SOLUTIONS}/{kit.COMPOSE_FILE}"
        failures.append(
            f"the solution is {kit.solution_of(rubric.folder)}; the one that counts is {counts} beside the rubric"
        )
    return Part("solution", 1, failures)


def _prove_texts(rubric: Rubric) -> Part:
    """Links lead to a heading that is there, hints differ, examples differ."""
    failures = []
    for check in rubric.checks():
        file, _, anchor = check.task.partition("#")
        path = os.path.join(rubric.folder, check.exercise, file)
        if not os.path.isfile(path):
            failures.append(f"{check.id}: task names {check.task}, and {path} is missing")
        elif anchor and anchor not in set(_anchors(path)):
            failures.append(f"{check.id}: task names the heading #{anchor}, which {path} does not have")
        if len(set(check.hints)) != len(check.hints):
            failures.append(f"{check.id}: two hints are equal")
        if check.wrong == check.right:
            failures.append(f"{check.id}: the wrong example is the right one")
    return Part("texts", len(rubric.checks()), failures)


def _anchors(path: str) -> Iterator[str]:
    """Yield the anchors that GitHub gives to the headings of a Markdown file."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                words = line.lstrip("#").strip().lower().replace(" ", "-")
                yield "".join(sign for sign in words if sign.isalnum() or sign in "-_")


def _prove_examples(rubric: Rubric, answer: str) -> Part:
    failures = []
    for exercise in rubric.exercises:
        for check in exercise.checks:
            wrong = grade_text(answer, rubric, override=as_override(exercise, check.wrong))
            failures += exactly(f"{check.id}: the wrong example", wrong, check.id)
            right = grade_text(answer, rubric, override=as_override(exercise, check.right))
            failures += full_marks(f"{check.id}: the right example", right)
    return Part("examples", 2 * len(rubric.checks()), failures)


def as_override(exercise: Exercise, snippet: str) -> str:
    """Lay an example of the rubric on the solution: below its service, or at the top of the file."""
    if exercise.service is None:
        return snippet
    indented = "".join(f"    {line}\n" for line in snippet.splitlines())
    return f"services:\n  {exercise.service}:\n{indented}"


def _prove_mutants(rubric: Rubric, answer: str) -> Part:
    """Every mutant costs its owner alone, and every check is hit by one."""
    from grader.compose.files import MemoryFiles
    from grader.compose.loader import load
    from grader.compose.request import Request

    project = load(Request(MemoryFiles({"docker-compose.yml": answer}, "/submission"), "/submission")).project
    failures, hit, ran = [], set(), 0
    for mutant in mutants(Solution(answer, project), rubric):
        ran += 1
        hit.add(mutant.owner)
        failures += exactly(f"mutant {mutant.title}", grade_text(mutant.text, rubric), mutant.owner)
    failures += [f"{check.id}: no mutant hits it" for check in rubric.checks() if check.id not in hit]
    return Part("mutants", ran, failures)


__all__ = ["Part", "SelfTest", "as_override", "case_paths", "run"]
