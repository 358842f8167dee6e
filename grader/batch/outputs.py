"""What is made of all results: gradebooks, summary, dashboard and what else a class is seen by."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from grader.batch.dashboard import Dashboard
from grader.batch.lookalikes.search import LookAlikes
from grader.batch.regrade.regrade import Regrade

Record = Mapping[str, Any]


class Output(Protocol):
    """One thing made of all records: they are added one by one in their order, and nobody keeps them."""

    def add(self, record: Record) -> None:
        """Take one record of `results.jsonl` into account."""

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
        everybody = (*outputs, dashboard, look_alikes, regrade)
        self._adds = [output.add for output in everybody if output is not None]

    def add(self, record: Record) -> None:
        """Take one record of `results.jsonl` into account."""
        for add in self._adds:
            add(record)

    def finish(self) -> list[str]:
        """Write everything and return what is said of it. The dashboard, the last one, shows what the others found."""
        said = [sentence for output in self._outputs for sentence in output.finish()]
        changes = list(self._regrade.finish()) if self._regrade else []
        groups = self._look_alikes.finish()
        said += [*changes, *self._look_alikes.said()]
        return said + self._dashboard.finish(groups=groups, changes=changes)
