"""What one pass over the checks knows so far."""

from grader.exercise import Check
from grader.findings import SKELETON, Finding
from grader.rubric import Rubric
from grader.stack import Stack


class Judging:
    """One pass over all checks of a rubric for one stack.

    `findings` holds the result by check id, `missed` what was not passed when it was judged.
    """

    __slots__ = ("accepts", "as_given", "findings", "missed", "owners", "rubric", "stack")

    def __init__(self, stack: Stack, rubric: Rubric) -> None:
        self.stack = stack
        self.rubric = rubric
        accepts = rubric.of_kind("compose-accepts")
        self.accepts = accepts.id if accepts is not None else SKELETON
        self.findings: dict[str, Finding] = {}
        self.missed: list[Finding] = []
        # every service of the skeleton is there, with its image and its build
        self.as_given = not stack.changes.missing and not stack.changes.parts
        self.owners: list[Check | None] = []
