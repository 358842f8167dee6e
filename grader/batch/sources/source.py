"""A source: submissions one after the other, and what there is to say about the whole."""

from collections.abc import Callable, Iterator, Sequence

from grader.batch.sources.notes import Notes
from grader.batch.sources.seen import Seen
from grader.batch.submission import Submission


class Source:
    """Where a class's submissions come from.

    `kind` is a key of `SOURCES`; `count` the number of submissions, or nearly, if it is known without reading.
    """

    def __init__(self, kind: str, count: int | None, read: Callable[[Notes], Iterator[Submission]]) -> None:
        self.kind = kind
        self.count = count
        self._read = read
        self._notes = Notes()

    def submissions(self) -> Iterator[Submission]:
        """Yield the submissions, each id once, in an order that stays the same from run to run.

        It is lazy. Raises `UsageError` where the source has become unreadable meanwhile.
        """
        self._notes = Notes()
        seen = Seen()
        for submission in self._read(self._notes):
            yield submission if seen.add(submission.id) else _renamed(submission, seen)

    def remarks(self) -> Sequence[str]:
        """Return sentences about the whole: complete when all submissions were read."""
        return self._notes.sentences()


def _renamed(submission: Submission, seen: Seen) -> Submission:
    """Give a submission whose id is taken another one."""
    number = 2
    while not seen.add(f"{submission.id} ({number})"):
        number += 1
    remark = f"Another submission is called {submission.id} too; this one is listed as {submission.id} ({number})."
    return submission._replace(id=f"{submission.id} ({number})", remarks=(*submission.remarks, remark))
