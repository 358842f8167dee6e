"""What the dashboard says of a class and of its checks, as words in its page."""

import re
from pathlib import Path

import pytest

from grader.batch.briefs import brief_of
from grader.batch.dashboard import tally as limits
from grader.batch.dashboard.tally import MAX_LISTED, Tally
from grader.batch.dashboard.wrong_values import KEPT
from grader.batch.records import checks_of
from tests.batch.dashboard.pages import CHECKS, NOT_BEGUN, named, read, write
from tests.batch.graded import TESTS, rubric
from tests.batch.records import class_of, graded, not_gradable, record


def test_an_empty_class_is_said_so(tmp_path: Path) -> None:
    """There is a sentence, and no empty tables."""
    page = read(write(tmp_path, []))

    assert "No submission was found, so there is nothing to show." in page.sections[""]
    assert "table" not in page.elements


@pytest.mark.parametrize(
    ("outcomes", "sentence"),
    [
        ([{}], "One submission is graded: 100 of 100 points."),
        ([{}, {}, {}], "Everyone has full marks, 100 points."),
        ([NOT_BEGUN, NOT_BEGUN], "Nobody has a point yet, of 100 points."),
        ([{"kafka.node-id": "failed"}] * 2, "Everyone has 97 of 100 points."),
        (
            [{}, {}, {"kafka.node-id": "failed"}, NOT_BEGUN],
            "Half of the graded have 98.5 points or more; the lowest score is 0, the highest 100, of 100 points.",
        ),
    ],
)
def test_the_scores_are_told_in_a_sentence(tmp_path: Path, outcomes: list[dict[str, str]], sentence: str) -> None:
    """It fits one student, and classes in which all are equal."""
    page = read(write(tmp_path, [named(f"S{place}", found) for place, found in enumerate(outcomes)]))

    assert sentence in page.sections["scores"]


def test_nothing_graded_is_said_so(tmp_path: Path) -> None:
    """A class of broken files has reasons, and no figures."""
    page = read(write(tmp_path, [record("ada", not_gradable("input", "docker-compose.yml is empty."))]))

    assert "Nothing is graded yet." in page.sections["scores"]
    assert "ada docker-compose.yml is empty." in page.sections["help"]


def test_a_check_has_its_counts_its_share_and_what_they_mean(tmp_path: Path) -> None:
    """Solved, wrong, not attempted, waiting, in this order; the relation in words."""
    weak = {**dict.fromkeys(CHECKS[3:], "failed"), "kafka.node-id": "failed", "kafka.starts": "skipped"}
    records = [named(f"A{place}") for place in range(10)] + [named(f"B{place}", weak) for place in range(5)]
    page = read(write(tmp_path, [*records, named("C", NOT_BEGUN)]))
    node_id = "The node has an id kafka.node-id 3 10 5 1 0 62 % 1.00 Separates strong from weak."

    assert node_id in page.sections["checks"]
    assert re.search(r"kafka\.starts 1 10 0 1 5 62 % – Nearly everyone judged has it\.", page.sections["checks"])


def test_wrong_values_are_counted_and_lead_to_who_wrote_them(tmp_path: Path) -> None:
    """The most frequent one is first, with what the report says; a password is a sign."""
    wrong = {"kafka.node-id": "failed"}
    records = [
        named("Ada", wrong, choices={"kafka.node-id": "one"}),
        named("Bob", wrong, choices={"kafka.node-id": "two"}),
        named("Chen", wrong, choices={"kafka.node-id": "two"}),
        named("Dora", {"mysql.password": "failed"}, choices={"mysql.password": "#0123456789"}),
        named("Emil", choices={"kafka.node-id": "7"}),
    ]
    page = read(write(tmp_path, records))
    said = "Something is to be done here."

    assert f"2 two {said} Bob, Chen 1 one {said} Ada" in page.sections["wrong"]
    assert f"1 a password, #0123456789 {said} Dora" in page.sections["wrong"]
    assert " 7 " not in page.sections["wrong"]
    assert "./feedback/chen.html" in page.links


def test_values_that_one_student_each_has_are_one_line(tmp_path: Path) -> None:
    """If the report says the same of them; a frequent value stays apart."""
    written = ("a", "b", "b", "c", "d")
    wrong = {"kafka.cluster-id": "failed"}
    records = [named(f"S{place}", wrong, choices={"kafka.cluster-id": value}) for place, value in enumerate(written)]
    page = read(write(tmp_path, records))
    said = "Something is to be done here."

    assert f"3 a and 2 others, each once {said} S0, S3, S4 2 b {said} S1, S2" in page.sections["wrong"]
    assert "4 different values" in page.sections["wrong"]


def test_what_stands_out_is_told_first(tmp_path: Path) -> None:
    """What is wrong most often and how, where most stop, how many have not begun; a password is never told."""
    wrong = {"kafka.node-id": "failed"}
    hidden = {"mysql.password": "failed"}
    stopped = dict.fromkeys(CHECKS[30:], "not attempted")
    records = [named(f"A{place}", wrong, choices={"kafka.node-id": "one"}) for place in range(3)]
    records += [named(f"B{place}", hidden, choices={"mysql.password": "#0123456789"}) for place in range(2)]
    records += [named(f"C{place}", found) for place, found in enumerate([stopped] * 4 + [NOT_BEGUN] * 5)]
    told = read(write(tmp_path, records)).sections["scores"].partition("What stands out")[2]
    title = rubric().check(CHECKS[30]).title

    assert (
        " The node has an id kafka.node-id is wrong for 3 of 14, 3 of them with one"
        " The user has a password mysql.password is wrong for 2 of 14, 2 of them with the same password"
        f" {title} {CHECKS[30]} is where 4 stop, with nothing wrong before it"
        " 5 have handed in a file in which nothing is begun (who)"
    ) == told


def test_a_check_that_everybody_has_wrong_in_their_own_way_stands_out(tmp_path: Path) -> None:
    """There may be so many different values that none of them is remembered."""
    wrong = {"kafka.cluster-id": "failed"}
    number = 2 * KEPT + 1
    records = [named(f"S{place}", wrong, choices={"kafka.cluster-id": f"id {place}"}) for place in range(number)]
    page = read(write(tmp_path, records))

    assert f"kafka.cluster-id is wrong for {number} of {number} " in page.sections["scores"] + " "
    assert "many different values" in page.sections["wrong"]


def test_a_check_to_be_doubted_stands_out(tmp_path: Path) -> None:
    """The strong have it wrong, the weak have it right."""
    weak = dict.fromkeys(CHECKS[15:], "failed")
    records = [named(f"A{place}", {CHECKS[0]: "failed"}) for place in range(10)]
    page = read(write(tmp_path, [*records, *(named(f"B{place}", weak) for place in range(10))]))
    first = rubric().checks()[0]

    assert (
        f"What stands out {first.title} {first.id} is solved more often by those who know less"
        in page.sections["scores"]
    )
    assert "Those who know more get it wrong more often: look at the TASK or the check." in page.sections["checks"]


def test_nothing_stands_out_where_all_is_right(tmp_path: Path) -> None:
    """No empty list."""
    assert "stands out" not in read(write(tmp_path, [named("Ada"), named("Bob")])).sections["scores"]


def test_the_page_asks_for_nothing_from_elsewhere(tmp_path: Path) -> None:
    """No address in it, and the browser is told to load nothing."""
    text = write(tmp_path, [named("Ada")]).read_text("utf-8")

    assert not re.search(r"https?:|src=|url\(|@import", text)
    assert "default-src 'none'" in text


def test_graded_files_fit_in(tmp_path: Path) -> None:
    """Records of real submissions: right ones have full marks, a wrong one is at its check."""
    cases = sorted((TESTS / "rejected" / "kafka.node-id").glob("*.yml"))
    records = [graded(TESTS / "accepted" / "as-the-task-says.yml"), *map(graded, cases)]
    page = read(write(tmp_path, records))
    wrong = [True for found in records for check in checks_of(found) if check["outcome"] == "failed"]

    assert "Full marks 1" in page.sections[""]
    assert len(wrong) > len(cases) / 2
    assert f"{len(wrong)} The node has an id kafka.node-id" in page.sections["wrong"]


def test_memory_does_not_grow_with_the_class() -> None:
    """After the list is dropped, nothing is kept of a student but bounded lists."""
    tally = Tally(rubric())
    records = [brief_of(record) for record in class_of(200)]
    for place in range(MAX_LISTED + 1500):
        found = records[place % len(records)]
        wrong = tuple(fault._replace(value=f"{fault.value} {place}") for fault in found.wrong)
        tally.add(found._replace(submission=f"s{place}", wrong=wrong))

    assert tally.rows is None
    assert MAX_LISTED + 1500 == tally.counting
    assert all(len(check.wrong) <= 2 * KEPT for check in tally.checks.values())
    assert len(tally.together) <= 2 * limits.SETS_KEPT
    assert len(tally.not_begun.rows) <= limits.MAX_NAMED
    assert limits.MAX_ENDS == len(tally.lowest()) == len(tally.highest())
