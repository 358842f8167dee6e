"""What stands out in a class: a few sentences for somebody with a minute, each with the place that has more of it."""

from collections.abc import Iterator
from typing import NamedTuple

from grader.batch.dashboard.tally import CheckTally, Tally
from grader.batch.dashboard.wrong_values import values_of
from grader.exercise import Check

MIN_TOGETHER = 2  # what one student does stands out for nobody
MANY = 5  # a fifth of those who have it wrong do it alike: that is worth a word
SHOWN_WRONG = 3
SHOWN_DOUBTED = 3


class Highlight(NamedTuple):
    """A sentence about a check (or None); `value` is the most common wrong one, `place` an id in the page."""

    text: str
    check: Check | None
    value: str | None
    place: str


def highlights(tally: Tally) -> list[Highlight]:
    """Return what an instructor would want to hear first; nothing for a class in which nothing stands out."""
    return [*_doubted(tally), *_wrong(tally), *_stopped(tally), *_not_begun(tally)]


def _doubted(tally: Tally) -> Iterator[Highlight]:
    doubted = [check for check in tally.checks.values() if check.relation.verdict() == "against"]
    for check in sorted(doubted, key=lambda check: check.relation.coefficient() or 0)[:SHOWN_DOUBTED]:
        text = "is solved more often by those who know less: look at the TASK or the check"
        yield Highlight(text, check.check, None, f"check-{check.check.id}")


def _wrong(tally: Tally) -> Iterator[Highlight]:
    """Yield the checks that are wrong most often, with what is written there most often."""
    lost = [check for check in tally.checks.values() if check.outcomes["failed"] >= MIN_TOGETHER]
    for check in sorted(lost, key=lambda check: -check.outcomes["failed"])[:SHOWN_WRONG]:
        yield Highlight(*_told(check, tally.scores.number), f"wrong-{check.check.id}")


def _told(check: CheckTally, graded: int) -> tuple[str, Check, str | None]:
    text = f"is wrong for {check.outcomes['failed']:,} of {graded:,}"
    first = next(iter(values_of(check.wrong)), None)  # none is left where all wrote something else
    if first is None or first.times < max(MIN_TOGETHER, check.outcomes["failed"] / MANY):
        return text, check.check, None
    if first.kinds == 1 and first.value is not None:
        return f"{text}, {first.times:,} of them with", check.check, first.value
    return f"{text}, {first.times:,} of them alike: {first.message}", check.check, None


def _stopped(tally: Tally) -> Iterator[Highlight]:
    """Yield where most stop who have nothing wrong."""
    for (check_id, how), times, _ in tally.first.most(len(tally.first)):
        if how == "not attempted" and times >= MIN_TOGETHER:
            yield Highlight(
                f"is where {times:,} stop, with nothing wrong before it", tally.checks[check_id].check, None, "stuck"
            )
            return


def _not_begun(tally: Tally) -> Iterator[Highlight]:
    number = tally.states["not begun"]
    if number >= MIN_TOGETHER:
        yield Highlight(f"{number:,} have handed in a file in which nothing is begun", None, None, "help")
