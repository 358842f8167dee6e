"""A Gradescope export: a file beside the folders says whose they are."""

from pathlib import Path

import pytest

from grader.batch.sources import open_source
from grader.batch.sources.gradescope_metadata import Entry, read_metadata
from grader.batch.submission import Student, Submission
from tests.batch.sources.classes import Tree, compose, folder_of, image_of, zip_of

METADATA = """\
---
submission_11:
  :submitters:
  - :name: Ada Lovelace
    :sid: '1001'
    :email: ada@example.org
  :created_at: 2026-10-01 12:00:00.000000000 Z
  :score: 0.0
  :status: processed
  :results: {tests: [{name: x, output: ":name: nobody"}]}
  :history:
  - :id: 1
    :submitters:
    - :name: not this one
submission_12:
  :submitters:
  - :name: Bob
    :email: bob@example.org
  - :name: Eve
    :sid: 1003
    :email: eve@example.org
submission_13:
  :submitters: []
submission_14:
  :submitters:
  - :name: Dan
    :sid: '1004'
"""
EXPORT: Tree = {
    "assignment_5_export/submission_metadata.yml": METADATA,
    "assignment_5_export/submission_11/docker-compose.yml": compose("ada"),
    "assignment_5_export/submission_12/work/docker-compose.yml": compose("bob"),
    "assignment_5_export/submission_13/docker-compose.yml": compose("thirteen"),
    "assignment_5_export/submission_15/docker-compose.yml": compose("fifteen"),
}


@pytest.fixture(params=["zip", "unpacked", "inside"])
def found(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Submission]:
    """Return the class by id: from the zip, the unpacked zip, and the folder itself."""
    path = folder_of(tmp_path / "x", EXPORT)
    if request.param == "zip":
        path = tmp_path / "export.zip"
        path.write_bytes(zip_of(EXPORT))
    elif request.param == "inside":
        path = path / "assignment_5_export"
    source = open_source(str(path))

    assert "gradescope" == source.kind
    return {submission.id: submission for submission in source.submissions()}


def test_who_handed_in_what(found: dict[str, Submission]) -> None:
    """SID, name and e-mail are known; a group has further members; the history is nobody's."""
    assert Student(id="1001", name="Ada Lovelace", email="ada@example.org") == found["submission_11"].student
    assert "2026-10-01 12:00:00.000000000 Z" == found["submission_11"].handed_in
    assert Student(name="Bob", email="bob@example.org") == found["submission_12"].student
    assert (Student(id="1003", name="Eve", email="eve@example.org"),) == found["submission_12"].members


def test_nobody_is_dropped(found: dict[str, Submission]) -> None:
    """A folder without a student is graded with a remark, a student without a folder is listed with the reason."""
    images = {name: image_of(submission) for name, submission in found.items()}

    assert images.pop("submission_14") == "submission_metadata.yml names it, and there is no such folder."
    assert {
        "submission_11": "ada",
        "submission_12": "bob",
        "submission_13": "thirteen",
        "submission_15": "fifteen",
    } == images
    assert Student(id="1004", name="Dan") == found["submission_14"].student
    for name in ("submission_13", "submission_15"):
        assert None is found[name].student
        assert ("Its name does not tell whose it is.",) == found[name].remarks


def test_one_student_twice(tmp_path: Path) -> None:
    """Two folders of one SID are both graded, and say so."""
    metadata = "a: {':submitters': [{':sid': '7', ':name': A}]}\nb: {':submitters': [{':sid': '7', ':name': B}]}\n"
    tree = {"submission_metadata.yml": metadata, "a/compose.yml": compose("a"), "b/compose.yml": compose("b")}
    found = list(open_source(str(folder_of(tmp_path, tree))).submissions())

    assert [("Another submission names the same student, with the SID 7.",)] * 2 == [one.remarks for one in found]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a: {':created_at': x}\nb: [1, 2\n", "is no YAML from line"),
        ("a: {':created_at': x}\nb: " + "[" * 150 + "]" * 150, "is nested more than 100 levels deep"),
        ("a: {':created_at': x}\nb: \0", "is no YAML"),
    ],
)
def test_a_broken_file_harms_what_follows_only(text: str, word: str) -> None:
    """What was read before is kept, and the fault is told."""
    entries, fault = read_metadata(text.encode())

    assert fault is not None
    assert word in fault
    assert "\0" in text or Entry((), "x") == entries["a"]


def test_odd_but_legal_metadata() -> None:
    """Keys that are no text, aliases and a list on top say nothing and stop nothing."""
    text = "? [x, y]\n: z\na: &a\n  ? {k: v}\n  : 1\n  ':submitters': [{':name': A, ':sid': *b}]\n".replace(
        "*b", "null"
    )

    assert {"a": Entry((Student(id="null", name="A"),))} == {
        name: entry for name, entry in read_metadata(text.encode())[0].items() if entry.students
    }
    assert ({}, None) == read_metadata(b"- 1\n- [2]\n")
    assert ({}, None) == read_metadata(b"")
