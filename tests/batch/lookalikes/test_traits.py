"""What a student chose freely and two people rarely choose alike, as hashes."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.batch.lookalikes.published import own_part, published
from grader.batch.lookalikes.traits import HASH_DIGITS, MAX_STRONG, MAX_WEAK, traits
from grader.batch.lookalikes.writing import MAX_LINE_CHARACTERS
from grader.rubric import load_rubric
from tests.batch.graded import SALT, SKELETON, SOLUTION, changed, graded_case, rubric, stack_of
from tests.test_cases import ACCEPTED, cases_of, name_of, rejected_cases


def traits_of(text: str, *, salt: bytes = SALT) -> list[str]:
    """Return the traits of a compose file."""
    return traits(stack_of(text), rubric(), salt)


def labels_of(text: str) -> list[str]:
    """Return what kinds of traits a compose file has."""
    return [trait.partition("=")[0] for trait in traits_of(text)]


@pytest.mark.parametrize("text", [SKELETON, SOLUTION])
def test_what_is_published_has_no_traits(text: str) -> None:
    """Nobody chose it."""
    assert [] == traits_of(text)


def test_the_answer_of_the_kit_is_published_also_beside_a_copy_of_the_rubric(tmp_path: Path) -> None:
    """An instructor copies the exercises alone; the students know the solution all the same."""
    copy = shutil.copytree(rubric().folder, tmp_path / "exercises")

    assert [] == traits(stack_of(SOLUTION), load_rubric(str(copy)), SALT)


def test_the_words_that_everybody_uses_are_traits_together_only() -> None:
    """Alone, neither they nor well-known passwords nor the cluster id of Kafka's own pages are one."""
    usual = changed(
        ("analytics_password", "mysql123456"),
        ("root_password", "rootpassword"),
        ("mysql_data", "mysql-db-storage"),
        ("KAFKA_GROUP_ID: mysql-consumer", "KAFKA_GROUP_ID: my-consumer-group"),
        ("MkU3OEVBNTcwNTJENDM2Qk", "4L6g3nShT-eMCtK--X86sw"),
    )

    few = changed(("analytics_password", "mysql123456"), ("root_password", "rootpassword"))

    assert ["all"] == labels_of(usual)
    assert [] == labels_of(few)


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        ("root_password", "Tulip77x", "value:mysql.MYSQL_ROOT_PASSWORD"),
        ("analytics_password", "Tulip77x", "value:mysql.MYSQL_PASSWORD"),
        ("KAFKA_GROUP_ID: mysql-consumer", "KAFKA_GROUP_ID: otters", "value:mysql-service.KAFKA_GROUP_ID"),
        ("MkU3OEVBNTcwNTJENDM2Qk", "AbU3OEVBNTcwNTJENDM2Qk", "id:kafka.CLUSTER_ID"),
        ("mongodb_data", "otter_den", "name:volume"),
        ("    volumes:\n", "    # the otters live down here\n    volumes:\n", "comment"),
        ("    volumes:\n", "    # look\n    volumes:\n", "remark"),
        ("KAFKA_NODE_ID: 1", "KAFKA_NODE_ID: 17", "odd:kafka.KAFKA_NODE_ID"),
        ("KAFKA_NODE_ID: 1", "KAFKA_NODE_ID: 1\n      KAFKA_HEAP_OPTS: -Xmx1G", "more:kafka"),
        ("KAFKA_NODE_ID: 1", "KAFKA_NODE_ID: 1   ", "layout:blanks"),
    ],
)
def test_an_own_choice_is_a_trait(old: str, new: str, label: str) -> None:
    """One choice, one trait: a password that stands in two services is one."""
    assert [label] == labels_of(changed((old, new)))


def test_a_line_may_begin_with_any_number_of_blanks() -> None:
    """Of a long line only the beginning is looked at: here there is nothing in it."""
    assert [] == traits_of(f"{SOLUTION}{' ' * MAX_LINE_CHARACTERS}# the otters live down here\n")


def test_an_own_order_is_a_trait() -> None:
    """That of the alphabet is nobody's own."""
    text = "".join(line for line in SOLUTION.splitlines(keepends=True) if not line.startswith("      #"))
    block = text[text.index("      KAFKA_NODE_ID") : text.index("    volumes:\n      - kafka_data")]
    lines = block.splitlines(keepends=True)

    assert "order:kafka" in labels_of(changed((block, "".join(reversed(lines))), text=text))
    assert "order:kafka" not in labels_of(changed((block, "".join(sorted(lines))), text=text))


def test_a_trait_is_the_same_in_another_file_with_the_same_salt() -> None:
    """The rest of the file does not matter; another run's traits cannot be compared."""
    one = traits_of(changed(("root_password", "Tulip77x")))
    two = traits_of(changed(("analytics_password", "Tulip77x"), ("KAFKA_NODE_ID: 1", "KAFKA_NODE_ID: 17")))
    other = traits_of(changed(("root_password", "Tulip77x")), salt=b"another run")

    assert one[0].partition("=")[2] in {trait.partition("=")[2] for trait in two}
    assert one != other


def test_white_space_does_not_make_another_file() -> None:
    """The whole file is compared without it."""
    mine = changed(("root_password", "Tulip77x"), ("analytics_password", "Narcis88y"))
    theirs = mine.replace("\n\n", "\n\n\n").replace("driver: local", "driver: local  ").replace("\n", "\r\n")

    def file_of(text: str) -> list[str]:
        return [trait for trait in traits_of(text) if trait.startswith("file=")]

    assert file_of(mine) == file_of(theirs) != []


@pytest.mark.parametrize("case", [*cases_of(ACCEPTED), *rejected_cases()], ids=name_of)
def test_traits_are_few_and_say_nothing_of_the_student(case: Path) -> None:
    """In every case of the tests: labels of ours, a hash, each hash once, no more than allowed."""
    stack = graded_case(case).stack
    assert stack is not None

    found = traits(stack, rubric(), SALT)

    hashes = [trait.rpartition("=")[2] for trait in found]
    assert len(hashes) == len(set(hashes)) <= MAX_STRONG + MAX_WEAK + 1
    assert {HASH_DIGITS} >= {len(digits) for digits in hashes}
    for trait in found:
        place = trait.partition("=")[0].partition(":")[2].partition(".")[0]
        assert place in {
            "",
            "volume",
            "services",
            "another service",
            "quotes",
            "blanks",
            "gaps",
            *published(rubric()).services,
        }


def test_of_many_choices_copies_keep_the_same_ones() -> None:
    """The traits of a file with hundreds of comments are those of its copy with one comment more."""
    comments = "".join(f"# otter number {number} sleeps on its back\n" for number in range(300))

    one, two = traits_of(comments + SOLUTION), traits_of(f"# a further otter woke up\n{comments}{SOLUTION}")

    assert len(one) <= MAX_STRONG + MAX_WEAK + 1
    assert len({*one} & {*two}) >= MAX_STRONG - 1


@given(st.text(st.characters(codec="utf-8"), max_size=200))
@settings(max_examples=200, deadline=None)
def test_the_own_part_of_a_text_is_stable(text: str) -> None:
    """Capitals and blanks around it do not matter, and it is its own part."""
    known = published(rubric())
    part = own_part(text, known)

    assert part == own_part(f"  {text.lower()}", known)
    assert len(part) <= len(text.lower())


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("otter_mysql_data", "otter"),
        ("OTTER-kafka-volume", "otter"),
        ("mysql_data", ""),
        ("rootpassword1234", ""),
        ("root_83712", "83712"),
        ("mysql2026", ""),
        ("social_commerce", ""),
        ("4L6g3nShT-eMCtK--X86sw", ""),
    ],
)
def test_what_is_own_is_told_from_what_everybody_writes(text: str, part: str) -> None:
    """A word of one's own, a number of one's own; not the usual words and numbers around them."""
    assert part == own_part(text, published(rubric()))


def test_names_of_one_word_are_one_choice() -> None:
    """Three volumes and a user that are called after one animal."""
    text = changed(
        ("mongodb_data", "otter_mongo"),
        ("kafka_data", "otter_kafka"),
        ("mysql_data", "otter_mysql"),
        ("MYSQL_USER: analytics", "MYSQL_USER: otter"),
    )

    assert ["value:mysql.MYSQL_USER"] == labels_of(text)
