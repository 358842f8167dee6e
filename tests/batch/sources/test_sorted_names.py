"""Names of a class that lie sorted on the disk."""

import sys
from threading import Thread

from hypothesis import given
from hypothesis import strategies as st

from grader.batch.sources.sorted_names import SortedNames

# a name on a disk may hold bytes that are no characters; Python reads them as halves of pairs
NAMES = st.lists(st.text(st.characters(exclude_characters="\0")))
IN_MEMORY = st.integers(0, 4)


@given(NAMES, IN_MEMORY)
def test_names_come_in_the_order_of_their_characters(names: list[str], in_memory: int) -> None:
    """As `sorted` has them: capital letters first, a name before a longer one, signs beyond the usual ones last."""
    found = SortedNames(names, in_memory=in_memory)

    assert sorted(names) == list(found)
    assert sorted(names)[:3] == list(found.first(3))
    assert len(names) == len(found)


@given(NAMES, IN_MEMORY)
def test_a_key_goes_before_the_name(names: list[str], in_memory: int) -> None:
    """A key is several texts, which are compared one after the other."""

    def key(name: str) -> tuple[str, ...]:
        return name[:1], name[1:2], name[-1:]

    found = SortedNames(names, key, in_memory=in_memory)

    assert sorted(names, key=lambda name: (key(name), name)) == list(found)


def test_any_thread_may_let_go_of_them() -> None:
    """A look for garbage comes up wherever it likes, also in a thread that waits for workers."""
    held = [SortedNames(["b", "a"], in_memory=0)]
    faults: list[object] = []
    hook, sys.unraisablehook = sys.unraisablehook, faults.append
    try:
        thread = Thread(target=held.clear)
        thread.start()
        thread.join()
    finally:
        sys.unraisablehook = hook

    assert [] == faults
