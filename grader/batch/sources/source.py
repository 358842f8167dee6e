"""A source: submissions one after the other, and what there is to say about the whole."""

from collections.abc import Callable, Iterator, Sequence

from grader.batch.sources.notes import Notes
from grader.batch.sources.seen import Seen
from grader.batch.submission import Submission

IN_PIECES = (
    "There more than once, perhaps since the tar holds their files apart "
    "(then unpack it and give the folder: it is put in order)"
)


class Source:
    """Where a class's submissions come from.

    `kind` is a key of `SOURCES`; `count` the number of submissions, or nearly, if it is known without reading.
    `one_after_the_other`: it is read forwards, so that what belongs to one student must not lie apart.
    """

    def __init__(
        self,
        kind: str,
        count: int | None,
        read: Callable[[Notes], Iterator[Submission]],
        *,
        one_after_the_other: bool = False,
    ) -> None:
        self.kind = kind
        self.count = count
        self._read = read
        self._notes = Notes()
        self._one_after_the_other = one_after_the_other

    def submissions(self) -> Iterator[Submission]:
        """Yield the submissions, each id once, in an order that stays the same from run to run.

        It is lazy. Raises `UsageError` where the source has become unreadable meanwhile.
        """
        self._notes = Notes()
        seen = Seen()
        for submission in self._read(self._notes):
            if seen.add(submission.id):
                yield submission
                continue
            if self._one_after_the_other:
                self._notes.count(IN_PIECES, submission.id)
            yield _renamed(submission, seen)

    @property
    def is_partial(self) -> bool:
        """Tell whether it broke off: known when all that there is was read."""
        return self._notes.partial

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
