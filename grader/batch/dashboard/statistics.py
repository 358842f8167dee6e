"""Figures of a class as running sums: whole numbers, exact, whatever the number of students."""

from math import sqrt
from typing import Literal

MIN_JUDGED = 10  # fewer students say nothing about a check
MIN_ON_A_SIDE = 3  # of those who solved it, and of those who did not
NEARLY_PERCENT = 95
HARDLY_PERCENT = 5
SEPARATES = 0.3
SEPARATES_A_LITTLE = 0.15
# a coefficient of unrelated things lies within two of 1/sqrt(n), 19 times of 20
NOISE_WIDTH = 2.0
AGAINST = -0.1

Verdict = Literal["too few", "nearly all", "hardly any", "same rest", "separates", "a little", "unrelated", "against"]

VERDICTS: dict[Verdict, str] = {
    "separates": "Separates strong from weak.",
    "a little": "Separates strong from weak a little.",
    "unrelated": "Says little about the rest.",
    "nearly all": "Nearly everyone judged has it.",
    "hardly any": "Hardly anyone judged has it: look at the TASK or at what was taught.",
    "against": "Those who know more get it wrong more often: look at the TASK or the check.",
    "same rest": "The rest of the score is the same for all: nothing to compare with.",
    "too few": "Too few to say.",
}


class Scores:
    """How many have each score. Scores are whole points, so this stays as small as the rubric's sum."""

    def __init__(self, max_score: int) -> None:
        self.max_score = max_score
        self.counts = [0] * (max_score + 1)
        self.number = 0

    def add(self, score: int) -> None:
        """Count one score. One that the rubric cannot give counts as the nearest that it can."""
        self.counts[min(max(score, 0), self.max_score)] += 1
        self.number += 1

    def mean(self) -> float | None:
        """Return the mean in points, None for nobody."""
        if not self.number:
            return None
        return sum(score * count for score, count in enumerate(self.counts)) / self.number

    def median(self) -> float | None:
        """Return the median in points: between two scores it is the middle of both. None for nobody."""
        if not self.number:
            return None
        return (self._at((self.number - 1) // 2) + self._at(self.number // 2)) / 2

    def _at(self, place: int) -> int:
        """Return the score at a place of the sorted scores, from 0."""
        seen = 0
        for score, count in enumerate(self.counts):
            seen += count
            if seen > place:
                return score
        raise IndexError(place)


class Relation:
    """How solving one check goes with the rest of the score: the point-biserial coefficient from five sums."""

    __slots__ = ("judged", "rest", "rest_of_solved", "rest_squared", "solved")

    def __init__(self) -> None:
        self.judged = self.solved = self.rest = self.rest_squared = self.rest_of_solved = 0

    def add(self, solved: bool, rest: int, number: int = 1) -> None:
        """Count some students; `rest` is the score of each without the points of this check."""
        self.judged += number
        self.rest += number * rest
        self.rest_squared += number * rest * rest
        if solved:
            self.solved += number
            self.rest_of_solved += number * rest

    def coefficient(self) -> float | None:
        """Return the coefficient, -1 to 1; None where all or none solved it, or where the rest is the same for all.

        Pearson's for a variable that is 0 or 1: (mean of solved - mean of others) / deviation * sqrt(p * (1 - p)).
        """
        others = self.judged - self.solved
        spread = self.judged * self.rest_squared - self.rest * self.rest
        if not self.solved or not others or not spread:
            return None
        found = (self.judged * self.rest_of_solved - self.solved * self.rest) / sqrt(self.solved * others * spread)
        return max(-1.0, min(1.0, found))

    def verdict(self) -> Verdict:
        """Return what the coefficient means. That a check is to be doubted is only said beyond chance."""
        others = self.judged - self.solved
        if self.judged < MIN_JUDGED:
            return "too few"
        if self.solved * 100 >= NEARLY_PERCENT * self.judged:
            return "nearly all"
        if self.solved * 100 <= HARDLY_PERCENT * self.judged:
            return "hardly any"
        if min(self.solved, others) < MIN_ON_A_SIDE:
            return "too few"
        found = self.coefficient()
        if found is None:
            return "same rest"
        if found >= SEPARATES:
            return "separates"
        if found >= SEPARATES_A_LITTLE:
            return "a little"
        if found <= min(AGAINST, -NOISE_WIDTH / sqrt(self.judged)):
            return "against"
        return "unrelated"
