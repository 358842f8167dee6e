"""`kraft.start` and `kraft.request`: the learner's own settings, told frame by frame."""

import pytest

from grader.containers.verdict import Verdict
from grader.notebook import kraft, q
from grader.notebook.result import Result
from tests.containers.test_kafka_cases import cases
from tests.html_pages import Page
from tests.notebooks.conftest import Learner
from tests.notebooks.workspaces import SKELETON, SOLUTION

HERE = q.text(SOLUTION)
LOCALHOST = HERE.what_if("kafka", KAFKA_ADVERTISED_LISTENERS="PLAINTEXT://localhost:9092")


def titles(answer: Result) -> list[str]:
    """The titles of the frames."""
    return [frame["title"] for frame in answer.data["frames"]]


def test_the_solution_works_to_the_end() -> None:
    """From the settings to the first client."""
    told = titles(kraft.start(HERE).frames())

    assert ("Your settings", "It works") == (told[0], told[-1])
    assert "The broker registers with the controller" in told


@pytest.mark.parametrize(
    ("changes", "last"),
    [
        ({"KAFKA_NODE_ID": "2"}, "It ends before any election"),
        ({"CLUSTER_ID": "x"}, "It ends before any election"),
        ({"KAFKA_PROCESS_ROLES": None}, "It ends before any election"),
        ({"KAFKA_CONTROLLER_QUORUM_VOTERS": "1@kafka:29093,2@kafka2:29093"}, "It ends without a leader"),
        ({"KAFKA_CONTROLLER_QUORUM_VOTERS": "1@kafka:9093"}, "The broker finds no controller"),
        ({"KAFKA_ADVERTISED_LISTENERS": "PLAINTEXT://localhost:9092"}, "It fails"),
        ({"KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "3"}, "The client has arrived"),
    ],
)
def test_where_it_ends(changes: dict[str, str | None], last: str) -> None:
    """Each broken setting ends the story at its own place."""
    assert last == titles(kraft.start(HERE.what_if("kafka", **changes)).frames())[-1]


@pytest.mark.parametrize("case", list(cases()))
def test_the_story_ends_as_the_container_did(case: dict[str, object]) -> None:
    """In every recorded case: `It works` exactly where the real one worked."""
    changes = {**dict.fromkeys(case.get("unset") or ()), **(case.get("set") or {})}  # type: ignore[call-overload, dict-item]
    if "only" in case or any(case.get(key) for key in ("plain", "volumes", "bootstrap")) or not changes:
        pytest.skip("more than other variables")
    texts = {name: None if value is None else str(value).replace("$", "$$") for name, value in changes.items()}
    answer = kraft.start(HERE.what_if("kafka", **texts)).frames()
    expected = case["expect"]
    assert isinstance(expected, dict)

    assert (expected["class"] == Verdict.WORKS.value) == (titles(answer)[-1] == "It works")


def test_the_life_of_a_request() -> None:
    """Asked, answered with the advertised address, and sent there."""
    right, wrong = (kraft.request("app", file=file).frames().data["frames"] for file in (HERE, LOCALHOST))

    assert [None, "kafka:9092", None] == [frame.get("sent_to") for frame in right]
    assert [None, "localhost:9092", None, None] == [frame.get("sent_to") for frame in wrong]
    assert [True, False] == [frames[-1]["works"] for frames in (right, wrong)]


def test_who_asks_makes_the_difference() -> None:
    """localhost is right for a program in the broker's own container and on the computer, and wrong for the app."""
    works = [
        kraft.request(client, file=LOCALHOST).frames().data["frames"][-1]["works"]
        for client in ("app", "kafka", "computer")
    ]

    assert [False, True, True] == works


def test_there_is_no_request_without_a_broker() -> None:
    """The skeleton's container ends at once."""
    answer = kraft.request("app", file=SKELETON).frames()

    assert ["There is no broker"] == titles(answer)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (kraft.request("nobody", file=SOLUTION), "There is no client nobody."),
        (kraft.request("app", "kafka", file=SOLUTION), "a host and a port"),
        (kraft.start("services: [}"), "Cannot read the file"),
        (kraft.start("services: {app: {image: a}}"), "There is no service kafka"),
        (kraft.start(SOLUTION.replace("\n  mongodb_data:", "\n  other:")), "refuses the file"),
    ],
)
def test_what_cannot_be_told(answer: kraft.Start, said: str) -> None:
    """The sentence says why."""
    assert [] == answer.frames().data["frames"]
    assert said in repr(answer)


def test_the_learners_own_file_is_read_anew(learner: Learner) -> None:
    """Also these look at the workspace's file."""
    story = kraft.start()
    before = titles(story.frames())[-1]
    learner.write(SOLUTION)

    assert ("It ends before any election", "It works") == (before, titles(story.frames())[-1])


def test_hostile_values_stay_texts() -> None:
    """In a picture, in its description, in a table."""
    hostile = 'PLAINTEXT://<script>alert("1")</script>:9092'
    secret = "1@user:hunter2@kafka:29093"
    answers = [
        kraft.start(HERE.what_if("kafka", KAFKA_ADVERTISED_LISTENERS=hostile)).frames(),
        kraft.request("app", '"><script>alert(1)</script>:9092', file=HERE).frames(),
        kraft.start(HERE.what_if("kafka", KAFKA_CONTROLLER_QUORUM_VOTERS=secret)).frames(),
    ]
    pages = [answer._repr_mimebundle_()["text/html"] for answer in answers]

    assert [] == [page for page in pages if "script" in Page(page).names()]
    assert "hunter2" not in "".join([*pages, *map(repr, answers)])
