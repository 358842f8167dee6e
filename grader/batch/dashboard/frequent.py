"""What occurs most often, in bounded memory: counts of the frequent, and a few who did it.

Misra and Gries, "Finding repeated elements" (1982), in batches: when twice as many things as wanted are counted, the
count of the first one too many is taken off all, and those with nothing left are forgotten. A count is then at most
`taken` too small, never too large, and whatever occurs more often than `taken` is there.
"""

from collections.abc import Hashable
from typing import Generic, NamedTuple, TypeVar

Thing = TypeVar("Thing", bound=Hashable)
Name = TypeVar("Name")


class Occurrence(NamedTuple, Generic[Thing, Name]):
    """One thing, how often it was seen at least, and the first who did it, in their order."""

    thing: Thing
    times: int
    who: tuple[Name, ...]


class Frequent(Generic[Thing, Name]):
    """Counts things. `kept` are certain to be there at the end, `max_names` of those who did it are remembered."""

    def __init__(self, *, kept: int, max_names: int) -> None:
        self._kept = kept
        self._max_names = max_names
        self._counts: dict[Thing, int] = {}
        self._who: dict[Thing, list[Name]] = {}
        self.total = 0
        self.taken = 0

    def add(self, thing: Thing, who: Name) -> None:
        """Count one occurrence."""
        self.total += 1
        self._counts[thing] = self._counts.get(thing, 0) + 1
        names = self._who.setdefault(thing, [])
        if len(names) < self._max_names:
            names.append(who)
        if len(self._counts) > 2 * self._kept:
            self._forget()

    def _forget(self) -> None:
        less = sorted(self._counts.values(), reverse=True)[self._kept]
        self.taken += less
        self._counts = {thing: count - less for thing, count in self._counts.items() if count > less}
        self._who = {thing: self._who[thing] for thing in self._counts}

    def __len__(self) -> int:
        """Return how many things are counted; more were seen where `taken` is not 0."""
        return len(self._counts)

    def most(self, number: int) -> list[Occurrence[Thing, Name]]:
        """Return the most frequent things, the most frequent first, equal ones in the order they were seen."""
        return [Occurrence(thing, count, tuple(self._who[thing])) for thing, count in self._sorted()[:number]]

    def _sorted(self) -> list[tuple[Thing, int]]:
        return sorted(self._counts.items(), key=lambda item: -item[1])
