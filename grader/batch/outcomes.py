"""How many submissions ended: the letters of their checks and the scores of their exercises, counted as a whole.

Submissions of a class end alike, so an ending is counted at once and taken apart only now and then.
"""

from collections.abc import Callable

from grader.batch.briefs import Brief

MAX_ENDINGS = 5_000  # that are kept before they are taken apart


class Endings:
    """Endings with their numbers. `take_apart(letters, scores, number)` is called for each before many are kept."""

    def __init__(self, take_apart: Callable[[str, tuple[int, ...], int], None]) -> None:
        self._numbers: dict[tuple[str, tuple[int, ...]], int] = {}
        self._take_apart = take_apart

    def add(self, brief: Brief) -> None:
        """Count one submission that was graded."""
        numbers = self._numbers
        ending = (brief.outcomes, brief.scores)
        numbers[ending] = numbers.get(ending, 0) + 1
        if len(numbers) > MAX_ENDINGS:
            self.settle()

    def settle(self) -> None:
        """Take apart what was counted since the last time."""
        for (letters, scores), number in self._numbers.items():
            self._take_apart(letters, scores, number)
        self._numbers.clear()
