"""The most frequent things are counted in bounded memory, and it is known how wrong a count can be."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from grader.batch.dashboard.frequent import Frequent

KEPT = 3
NAMES = 2


def counted(things: list[str]) -> Frequent[str, int]:
    """Return the counts of things; who did it is their place."""
    found: Frequent[str, int] = Frequent(kept=KEPT, max_names=NAMES)
    for place, thing in enumerate(things):
        found.add(thing, place)
    return found


@given(st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), max_size=200))
def test_a_count_is_never_too_large_and_its_error_is_known(things: list[str]) -> None:
    """What occurs more often than `taken` is there, and no count is further off than that."""
    found = counted(things)
    told = {occurrence.thing: occurrence.times for occurrence in found.most(len(found))}

    assert len(things) == found.total
    assert found.taken <= len(things) / (KEPT + 1)
    for thing, times in Counter(things).items():
        assert times - found.taken <= told.get(thing, 0) <= times


@given(st.lists(st.sampled_from("abcdef"), max_size=100))
def test_few_things_are_counted_exactly(things: list[str]) -> None:
    """Nothing is forgotten while there is room for all of them; equal counts keep their order."""
    told = [(occurrence.thing, occurrence.times) for occurrence in counted(things).most(2 * KEPT)]

    assert Counter(things).most_common() == told


def test_the_first_who_did_it_are_remembered() -> None:
    """More of them are counted only."""
    assert [("a", 3, (0, 1)), ("b", 1, (3,))] == [tuple(found) for found in counted(["a", "a", "a", "b"]).most(5)]


@given(st.integers(0, 1000))
def test_memory_is_bounded(number: int) -> None:
    """Things that all differ leave nothing behind."""
    assert len(counted([str(place) for place in range(number)])) <= 2 * KEPT
