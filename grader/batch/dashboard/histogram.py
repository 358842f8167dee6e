"""The distribution of the scores as bars: a tenth of the points each, full marks apart; and in a sentence."""

from itertools import pairwise
from typing import NamedTuple

from grader.batch.dashboard.statistics import Scores

TENTHS = 10
WIDTH, HEIGHT = 640, 200  # of the drawing, in its own units
TOP, BOTTOM = 26, 30  # room for the counts above and the scores below
GAP = 6


class Bar(NamedTuple):
    """One bar: its scores, both included, how many students, and where it stands in the drawing."""

    low: int
    high: int
    number: int
    x: float
    y: float
    width: float
    height: float

    @property
    def scores(self) -> str:
        """Return its scores in figures."""
        return str(self.low) if self.low == self.high else f"{self.low}\N{EN DASH}{self.high}"

    @property
    def middle(self) -> float:
        """Return where its middle is."""
        return round(self.x + self.width / 2, 1)


def bars(scores: Scores) -> list[Bar]:
    """Return the bars from the lowest scores to full marks. A rubric of ten points or fewer has one for each score."""
    most = scores.max_score
    if most <= TENTHS:
        ranges = [(score, score) for score in range(most + 1)]
    else:
        edges = [-(-most * tenth // TENTHS) for tenth in range(TENTHS + 1)]
        ranges = [(low, high - 1) for low, high in pairwise(edges)] + [(most, most)]
    counts = [sum(scores.counts[low : high + 1]) for low, high in ranges]
    tallest = max(counts) or 1
    step = WIDTH / len(ranges)
    room = HEIGHT - TOP - BOTTOM
    found = []
    for place, ((low, high), count) in enumerate(zip(ranges, counts, strict=True)):
        height = max(2.0, room * count / tallest) if count else 0.0
        y = TOP + room - height
        found.append(
            Bar(low, high, count, round(place * step + GAP / 2, 1), round(y, 1), round(step - GAP, 1), round(height, 1))
        )
    return found


def scores_sentence(scores: Scores) -> str:
    """Return what the distribution says, in words."""
    median = scores.median()
    if median is None:
        return "Nothing is graded yet."
    whole = f"{scores.max_score} points"
    if scores.number == 1:
        return f"One submission is graded: {scores.counts.index(1)} of {whole}."
    if scores.counts[-1] == scores.number:
        return f"Everyone has full marks, {whole}."
    if scores.counts[0] == scores.number:
        return f"Nobody has a point yet, of {whole}."
    low = next(score for score, count in enumerate(scores.counts) if count)
    high = next(score for score in range(scores.max_score, -1, -1) if scores.counts[score])
    if low == high:
        return f"Everyone has {low} of {whole}."
    return (
        f"Half of the graded have {median:g} points or more; the lowest score is {low}, the highest {high}, of {whole}."
    )
