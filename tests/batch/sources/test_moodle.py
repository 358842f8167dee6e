"""A Moodle download: a folder a student and plugin, in all the forms that sites make."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.batch.sources import open_source
from grader.batch.submission import Student, Submission
from tests.batch.sources.classes import Tree, compose, folder_of, image_of, zip_of

FOLDERS: Tree = {
    "Ada Lovelace_1001_assignsubmission_file/docker-compose.yml": compose("ada"),
    "Ada Lovelace_1001_assignsubmission_onlinetext/onlinetext.html": "<p>see the file</p>",
    "Bob O'Neil_1002_assignsubmission_file/project/docker-compose.yml": compose("bob"),
    "Bob O'Neil_1002_assignsubmission_file/project/.env": "V=1\n",
    "Eve_1003_assignsubmission_onlinetext/onlinetext.html": "<p>services:</p>",
    "Dan Roe_1004_assignsubmission_file/work.zip": zip_of({"docker-compose.yml": compose("dan")}),
}
OLDER: Tree = {
    "Ada Lovelace_1001_assignsubmission_file_/docker-compose.yml": compose("ada"),
    "Bob O'Neil_1002_assignsubmission_file_/docker-compose.yml": compose("bob"),
    "Eve_1003_assignsubmission_onlinetext_/onlinetext.html": "<p>services:</p>",
    "Dan Roe_1004_assignsubmission_file_/docker-compose.yml": compose("dan"),
}
FLAT: Tree = {
    "Ada Lovelace_1001_assignsubmission_file_docker-compose.yml": compose("ada"),
    "Ada Lovelace_1001_assignsubmission_file_.env": "V=1\n",
    "Bob O'Neil_1002_assignsubmission_file_compose.yaml": compose("bob"),
    "Eve_1003_assignsubmission_onlinetext_onlinetext.html": "<p>services:</p>",
    "Dan Roe_1004_assignsubmission_file_work.zip": zip_of({"docker-compose.yml": compose("dan")}),
}
IMAGES = {
    "Ada Lovelace_1001": "ada",
    "Bob O'Neil_1002": "bob",
    "Eve_1003": "It was handed in as online text, not as a file.",
    "Dan Roe_1004": "dan",
}


def read(path: Path, tree: Tree, packed: bool) -> dict[str, Submission]:
    """Return the class by id."""
    if packed:
        path = path / "course-work-77.zip"
        path.write_bytes(zip_of(tree))
    else:
        folder_of(path, tree)
    source = open_source(str(path))

    found = {submission.id: submission for submission in source.submissions()}
    assert ("moodle", len(found)) == (source.kind, source.count)
    return found


def students(found: Mapping[str, Submission]) -> dict[str, Student | None]:
    return {name: submission.student for name, submission in found.items()}


@pytest.mark.parametrize("packed", [True, False], ids=["zip", "unpacked"])
@pytest.mark.parametrize("tree", [FOLDERS, OLDER, FLAT], ids=["folders", "older", "flat"])
def test_every_form_gives_the_same_class(tmp_path: Path, tree: Tree, packed: bool) -> None:
    """The participant's number is the id, and what belongs to a student comes together."""
    found = read(tmp_path, tree, packed)

    assert IMAGES == {name: image_of(submission) for name, submission in found.items()}
    assert Student(id="1002", name="Bob O'Neil") == found["Bob O'Neil_1002"].student


def test_what_was_handed_in_otherwise_is_told(tmp_path: Path) -> None:
    """A file counts before an online text, which a remark names."""
    found = read(tmp_path, FOLDERS, packed=False)

    assert ("What was handed in otherwise was not looked at: onlinetext.",) == found["Ada Lovelace_1001"].remarks


@pytest.mark.parametrize("word", ["Participant", "Teilnehmer/in"])
def test_blind_marking(tmp_path: Path, word: str) -> None:
    """The word that stands for every name is no name, in whatever language."""
    word = word.replace("/", "")
    tree = {f"{word}_{number}_assignsubmission_file/compose.yml": compose(str(number)) for number in (4, 5, 6)}

    found = read(tmp_path, tree, packed=True)

    assert {f"{word}_{number}": Student(id=str(number)) for number in (4, 5, 6)} == students(found)


def test_teams(tmp_path: Path) -> None:
    """A team has its name and number, the default group no number."""
    tree = {
        "Team Red_12_assignsubmission_file/compose.yml": compose("red"),
        "Default group_assignsubmission_file/compose.yml": compose("rest"),
    }

    found = read(tmp_path, tree, packed=True)

    assert {
        "Team Red_12": Student(id="12", name="Team Red"),
        "Default group": Student(name="Default group"),
    } == students(found)


def test_a_class_of_one_with_two_odd_files(tmp_path: Path) -> None:
    """The only folder is a student's, not one that holds the class."""
    tree = {f"Ada_1_assignsubmission_file/{name}.yml": compose(name) for name in ("one", "two")}

    assert {"Ada_1": Student(id="1", name="Ada")} == students(read(tmp_path, tree, packed=True))


def test_a_name_may_hold_digits_and_underlines(tmp_path: Path) -> None:
    """The number next to the plugin is the participant's."""
    tree = {"Ada_2 Smith_31_assignsubmission_file/compose.yml": compose("a")}

    assert {"Ada_2 Smith_31": Student(id="31", name="Ada_2 Smith")} == students(read(tmp_path, tree, packed=False))
