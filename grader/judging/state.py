"""What one pass over the checks knows so far."""

from grader.compose.model import Loaded
from grader.exercise import Check
from grader.findings import SKELETON
from grader.rubric import Rubric
from grader.stack import Stack


class Judging:
    """One pass over all checks of a rubric for one stack.

    `findings` holds the result by check id, `missed` the checks that did not pass when they were judged. `lost` are the
    checks that were lost once every fault was charged: of these some are excused later, and no other check is lost any
    more.
    """

    __slots__ = ("_all_read", "accepts", "as_given", "findings", "lost", "missed", "owners", "rubric", "stack")

    def __init__(self, stack: Stack, rubric: Rubric) -> None:
        self.stack = stack
        self.rubric = rubric
        accepts = rubric.of_kind("compose-accepts")
        self.accepts = accepts.id if accepts is not None else SKELETON
        self.findings = stack.findings
        self.missed: list[Check] = []
        self.lost: list[Check] = []
        self.owners: list[Check | None] = []
        self._all_read: bool | None = None
        # every service of the skeleton is there, with its image and its build
        self.as_given = not stack.changes.missing and not stack.changes.parts

    @property
    def all_read(self) -> bool:
        """Tell whether there is no part of the file that could not be read."""
        if self._all_read is None:
            self._all_read = _is_all_read(self.stack.loaded)
        return self._all_read


def _is_all_read(loaded: Loaded) -> bool:
    if loaded.refusals or loaded.damaged:
        return False
    return not any(service.unread for service in loaded.project.services.values())
