"""Groups of submissions that share what hardly anybody else chose, and nobody else."""

import csv
import random
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from grader.batch.briefs import Brief, brief_of
from grader.batch.lookalikes import buckets
from grader.batch.lookalikes.search import Group, LookAlikes
from grader.batch.lookalikes.traits import traits
from tests.batch.graded import SALT, SOLUTION, changed, rubric, stack_of
from tests.batch.lookalikes.students import answer, copied
from tests.batch.records import record as known
from tests.batch.records import report_of, student

CLASS = 200
PLANTED = ({10, 110}, {20, 150}, {30, 90, 180})


def record(number: object, found: Sequence[str], **more: Any) -> Brief:
    """Return the brief of a submission that is somebody's own; look-alikes read nothing else of it."""
    brief = brief_of(known(f"s{number}", report_of({}), student=student(id=str(number))))
    return brief._replace(traits=found, **more)


def groups_of(records: Iterable[Brief]) -> list[Group]:
    """Return the groups of some submissions."""
    with TemporaryDirectory() as out:
        look_alikes = LookAlikes(out)
        for one in records:
            look_alikes.add(one)
        return look_alikes.finish()


def traits_of(text: str) -> list[str]:
    """Return the traits of a compose file."""
    return traits(stack_of(text), rubric(), SALT)


@lru_cache(maxsize=1)
def drawn_class() -> tuple[Brief, ...]:
    """Grade two hundred students who work alone, but for the copies of three who have chosen on their own."""
    draw = random.Random(8)
    originals = {min(planted) for planted in PLANTED}
    texts = [answer(draw, own=number in originals) for number in range(CLASS)]
    for planted in PLANTED:
        original, *copies = sorted(planted)
        for number in copies:
            texts[number] = copied(texts[original], draw)
    return tuple(record(number, traits_of(text)) for number, text in enumerate(texts))


def strangers(count: int, *, first: int = 1000) -> list[Brief]:
    """Return records of students who share nothing."""
    return [record(number, [f"value:mysql.MYSQL_PASSWORD={number:09x}"]) for number in range(first, first + count)]


def test_exactly_the_copies_of_a_class_are_found() -> None:
    """Changed names and white space do not hide them; of the others nobody looks like anybody."""
    found = [{int(member[1:]) for member in group.members} for group in groups_of(drawn_class())]

    assert list(PLANTED) == found


def test_a_class_that_works_alone_has_no_groups() -> None:
    """Nobody is told to look like somebody by chance."""
    copies = {number for planted in PLANTED for number in sorted(planted)[1:]}

    assert [] == groups_of(one for number, one in enumerate(drawn_class()) if number not in copies)


def test_the_values_of_the_solution_make_no_group() -> None:
    """Not even if everybody uses them, with small mistakes of their own."""
    texts = [SOLUTION, changed(("KAFKA_NODE_ID: 1", "KAFKA_NODE_ID: 2")), changed(("3306\n", "3307\n"))]

    assert [] == groups_of(record(number, traits_of(texts[number % 3])) for number in range(60))


def test_a_group_says_in_words_what_it_shares() -> None:
    """How many choices, whether others made them; no password, no percentage."""
    text = changed(
        ("analytics_password", "Tulip-77-otter"),
        ("MkU3OEVBNTcwNTJENDM2Qk", "AbU3OEVBNTcwNTJENDM2Qk"),
        ("services:\n", "# the otters live down here\n# walnut and granite and saffron\nservices:\n"),
    )
    other = text.replace("mongodb_data", "violin").replace("driver: local", "driver: local  ")

    (group,) = groups_of([record(1, traits_of(text)), *strangers(80), record(2, traits_of(other))])

    assert group.members == ("s1", "s2")
    assert group.sentence == (
        "Two submissions share 4 choices that nobody else made: the cluster id, the password of mysql, two comments."
    )
    assert group.shared == ("the cluster id", "the password of mysql", "two comments")


def test_the_same_file_is_said_to_be_so() -> None:
    """White space makes no other file, and there may be many of them."""
    text = changed(("analytics_password", "Tulip-77-otter"), ("root_password", "Narcis-88"))
    copies = [record(number, traits_of(text.replace("\n\n", "\n" * (number + 2)))) for number in range(30)]

    (group,) = groups_of([*copies, *strangers(70)])

    assert len(group.members) == 30
    assert group.sentence.startswith("30 submissions are the same file but for white space")


def test_a_chain_is_one_group() -> None:
    """Where one shares with two others what these do not share."""
    left, right = [f"value:mysql.A{n}=a{n:08x}" for n in range(4)], [f"value:mysql.B{n}=b{n:08x}" for n in range(4)]

    (group,) = groups_of([record(1, left), record(2, left + right), record(3, right), *strangers(70)])

    assert group.members == ("s1", "s2", "s3")
    assert "some of them" in group.sentence


def test_what_many_chose_is_no_sign() -> None:
    """A choice of one in five says nothing, however many of them are shared."""
    usual = [f"value:mysql.V{number}={number:09x}" for number in range(8)]

    assert [] == groups_of([*(record(number, usual) for number in range(20)), *strangers(80)])


def test_two_shared_choices_are_not_enough() -> None:
    """Two people may think of the same two words."""
    found = ["value:mysql.MYSQL_PASSWORD=0000000aa", "value:mysql.MYSQL_USER=0000000ab"]

    assert [] == groups_of([record(1, found), record(2, found), *strangers(300)])


def test_attempts_of_a_student_are_not_compared() -> None:
    """Only the one that counts is; and who has handed in twice under one name is no group."""
    found = [f"value:mysql.A{number}=a{number:08x}" for number in range(5)]
    attempts = [record(1, found, attempt=number, attempts=3) for number in (1, 2, 3)]
    twice = [record(1, found), record(1, found, submission="again")]

    assert [] == groups_of([*attempts, *strangers(70)])
    assert [] == groups_of([*twice, *strangers(70)])


@pytest.mark.parametrize("waiting", [50, 1 << 20])
def test_the_disk_changes_nothing(waiting: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups are the same whether the numbers fit into memory or not."""
    monkeypatch.setattr(buckets, "MAX_WAITING", waiting)

    assert len(PLANTED) == len(groups_of(drawn_class()))


@pytest.mark.parametrize("broken", [["x"], ["a=zz"], [""], ["=12"], [None, 7], ["value:x=" + "f" * 400]])
def test_damaged_traits_are_passed_over(broken: list[Any]) -> None:
    """A record of another version or a damaged one stops nobody."""
    found = [f"value:mysql.A{number}=a{number:08x}" for number in range(5)]

    assert 1 == len(groups_of([record(0, broken), record(1, found), record(2, found), *strangers(70)]))


def test_the_file_has_a_line_for_each_member(tmp_path: Path) -> None:
    """For a spreadsheet: the group, who, what is shared; no name becomes a formula."""
    found = [f"value:mysql.A{number}=a{number:08x}" for number in range(5)]
    look_alikes = LookAlikes(str(tmp_path))
    for one in (record(1, found), record(2, found, submission="=2"), *strangers(70)):
        look_alikes.add(one)

    (group,) = look_alikes.finish()

    with open(tmp_path / "look-alikes.csv", encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [("1", "s1", "1"), ("1", "'=2", "2")] == [(one["group"], one["submission"], one["student"]) for one in lines]
    assert {group.sentence} == {one["sentence"] for one in lines}
    assert ["look-alikes.csv: 1 group shares what hardly anybody else chose; it says what"] == look_alikes.said()


def test_a_class_without_groups_has_an_empty_file(tmp_path: Path) -> None:
    """The one of an earlier run must not stay."""
    (tmp_path / "look-alikes.csv").write_text("1,ada,,,an earlier run", encoding="utf-8")
    look_alikes = LookAlikes(str(tmp_path))

    assert [] == look_alikes.finish()
    assert "group,submission,student,name,sentence" == (tmp_path / "look-alikes.csv").read_text("utf-8").strip()
    assert [] == look_alikes.said()
