"""What is made of all results once they are there: gradebooks, summary, dashboard and what else a class is seen by."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

Record = Mapping[str, Any]


class Output(Protocol):
    """One thing made of all records: they are added one by one in their order, and nobody keeps them."""

    def add(self, record: Record) -> None:
        """Take one record of `results.jsonl` into account."""

    def finish(self) -> Sequence[str]:
        """Write what was asked for and return sentences about it for the instructor."""


def make_all(records: Iterable[Record], outputs: Sequence[Output]) -> list[str]:
    """Feed every output in one pass, write them all, and return what they say."""
    for record in records:
        for output in outputs:
            output.add(record)
    return [sentence for output in outputs for sentence in output.finish()]
