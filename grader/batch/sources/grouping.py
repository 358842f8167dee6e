"""Units of one student put together: several files, several ways of handing in, several attempts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from grader.batch.sources.holding import Glanced, Holding, Loaded, Unit, is_loose_name, stem
from grader.batch.sources.named import Named
from grader.batch.sources.notes import Notes
from grader.batch.sources.sideways import Side, side_by_side
from grader.batch.submission import InMemory, Nothing, OnDisk, Submission
from grader.reports.clean import clean_line

Identify = Callable[[str, bool], Named | None]

UNKNOWN = "Its name does not tell whose it is."
NOT_UNDERSTOOD = "Passed over, since their names tell no student and they are no compose files"
NOT_LOOKED_AT = "What was handed in otherwise was not looked at: {what}."
NONE_UNDERSTOOD = "No name in it is one that the LMS gives, so nobody is known by id: is --source right?"
SAME_ID = "Another student has the same id, {id}: {name}."


class Way(NamedTuple):
    """What is peculiar to a kind of source: its ways of handing in without a file, each with a sentence."""

    refused: Mapping[str, str]


class _Read(NamedTuple):
    named: Named
    loaded: Loaded


def share(holding: Glanced, identify: Identify) -> float:
    """Return which part of the first units is understood."""
    units = holding.glance.units
    return sum(identify(*unit) is not None for unit in units) / len(units) if units else 0.0


def number_of_submissions(names: Iterable[tuple[str, bool]], identify: Identify) -> int:
    """Return how many submissions units of these names are: a student's, one for each time they were handed in."""
    versions: dict[tuple[str, ...], int] = {}  # by student, a bit for each number
    for name, is_folder in names:
        named = identify(name, is_folder)
        if named is not None:
            known = versions.get(named.owner, 0)
            versions[named.owner] = known | 1 << named.number if _is_version(named) else known
        elif is_folder or is_loose_name(name):
            versions[(name,)] = 1
    return sum(numbers.bit_count() or 1 for numbers in versions.values())


def grouped(holding: Holding, notes: Notes, identify: Identify, way: Way) -> Iterator[Submission]:
    """Yield a submission a student and attempt, and one for each unit whose name tells nothing.

    In a tar the units of a student must follow one another; elsewhere they are put in order.
    """

    def order(name: str, is_folder: bool) -> tuple[str, ...]:
        named = identify(name, is_folder)
        return (name,) if named is None else named.owner

    if share(holding, identify) == 0.0:
        notes.say(NONE_UNDERSTOOD)
    before: list[Submission] = []
    for _, units in groupby(holding.units(notes, order), lambda unit: order(unit.name, unit.is_folder)):
        now: list[Submission] = []
        read: list[_Read] = []
        for unit in units:
            named = identify(unit.name, unit.is_folder)
            if named is not None:
                read.append(_Read(named, unit.load()))
            elif unit.is_folder or is_loose_name(unit.name):
                now.append(_unknown(unit))
            else:
                notes.count(NOT_UNDERSTOOD, unit.name)
        if read:
            now += _attempts(read, way)
        before, now = _told_apart(before, now)
        yield from before
        before = now
    yield from before


def _unknown(unit: Unit) -> Submission:
    content, remarks = unit.load()
    name = unit.name if unit.is_folder else stem(unit.name)
    return Submission(clean_line(name), content, remarks=(UNKNOWN, *remarks))


def _told_apart(before: list[Submission], now: list[Submission]) -> tuple[list[Submission], list[Submission]]:
    """Remark on both sides that two students have one id."""
    if not before or not now:
        return before, now
    one, other = before[-1].student, now[0].student
    if one is None or other is None or one.id is None or one.id != other.id:
        return before, now
    return _remarked(before, other.id, other.name), _remarked(now, one.id, one.name)


def _remarked(found: Sequence[Submission], id_: str | None, name: str | None) -> list[Submission]:
    remark = SAME_ID.format(id=id_, name=name or "no name")
    return [submission._replace(remarks=(*submission.remarks, remark)) for submission in found]


def _attempts(read: Sequence[_Read], way: Way) -> list[Submission]:
    """Return the submissions of one student, the last attempt last."""
    first = read[0].named
    late = any(named.late for named, _ in read)
    filed = [one for one in read if one.named.plugin not in way.refused]
    if not filed:
        reason = way.refused[first.plugin]
        return [Submission(first.id, Nothing(reason), first.student, late=late)]
    numbers = sorted({named.number for named, _ in filed if _is_version(named)}) or [0]
    attempts = numbers[-1] + 1  # the number tells how often something was handed in before, be it here or not
    found = []
    for number in numbers:
        content, remarks = _content([one for one in filed if one.named.number <= number])
        remarks = (*remarks, *_not_looked_at(read, filed))
        attempt = number + 1
        name = first.id if attempt == attempts else f"{first.id} (attempt {attempt})"
        found.append(Submission(name, content, first.student, (), attempt, attempts, late, None, remarks))
    return found


def _is_version(named: Named) -> bool:
    return named.inner is not None and is_loose_name(named.inner)


def _content(read: Sequence[_Read]) -> Loaded:
    """Put the units of one attempt together."""
    folders = [one for one in read if one.named.inner is None]
    if not folders:
        latest: dict[str, _Read] = {}
        for one in sorted(read, key=lambda one: one.named.number):
            latest[one.named.inner or ""] = one
        return side_by_side([Side(name, one.loaded) for name, one in latest.items()])
    folders.sort(key=lambda one: (not isinstance(one.loaded.content, OnDisk | InMemory), one.named.plugin != "file"))
    content, remarks = folders[0].loaded
    if len(folders) == 1:
        return Loaded(content, remarks)
    others = ", ".join(one.named.plugin for one in folders[1:])
    return Loaded(content, (*remarks, NOT_LOOKED_AT.format(what=others)))


def _not_looked_at(read: Sequence[_Read], filed: Sequence[_Read]) -> tuple[str, ...]:
    others = sorted({named.plugin for named, _ in read} - {named.plugin for named, _ in filed})
    return (NOT_LOOKED_AT.format(what=", ".join(others)),) if others else ()
