"""What was written where a check is wrong: the most common values, what the report says of them, and who."""

from typing import NamedTuple

from grader.batch.briefs import Fault
from grader.batch.dashboard.frequent import Frequent
from grader.batch.dashboard.people import Person, short

KEPT = 100  # values of each check
MAX_WHO = 30  # names kept for one value
MAX_VALUE_CHARACTERS = 200  # values that agree so far count as one
MAX_MESSAGE_CHARACTERS = 300


class Wrong(NamedTuple):
    """What was written for a check that it was lost for. `value` is None where only the report's sentence is known."""

    value: str | None
    message: str


WrongValues = Frequent[Wrong, Person]


def wrong_values() -> WrongValues:
    """Return the values of one check, none yet."""
    return Frequent(kept=KEPT, max_names=MAX_WHO)


def count_wrong(wrong: WrongValues, fault: Fault, person: Person) -> None:
    """Count what somebody wrote for a check that is wrong."""
    value = None if fault.value is None else short(fault.value, MAX_VALUE_CHARACTERS)
    wrong.add(Wrong(value, short(fault.message, MAX_MESSAGE_CHARACTERS)), person)


class Value(NamedTuple):
    """What several wrote for a check that it was lost for: `kinds` different values, of which `value` is the first."""

    value: str | None
    message: str
    times: int
    who: tuple[Person, ...]
    kinds: int = 1


def values_of(wrong: WrongValues) -> list[Value]:
    """Return each value once, the most frequent first, with the sentence that was said of it most often.

    Values that one student each has, and of which the same was said, are one line.
    """
    values: dict[tuple[bool, str], Value] = {}
    for thing, times, who in wrong.most(len(wrong)):
        key = (True, thing.value) if thing.value is not None else (False, thing.message)
        values[key] = _together(values.get(key), Value(thing.value, thing.message, times, who), kinds=0)
    lines: dict[tuple[bool, str], Value] = {}
    for key, value in values.items():
        alone = (False, value.message) if value.times == 1 and value.message else key
        lines[alone] = _together(lines.get(alone), value, kinds=1)
    return sorted(lines.values(), key=lambda value: -value.times)


def _together(first: Value | None, other: Value, *, kinds: int) -> Value:
    if first is None:
        return other
    return first._replace(
        times=first.times + other.times, who=(first.who + other.who)[:MAX_WHO], kinds=first.kinds + kinds
    )
