"""Submissions that share choices which hardly anybody else made.

Only rare traits make pairs, so the work grows with the class, not with its square: a trait that more than a few
submissions have says nothing. What a pair shares is added up, the rarer the more, and must be more than chance would
bring about somewhere in a class of this size. No number of this is shown: a group says what is shared, and whether
anybody else has it. Why that is so, only the students know.

`look-alikes.csv` has a line for each member of each group.
"""

import csv
import json
import os
import tempfile
from array import array
from collections.abc import Sequence
from typing import Any, NamedTuple

from grader.batch.briefs import Brief
from grader.batch.counted import counted
from grader.batch.gradebooks.guard import guard
from grader.batch.lookalikes.buckets import Buckets
from grader.batch.lookalikes.rare import (
    HASH_BITS,
    LABEL_BITS,
    MAX_HASH,
    MAX_LABEL,
    MAX_WHO,
    WHO_BITS,
    RareTraits,
    Shared,
)
from grader.batch.lookalikes.traits import FILE
from grader.batch.lookalikes.words import in_words, number
from grader.batch.output_files import LOOK_ALIKES
from grader.batch.written import write_anew

HEAD = ("group", "submission", "student", "name", "sentence")
MAX_GROUPS = 500  # that are returned; the file has all
MAX_MEMBERS = 200  # of a group that are returned
MAX_TRAITS = 100  # of a record
MAX_PEOPLE_BYTES = 1_000_000  # in memory; more lie on disk
PEOPLE_TOGETHER = 16  # of so many, one place on the disk is kept
MAX_WORDS = 12  # kinds of choices that a sentence names


class Group(NamedTuple):
    """Submissions that look alike: their ids, one sentence about them, and what they share in words."""

    members: tuple[str, ...]
    sentence: str
    shared: tuple[str, ...]


class LookAlikes:
    """Takes all submissions and finds the groups. Of each student, the submission that counts is compared.

    `out` is the folder for `look-alikes.csv`. `found` is the number of groups once they are there; `not_compared` that
    of the submissions beyond those that can be.
    """

    def __init__(self, out: str) -> None:
        self._path = os.path.join(out, LOOK_ALIKES)
        self._traits = Buckets(HASH_BITS + LABEL_BITS + WHO_BITS)
        self._labels: dict[str, int] = {}
        self._people = tempfile.SpooledTemporaryFile(MAX_PEOPLE_BYTES)  # noqa: SIM115 - `finish` closes it
        self._offsets = array("Q")
        self._count = 0
        self.found = 0
        self.not_compared = 0

    def add(self, brief: Brief) -> None:
        """Take one submission into account."""
        traits = brief.traits
        if not traits or not brief.counts:
            return
        who = self._count
        if who > MAX_WHO:
            self.not_compared += 1
            return
        self._count += 1
        if who % PEOPLE_TOGETHER == 0:
            self._offsets.append(self._people.tell())
        self._people.write(json.dumps([brief.submission, brief.student]).encode() + b"\n")
        labels = self._labels
        numbers = []
        for trait in traits[:MAX_TRAITS]:
            label, _, digits = str(trait).rpartition("=")
            try:
                hashed = int(digits, 16) & MAX_HASH
            except ValueError:
                continue  # a damaged record
            code = labels.get(label)
            if code is None:
                code = labels[label] = min(len(labels), MAX_LABEL)
            numbers.append((hashed << LABEL_BITS | code) << WHO_BITS | who)
        self._traits.add(numbers)

    def finish(self) -> list[Group]:
        """Write the file and return the groups, in the order of their first members; once."""
        labels = sorted(self._labels, key=self._labels.__getitem__)[:MAX_LABEL]
        rare = RareTraits(self._traits, labels, self._count)
        groups = rare.groups()
        returned: list[Group] = []
        with write_anew(self._path) as file:
            writer = csv.writer(file)
            writer.writerow(HEAD)
            for group, shared in zip(groups, rare.shared_by(groups), strict=True):
                people = [self._person(who) for who in sorted(group)]
                if _is_one_student(people):
                    continue
                self.found += 1
                sentence, words = _describe(len(people), shared)
                writer.writerows(_line(self.found, *person, sentence) for person in people)
                if len(returned) < MAX_GROUPS:
                    ids = tuple(submission for submission, _ in people[:MAX_MEMBERS])
                    returned.append(Group(ids, sentence, words))
        self._people.close()
        return returned

    def said(self) -> list[str]:
        """Return what to tell the instructor, once the groups are there."""
        sentences = []
        if self.found:
            groups = counted(self.found, "group shares", "groups share")
            sentences.append(f"{LOOK_ALIKES}: {groups} what hardly anybody else chose; it says what")
        if self.not_compared:
            submissions = counted(self.not_compared, "submission was", "submissions were")
            sentences.append(f"{submissions} not compared with others: there are too many")
        return sentences

    def _person(self, who: int) -> tuple[str, Any]:
        self._people.seek(self._offsets[who // PEOPLE_TOGETHER])
        for _ in range(who % PEOPLE_TOGETHER):
            self._people.readline()
        submission, student = json.loads(self._people.readline())
        return str(submission), student


def _line(group: int, submission: str, student: Any, sentence: str) -> list[object]:
    known = student if isinstance(student, dict) else {}
    who = (submission, known.get("id"), known.get("name"))
    return [group, *(guard(str(word)) if word else "" for word in who), sentence]


def _is_one_student(people: Sequence[tuple[str, Any]]) -> bool:
    """Tell whether all submissions are one student's, who has handed in under one name twice."""
    first = people[0][1]
    return isinstance(first, dict) and any(first.values()) and all(student == first for _, student in people)


def _describe(size: int, shared: Sequence[Shared]) -> tuple[str, tuple[str, ...]]:
    """Return the sentence about a group, and what it shares."""
    same_files = max((trait.inside for trait in shared if trait.label == FILE), default=0)
    choices = [trait for trait in shared if trait.label != FILE]
    of_all = [trait.label for trait in choices if trait.inside == size and not trait.outside]
    of_some = [trait.label for trait in choices if trait.inside < size and not trait.outside]
    rare = [trait.label for trait in choices if trait.outside]
    parts = []
    if same_files == size:
        parts.append("are the same file but for white space")
    elif same_files:
        parts.append(f"have {number(same_files)} among them that are the same file but for white space")
    if of_all:
        parts.append(f"share {_count(of_all)} that nobody else made: {_listed(of_all)}")
    if of_some:
        parts.append(f"share, some of them, {_count(of_some)} that nobody else made: {_listed(of_some)}")
    if rare:
        parts.append(f"share {_count(rare)} that few others made: {_listed(rare)}")
    labels = [*of_all, *of_some, *rare]
    return f"{number(size).capitalize()} submissions {'; they '.join(parts)}.", in_words(labels)


def _count(labels: Sequence[str]) -> str:
    return "a choice" if len(labels) == 1 else f"{len(labels)} choices"


def _listed(labels: Sequence[str]) -> str:
    words = in_words(labels)
    rest = len(words) - MAX_WORDS
    return ", ".join(words[:MAX_WORDS]) + (f" and {number(rest)} more" if rest > 0 else "")
