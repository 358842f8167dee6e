"""What is made of all results: gradebooks, summary, dashboard and what else a class is seen by."""

import json
from collections.abc import Sequence
from typing import Protocol

from grader.batch.briefs import Brief
from grader.batch.dashboard import Dashboard
from grader.batch.lookalikes.search import LookAlikes
from grader.batch.regrade.regrade import Regrade


class Output(Protocol):
    """One thing made of all submissions: they are added one by one in their order, and nobody keeps them."""

    def add(self, brief: Brief) -> None:
        """Take one submission into account."""

    def finish(self) -> Sequence[str]:
        """Write what was asked for and return sentences about it for the instructor."""


class Outputs:
    """All that is made of one batch, fed while it is graded."""

    def __init__(
        self, outputs: Sequence[Output], dashboard: Dashboard, look_alikes: LookAlikes, regrade: Regrade | None
    ) -> None:
        self._outputs = outputs
        self._dashboard = dashboard
        self._look_alikes = look_alikes
        self._regrade = regrade
        self._adds = [*(output.add for output in outputs), dashboard.add, look_alikes.add]

    def add(self, brief: Brief, line: bytes) -> None:
        """Take one submission into account; `line` is its line of `results.jsonl`."""
        for add in self._adds:
            add(brief)
        if self._regrade is not None:  # it compares what only the whole record tells
            self._regrade.add(json.loads(line))

    def make_ready(self) -> None:
        """Do what can be done before the first submission is there."""
        self._dashboard.make_ready()

    def finish(self) -> list[str]:
        """Write everything and return what is said of it. The dashboard, the last one, shows what the others found."""
        said = [sentence for output in self._outputs for sentence in output.finish()]
        changes = list(self._regrade.finish()) if self._regrade else []
        groups = self._look_alikes.finish()
        said += [*changes, *self._look_alikes.said()]
        return said + self._dashboard.finish(groups=groups, changes=changes)
