"""What is made of all results once they are there: gradebooks, summary, dashboard and what else a class is seen by."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from grader.batch.dashboard import Dashboard
from grader.batch.lookalikes import LookAlikes
from grader.batch.regrade import Regrade

Record = Mapping[str, Any]


class Output(Protocol):
    """One thing made of all records: they are added one by one in their order, and nobody keeps them."""

    def add(self, record: Record) -> None:
        """Take one record of `results.jsonl` into account."""

    def finish(self) -> Sequence[str]:
        """Write what was asked for and return sentences about it for the instructor."""


def make_all(
    records: Iterable[Record],
    outputs: Sequence[Output],
    dashboard: Dashboard,
    look_alikes: LookAlikes,
    regrade: Regrade | None,
) -> list[str]:
    """Feed every output in one pass, write them all, and return what they say.

    The dashboard comes last: it shows what has changed, and who looks alike.
    """
    everybody = [output.add for output in (*outputs, dashboard, look_alikes, regrade) if output is not None]
    for record in records:
        for add in everybody:
            add(record)
    said = [sentence for output in outputs for sentence in output.finish()]
    changes = list(regrade.finish()) if regrade else []
    groups = look_alikes.finish()
    said += [*changes, *look_alikes.said()]
    return said + dashboard.finish(groups=groups, changes=changes)
