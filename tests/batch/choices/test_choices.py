"""What a student wrote for each check, in a text that may be shown."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.batch.choices.choices import choices
from grader.batch.choices.reader import NO_VALUE, REFUSED
from grader.batch.choices.texts import EMPTY, MAX_CHOICE_CHARACTERS
from grader.findings import Outcome
from grader.grading import read_skeleton
from grader.secrets import Secrets
from tests.batch.graded import SALT, SKELETON, SOLUTION, changed, graded_case, rubric, stack_of
from tests.test_cases import ACCEPTED, cases_of, name_of, rejected_cases

CASES = [*cases_of(ACCEPTED), *rejected_cases()]


def chosen(text: str, *, salt: bytes = SALT, folder: str = "/submission") -> dict[str, str]:
    """Return the choices of a compose file."""
    return choices(stack_of(text, folder), rubric(), salt)


def test_the_solution_is_told_check_by_check() -> None:
    """Variables as their values, mounts in a short form, passwords as hashes; what has no place has no entry."""
    found = chosen(SOLUTION)

    assert found["kafka.node-id"] == "1"
    assert found["kafka.quorum-voters"] == "1@kafka:29093"
    assert found["kafka.data-volume"] == "kafka_data:/var/lib/kafka/data"
    assert found["app.source-mount"] == "bind ./apps/mongo_backend:/app"
    assert found["volumes.declared"] == "kafka_data, mongodb_data, mysql_data"
    assert found["volumes.driver"] == "local"
    assert found["mysql.password"] == found["mysql-service.mysql-password"] != found["mysql.root-password"]
    assert {"stack.accepted", "kafka.starts"}.isdisjoint(found)
    assert list(found) == [check.id for check in rubric().checks() if check.id in found]


def test_an_untouched_skeleton_has_no_choices() -> None:
    """Nothing was written."""
    assert {} == chosen(SKELETON)


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_what_is_right_was_written_and_no_password_is_read(case: Path) -> None:
    """In every case of the tests: a check that passes has a choice; what a report would hide is hidden here."""
    graded = graded_case(case)
    report, stack = graded.report, graded.stack
    assert stack is not None
    secrets = Secrets(stack.loaded, rubric(), read_skeleton(rubric().skeleton))
    passed = {check.id for check in report.checks() if check.outcome is Outcome.PASSED and rubric().places[check.id]}

    found = choices(stack, rubric(), SALT)

    texts = "\n".join(found.values())
    assert secrets.hide(texts) == texts
    assert all(0 < len(text) <= MAX_CHOICE_CHARACTERS for text in found.values())
    assert passed <= found.keys()


def test_equal_passwords_have_equal_hashes_with_the_same_salt_only() -> None:
    """Two submissions of one run can be compared, two runs with other salts cannot."""
    one = chosen(changed(("analytics_password", "Tulip-77")))
    two = chosen(changed(("analytics_password", "Tulip-77"), ("root_password", "Tulip-77")))
    other = chosen(changed(("analytics_password", "Tulip-77")), salt=b"another run")

    assert one["mysql.password"] == two["mysql.password"] == two["mysql.root-password"]
    assert one["mysql.password"] != other["mysql.password"]
    assert one["mysql.password"].startswith("#")


@pytest.mark.parametrize("place", ["KAFKA_CLIENT_ID: mongo-backend", "MYSQL_USER: analytics\n"])
@pytest.mark.parametrize("written", ["Tulip-77", '"#Tulip-77"', "(Tulip-77)", "my-Tulip-77", "TULIP-77"])
def test_a_password_that_stands_elsewhere_is_hidden_there(place: str, written: str) -> None:
    """As a client's name or a user, alone or in a longer text."""
    name = place.partition(":")[0]
    text = changed((place, f"{name}: {written}\n"), ("analytics_password", "Tulip-77"))

    assert "tulip-77" not in str(chosen(text)).lower()


@pytest.mark.parametrize("password", ["Tulip-77", "#Tulip-77"])
def test_the_log_in_of_an_address_is_hashed(password: str) -> None:
    """Who and where stay readable; a password that begins as a hash does is none."""
    text = changed(("mongodb://mongodb:27017", f"mongodb://ada:{password}@mongodb:27017/?authSource=admin"))

    found = chosen(text)["app.mongodb-url"]

    assert found.startswith("mongodb://ada:#")
    assert found.endswith("@mongodb:27017/?authSource=admin")
    assert "Tulip" not in found


def test_a_password_of_several_words_is_hidden_elsewhere() -> None:
    """Even if its first word is one that everybody uses."""
    text = changed(
        ("MYSQL_PASSWORD: analytics_password", "MYSQL_PASSWORD: root of Tulips 77"),
        ("KAFKA_CLIENT_ID: mongo-backend", "KAFKA_CLIENT_ID: root of Tulips 77"),
    )

    assert "Tulips" not in str(chosen(text))


def test_spellings_of_a_mount_are_one_choice() -> None:
    """Short or long, with a slash at the end or without: the same mount."""
    long = "- {type: volume, source: kafka_data, target: /var/lib/kafka/data}"
    for other in (long, "- kafka_data:/var/lib/kafka/data/", '- "kafka_data:/var/lib/kafka/data:rw"'):
        assert chosen(changed(("- kafka_data:/var/lib/kafka/data", other))) == chosen(SOLUTION)


def test_a_mount_in_another_place_is_told() -> None:
    """The wrong path is what was written for the check."""
    found = chosen(changed(("kafka_data:/var/lib/kafka/data", "kafka_data:/var/lib/kafka:ro")))

    assert found["kafka.data-volume"] == "kafka_data:/var/lib/kafka:ro"


def test_a_choice_does_not_depend_on_where_the_submission_lies() -> None:
    """Folders of the submission are relative to it."""
    outside = changed(("./shared:/app/shared", "../shared:/app/shared"))
    long_form = changed(("./shared:/app/shared", "{type: bind, source: ../shared, target: /app/shared}"))
    for text in (SOLUTION, outside, long_form):
        assert chosen(text) == chosen(text, folder="/home/grading/tmp17")
    for text in (outside, long_form):
        assert chosen(text)["app.shared-mount"] == "bind ../shared:/app/shared"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("KAFKA_NODE_ID: 7", "7"),
        ("KAFKA_NODE_ID: ''", EMPTY),
        ("KAFKA_NODE_ID:", NO_VALUE),
        ("KAFKA_NODE_ID: [1]", REFUSED),
        ("KAFKA_NODEID: 1", "KAFKA_NODEID=1"),
        ('KAFKA_NODE_ID: "1\\e[31m\\n2"', "1\N{REPLACEMENT CHARACTER}[31m 2"),
    ],
)
def test_what_is_not_quite_there_is_told(written: str, told: str) -> None:
    """Empty, passed through, refused, misspelt, or not fit for a terminal."""
    assert told == chosen(changed(("KAFKA_NODE_ID: 1", written))).get("kafka.node-id")


def test_no_name_is_taken_for_a_slip_where_nothing_is_missing() -> None:
    """A variable more is not what was written for a check."""
    assert chosen(SOLUTION) == chosen(changed(("KAFKA_NODE_ID: 1", "KAFKA_NODE_ID: 1\n      KAFKA_NODEID: 2")))


def test_a_container_that_stops_says_where() -> None:
    """What it would stumble over first, and what Docker Compose refuses."""
    stops = chosen(changed(("CLUSTER_ID: MkU3OEVBNTcwNTJENDM2Qk", "CLUSTER_ID: mine")))
    refused = chosen(changed(("  mysql_data:\n    driver: local\n", "")))

    assert stops["kafka.starts"] == "(storage format fails: CLUSTER_ID)"
    assert refused["stack.accepted"].startswith("(")
    assert refused["volumes.declared"] == "kafka_data, mongodb_data"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=3000))
@settings(max_examples=60, deadline=None)
def test_any_value_is_short_and_of_one_line(value: str) -> None:
    """Whatever is written: nothing that a terminal obeys, never longer than allowed."""
    import json

    found = chosen(changed(("KAFKA_CLIENT_ID: mongo-backend", f"KAFKA_CLIENT_ID: {json.dumps(value)}")))

    text = found.get("app.kafka-client-id", "")
    assert len(text) <= MAX_CHOICE_CHARACTERS
    assert not any(sign < " " for sign in text)
