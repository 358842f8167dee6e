"""How the checks of many submissions ended: a string of letters a submission, counted string by string.

Submissions of a class end alike, so a string is counted at once and taken apart only now and then.
"""

from collections.abc import Callable

MAX_STRINGS = 5_000  # that are kept before they are taken apart


class OutcomeStrings:
    """Strings of letters with their numbers. `take_apart(letters, number)` is called for each before many are kept."""

    def __init__(self, take_apart: Callable[[str, int], None]) -> None:
        self._numbers: dict[str, int] = {}
        self._take_apart = take_apart

    def add(self, letters: str) -> None:
        """Count one submission."""
        numbers = self._numbers
        numbers[letters] = numbers.get(letters, 0) + 1
        if len(numbers) > MAX_STRINGS:
            self.settle()

    def settle(self) -> None:
        """Take apart what was counted since the last time."""
        for letters, number in self._numbers.items():
            self._take_apart(letters, number)
        self._numbers.clear()
