"""Who shares rare traits: from traits to pairs, from pairs to groups. Numbers only, on disk from some size on.

A trait is a number of 64 bits: its hash, the number of its label, who has it. A pair is one: both of them, the weight
of the kind of trait, and the evidence, which is the logarithm of how rare the trait is times its weight.
"""

import tempfile
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log2
from typing import NamedTuple

from grader.batch.lookalikes.buckets import NUMBER, Buckets
from grader.batch.lookalikes.traits import ALL, COMMENT, FILE, ID, NAME, SENTENCE, VALUE

HASH_BITS, LABEL_BITS, WHO_BITS = 35, 8, 21
MAX_WHO = (1 << WHO_BITS) - 1
MAX_LABEL = (1 << LABEL_BITS) - 1
MAX_HASH = (1 << HASH_BITS) - 1
PAIR_SHIFT = 64 - 2 * WHO_BITS
WEIGHT_SHIFT = 16
UNITS = 16  # of evidence in one bit
SAME_FILE = (1 << 16) - 1  # evidence enough
# how much the kinds of traits tell, in halves; all others tell one half
WEIGHTS = {ID: 4, SENTENCE: 4, VALUE: 2, NAME: 2, COMMENT: 2, ALL: 2}
_KINDS = tuple(WEIGHTS)

MIN_HOLDERS = 5  # so many may have a trait in any class, and it is still rare
MAX_HOLDERS = 60
RARE_SHARE = 10  # or one in so many
NEIGHBOURS = 9  # with how many of those behind it a holder of a trait is paired
MIN_CLASS = 64  # chance is reckoned as in a class of at least so many
MIN_SHARED = 2  # traits of a pair
MIN_WEIGHT = 5  # halves: two that tell much are not enough
MARGIN_BITS = 6  # beyond what chance brings about once in all pairs of the class
MAX_KEPT_BYTES = 1_000_000  # in memory; more lie on disk
CHUNK = 1 << 16  # numbers that are read at once


class Shared(NamedTuple):
    """A trait that members of a group share: its label, how many have it in the group, and how many outside."""

    label: str
    inside: int
    outside: int


class RareTraits:
    """The traits that few have. `labels` are all labels by their numbers, `count` the submissions compared."""

    def __init__(self, traits: Buckets, labels: Sequence[str], count: int) -> None:
        self._labels = labels
        self._count = count
        self._kept = tempfile.SpooledTemporaryFile(MAX_KEPT_BYTES)  # noqa: SIM115 - `shared_by` closes it
        self._pairs = Buckets(PAIR_SHIFT + WHO_BITS + count.bit_length())
        most = max(MIN_HOLDERS, min(MAX_HOLDERS, count // RARE_SHARE))
        waiting = array(NUMBER)
        for run in _runs(traits.take()):
            same_file = self._label(run[0]) == FILE
            if 1 < len(run) <= most or (same_file and len(run) > 1):
                self._pair(run, same_file=same_file)
                waiting.extend(run)
                if len(waiting) > CHUNK:
                    self._kept.write(waiting.tobytes())
                    del waiting[:]
        self._kept.write(waiting.tobytes())

    def _label(self, trait: int) -> str:
        code = trait >> WHO_BITS & MAX_LABEL
        return self._labels[code] if code < len(self._labels) else ""

    def _pair(self, run: Sequence[int], *, same_file: bool) -> None:
        weight = weight_of(self._label(run[0]))
        bits = log2(max(self._count, MIN_CLASS) / len(run)) * weight / 2
        evidence = SAME_FILE if same_file else weight << WEIGHT_SHIFT | int(bits * UNITS)
        holders = [trait & MAX_WHO for trait in run]
        neighbours = 1 if same_file else NEIGHBOURS
        self._pairs.add(
            [
                (one << WHO_BITS | other) << PAIR_SHIFT | evidence
                for number, one in enumerate(holders, start=1)
                for other in holders[number : number + neighbours]
            ]
        )

    def groups(self) -> list[set[int]]:
        """Return who belongs together: linked directly, or through others."""
        need = UNITS * (2 * log2(max(self._count, MIN_CLASS)) + MARGIN_BITS)
        leaders: dict[int, int] = {}
        for pairs in self._pairs.take():
            for pair, items in _grouped(pairs, PAIR_SHIFT):
                evidence = sum(item & SAME_FILE for item in items)
                weight = sum(item >> WEIGHT_SHIFT for item in items)
                if evidence >= SAME_FILE or (evidence >= need and weight >= MIN_WEIGHT and len(items) >= MIN_SHARED):
                    _unite(leaders, pair >> WHO_BITS, pair & MAX_WHO)
        groups: dict[int, set[int]] = defaultdict(set)
        for who in leaders:
            groups[_leader(leaders, who)].add(who)
        return sorted(groups.values(), key=min)

    def shared_by(self, groups: Sequence[set[int]]) -> list[list[Shared]]:
        """Return for each group the traits that at least two of its members have, the most telling first; once."""
        group_of = {who: number for number, group in enumerate(groups) for who in group}
        shared: list[list[Shared]] = [[] for _ in groups]
        for run in _runs(self._read()):
            inside: dict[int, int] = defaultdict(int)
            for trait in run:
                number = group_of.get(trait & MAX_WHO)
                if number is not None:
                    inside[number] += 1
            for number, holders in inside.items():
                if holders > 1:
                    shared[number].append(Shared(self._label(run[0]), holders, len(run) - holders))
        self._kept.close()
        return [sorted(traits, key=lambda trait: _rank(trait.label)) for traits in shared]

    def _read(self) -> Iterator[list[int]]:
        """Yield the kept traits in their order, in chunks that end anywhere."""
        self._kept.seek(0)
        while data := self._kept.read(CHUNK * 8):
            yield list(array(NUMBER, data))


def weight_of(label: str) -> int:
    """Return how much traits with this label tell, in halves."""
    return WEIGHTS.get(label.partition(":")[0], 1)


def _rank(label: str) -> tuple[int, str]:
    kind = label.partition(":")[0]
    return (_KINDS.index(kind) if kind in WEIGHTS else len(_KINDS)), label


def _runs(chunks: Iterable[Sequence[int]]) -> Iterator[list[int]]:
    """Yield the traits with the same hash together; they stand side by side, in one chunk or in two."""
    run: list[int] = []
    last = -1
    for chunk in chunks:
        for trait in chunk:
            hashed = trait >> LABEL_BITS + WHO_BITS
            if hashed == last:
                run.append(trait)
            else:
                if run:
                    yield run
                run = [trait]
                last = hashed
    if run:
        yield run


def _grouped(numbers: Sequence[int], shift: int) -> Iterator[tuple[int, list[int]]]:
    """Yield sorted numbers by their upper bits."""
    items: list[int] = []
    last = -1
    mask = (1 << shift) - 1
    for number in numbers:
        upper = number >> shift
        if upper != last:
            if items:
                yield last, items
            items = []
            last = upper
        items.append(number & mask)
    if items:
        yield last, items


def _leader(leaders: dict[int, int], who: int) -> int:
    while leaders[who] != who:
        leaders[who] = leaders[leaders[who]]
        who = leaders[who]
    return who


def _unite(leaders: dict[int, int], one: int, other: int) -> None:
    for who in (one, other):
        leaders.setdefault(who, who)
    leaders[_leader(leaders, other)] = _leader(leaders, one)
