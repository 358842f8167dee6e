"""`predict`: a guess beside what is so. It shows nothing before there is a guess, and never blames."""

import pytest

from grader.notebook import q
from grader.notebook.result import Result
from tests.notebooks.conftest import Learner
from tests.notebooks.workspaces import SOLUTION

SHORT_ID = {"CLUSTER_ID": "my-cluster"}
FORMAT_FAILS = "storage format fails"


def agrees(result: Result) -> list[object]:
    """Which guesses were as the grader says."""
    return [row["agrees"] for row in result.data["rows"]]


def truths(result: Result) -> list[object]:
    """What the grader says of what was guessed."""
    return [row["truth"] for row in result.data["rows"]]


@pytest.fixture
def solved(learner: Learner) -> Learner:
    """Someone whose file is right."""
    learner.write(SOLUTION)
    return learner


def test_dots_show_nothing(solved: Learner) -> None:
    """The place for a guess is three dots, and the answer stays hidden until they are gone."""
    answers = [
        q.kafka.node_id.predict(...),
        q.predict("kafka.node-id", ...),
        q.kafka.predict(verdict=..., lost=...),
        q.environment("A: yes").predict(A=...),
    ]

    assert [[]] * 4 == [answer.data["rows"] for answer in answers]
    assert [] == [answer for answer in answers if "no guess yet" not in repr(answer)]


def test_a_guess_about_a_check(solved: Learner) -> None:
    """In a learner's words or in those of the reports; both ways to write it mean the same."""
    answers = [
        q.kafka.node_id.predict("right"),
        q.predict("kafka.node-id", "passed"),
        q.kafka.node_id.predict("wrong"),
        q.what_if("kafka", KAFKA_NODE_ID="one").kafka.node_id.predict("Wrong"),
        q.what_if("kafka", KAFKA_NODE_ID=None).kafka.node_id.predict("not attempted"),
        q.text("- no map").kafka.node_id.predict("cannot read"),
    ]

    assert [[True], [True], [False], [True], [True], [True]] == [agrees(answer) for answer in answers]


def test_a_guess_about_a_whole_file(solved: Learner) -> None:
    """What is lost, and what becomes of the container; the reason is shown with it."""
    result = q.what_if("kafka", **SHORT_ID).predict(lost="kafka.cluster-id", verdict=FORMAT_FAILS)

    assert [True, True] == agrees(result)
    assert "decodes to 7 bytes" in repr(result)
    assert "q.kafka.cluster_id.explain()" == result.data["next"]


@pytest.mark.parametrize(
    ("lost", "same"),
    [(["kafka.cluster-id"], True), ("kafka.node-id kafka.cluster-id", False), ("nothing", False), ([], False)],
)
def test_lost_checks_are_compared_as_a_set(solved: Learner, lost: list[str], same: bool) -> None:
    """All of them and no other."""
    assert [same] == agrees(q.what_if("kafka", **SHORT_ID).kafka.predict(lost=lost))


def test_lost_checks_are_shown_without_a_guess(solved: Learner) -> None:
    """Like everything else; the answer that was asked for is no guess."""
    result = q.what_if("kafka", **SHORT_ID).kafka.predict(lost="?", verdict="?")

    assert [[FORMAT_FAILS, "kafka.cluster-id"], [None, None]] == [truths(result), agrees(result)]
    assert "No guesses yet" in repr(q.guesses())


def test_verdicts_of_every_kind(solved: Learner) -> None:
    """A container that works, one that does not, a file that Compose refuses, one that is no YAML."""
    answers = [
        q.predict(verdict="works"),
        q.what_if("kafka", **SHORT_ID).kafka.predict(verdict="?"),
        q.what_if("kafka", volumes=["lost:/data"]).predict(verdict="?"),
        q.text("services: {").predict(verdict="?"),
        q.app.predict(verdict="?"),
    ]

    assert [["works"], [FORMAT_FAILS], ["compose refuses the file"], ["cannot read"], ["no such container"]] == [
        truths(answer) for answer in answers
    ]


def test_a_word_that_can_never_be_right_is_named(solved: Learner) -> None:
    """With the nearest that can, and the answer stays hidden."""
    answers = [
        q.kafka.node_id.predict("bad"),
        q.predict("kafka.nodeid", "right"),
        q.kafka.predict(verdict="storage formats fail"),
        q.predict(lost="kafka.clusterid"),
        q.environment("ALPHA: 1").predict(ALPA="1"),
    ]

    assert [[]] * 5 == [answer.data["rows"] for answer in answers]
    assert [False, True, True, True, True] == ["Did you mean" in repr(answer) for answer in answers]


def test_guesses_are_recorded(solved: Learner) -> None:
    """A later guess about the same thing replaces the earlier one; what was only asked for is none."""
    empty = q.guesses()
    q.kafka.node_id.predict("wrong")
    q.kafka.node_id.predict("right")
    q.kafka.cluster_id.predict("wrong")
    q.kafka.listeners.predict("?")
    result = q.guesses()

    assert [] == empty.data["rows"]
    assert [("kafka.node-id", True), ("kafka.cluster-id", False)] == [
        (row["what"], row["agrees"]) for row in result.data["rows"]
    ]
    assert repr(result).startswith("1 of 2 as guessed")


def test_a_guess_that_turned_out_otherwise_is_not_blamed(solved: Learner) -> None:
    """Guess and truth stand side by side, and that is all."""
    words = repr(q.kafka.node_id.predict("wrong")).lower()

    assert [] == [word for word in ("sorry", "unfortunately", "incorrect", "mistake", "your fault") if word in words]


VALUES = {
    "yes": "yes",
    "1.0": "1",
    "010": "8",
    "'010'": "010",
    "$$X": "$X",
    "a # b": "a",
    "true": "true",
    "${NAME:-other}": "other",
    "${GIVEN}": "given",
}


@pytest.mark.parametrize(("written", "gets"), VALUES.items())
def test_values_are_read_as_compose_does(written: str, gets: str) -> None:
    """And a guess about the text of the container is compared letter by letter."""
    view = q.environment(f"A: {written}", GIVEN="given")

    assert {"A": gets} == view.show().data["values"]
    assert [True] == agrees(view.predict(A=gets))
    assert [False] == agrees(view.predict(A=gets + "x"))


def test_empty_absent_and_refused_are_told_apart() -> None:
    """An empty text is a value; nothing is none; a value that Compose refuses is named with its line."""
    view = q.environment('A: ""\nB:\nC: null\nD: ${X')

    assert ["an empty text", "not set", "not set", "refused"] == truths(view.predict(A="?", B="?", C="?", D="?"))
    assert [True, True, False, True] == agrees(view.predict(A="", B="not set", C="", D="refused"))
    assert "line 4, column 4" in repr(view)


def test_a_list_is_read_too() -> None:
    """In a list quotes are letters."""
    assert {"A": '"1.0"', "B": "010"} == q.environment('- A="1.0"\n- B=010').show().data["values"]


def test_what_is_not_guessed_stays_hidden() -> None:
    """One guess shows one truth."""
    result = q.environment("A: 1.0\nB: 2.0").predict(A="1.0")

    assert ["A"] == [row["what"] for row in result.data["rows"]]
    assert "Not guessed yet: B." in repr(result)
