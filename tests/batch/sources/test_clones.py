"""Clones of GitHub Classroom and Classroom 50: the login is the end of a folder's name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.batch.sources import open_source, recognise
from grader.batch.submission import OnDisk, Student, Submission
from tests.batch.sources.classes import Tree, compose, folder_of, image_of, images, submissions, tar_of, zip_of

CLASSROOM: Tree = {
    "kata-submissions/kata-ada/docker-compose.yml": compose("ada"),
    "kata-submissions/kata-ada/.git/config": "",
    "kata-submissions/kata-bob-b/docker-compose.yml": compose("bob"),
    "kata-submissions/kata-bob-b/.git/config": "",
    "kata-submissions/kata-bob-c/docker-compose.yml": compose("bobc"),
    "kata-submissions/kata-bob-c/.git/config": "",
    "kata-submissions/other/docker-compose.yml": compose("other"),
}
MARKER = "classroom: cs-1\nassignment: kata\nsource: {owner: x}\n"
SCORES = (
    "username,first_name,last_name,email,section,score,max_score,datetime,submission_tag,submitted_by,review_url,late,override\r\n"
    "Ada,Ada,Lovelace,ada@example.org,,10,100,2026-10-02T10:00:00Z,submit/2,ada,,true,\r\n"
    "Ada,Ada,Lovelace,ada@example.org,,5,100,2026-10-01T10:00:00Z,submit/1,ada,,false,\r\n"
    "bob-b,Bob,,,,,,,,,,,\r\n"
    "x-eve,Eve,E,eve@example.org,,1,100,2026-10-01T10:00:00Z,submit/1,x-eve,,false,\r\n"
)
CLASSROOM50: Tree = {
    "cs-1-kata-ada/docker-compose.yml": compose("ada"),
    "cs-1-kata-ada/.classroom50.yaml": MARKER,
    "cs-1-kata-x-eve/docker-compose.yml": compose("eve"),
    "cs-1-kata-x-eve/.classroom50.yaml": "classroom: tampered\n",
    "cs-1-kata-dan/docker-compose.yml": compose("dan"),
    "cs-1-kata-dan/.classroom50.yaml": MARKER,
}


@pytest.mark.parametrize("where", ["above", "inside", "zip"])
def test_github_classroom(tmp_path: Path, where: str) -> None:
    """The slug of the folder's name is taken away; another folder is graded without a student."""
    path = folder_of(tmp_path / "x", CLASSROOM)
    if where == "inside":
        path = path / "kata-submissions"
    elif where == "zip":
        path = tmp_path / "clones.zip"
        path.write_bytes(zip_of(CLASSROOM))
    found = {submission.id: submission for submission in submissions(path)}

    assert "github" == recognise(str(path))
    assert {"ada": "ada", "bob-b": "bob", "bob-c": "bobc", "other": "other"} == {
        name: image_of(submission) for name, submission in found.items()
    }
    assert (Student(login="bob-b"), None) == (found["bob-b"].student, found["other"].student)
    assert ("The folder's name does not begin with kata-, so it is not known whose it is.",) == found["other"].remarks


def clone(login: str, compose_file: str) -> Tree:
    """Return the files of a clone: far more of the kit than of the student, many of them before the compose file."""
    kit: Tree = {
        **{f".git/objects/{number:02x}/x": "" for number in range(200)},
        **{f"grader/part{number}.py": "x" * 4000 for number in range(500)},
        **{f"tests/rejected/{number}.yml": compose("no") for number in range(2700)},
    }
    return {
        f"kata-submissions/kata-{login}/{name}": text
        for name, text in {**kit, "docker-compose.yml": compose_file}.items()
    }


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_clones_that_were_packed(tmp_path: Path, pack: Callable[[Tree], bytes]) -> None:
    """A class is seen behind the thousands of files of the first clone, and each of them is read."""
    path = tmp_path / "class.zip"
    path.write_bytes(pack({**clone("ada", compose("ada")), **clone("bob", compose("bob"))}))

    assert "github" == recognise(str(path))
    assert {"ada": "ada", "bob": "bob"} == images(path)


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_a_clone_that_a_student_packed(tmp_path: Path, pack: Callable[[Tree], bytes]) -> None:
    """What is the kit's is not unpacked, so that it is neither too much nor too many."""
    hand_in = pack({name.replace("kata-submissions/", ""): text for name, text in clone("ada", compose("ada")).items()})
    tree: Tree = {"ada_1_7_kata.zip": hand_in, "bob_2_8_compose.yml": compose("bob")}
    (tmp_path / "class.zip").write_bytes(zip_of(tree))

    assert {"ada_1": "ada", "bob_2": "bob"} == images(tmp_path / "class.zip")
    assert {"ada_1": "ada", "bob_2": "bob"} == images(folder_of(tmp_path / "class", tree))


def test_clones_in_a_folder_of_another_name(tmp_path: Path) -> None:
    """The slug is what all names begin with, which is a guess and is said to be one."""
    tree = {f"my-kata-{login}/{file}": compose(login) for login in ("ada", "bob") for file in ("compose.yml", ".git/x")}
    found = submissions(folder_of(tmp_path, tree))

    assert [Student(login="ada"), Student(login="bob")] == [submission.student for submission in found]
    assert ("That the login is ada was guessed from the names of all folders.",) == found[0].remarks


def classroom50(path: Path, tree: Tree) -> dict[str, Submission]:
    source = open_source(str(folder_of(path, tree)))
    assert "classroom50" == source.kind
    return {submission.id: submission for submission in source.submissions()}


def test_classroom50(tmp_path: Path) -> None:
    """The marker names classroom and assignment; what is left is the login. A tampered one is not needed."""
    found = classroom50(tmp_path, CLASSROOM50)

    assert ["ada", "dan", "x-eve"] == sorted(found)
    assert OnDisk(str(tmp_path / "cs-1-kata-ada")) == found["ada"].content
    assert ((), 1) == (found["ada"].remarks, len(found["x-eve"].remarks))


def test_classroom50_with_its_scores(tmp_path: Path) -> None:
    """`scores.csv` adds names, lateness and attempts, and who handed in nothing."""
    found = classroom50(tmp_path, {**CLASSROOM50, "scores.csv": SCORES})

    assert Student(login="Ada", name="Ada Lovelace", email="ada@example.org") == found["ada"].student
    ada = found["ada"]
    assert (2, 2, True, "2026-10-02T10:00:00Z") == (ada.attempt, ada.attempts, ada.late, ada.handed_in)
    assert "Nothing was handed in." == image_of(found["bob-b"])
    assert Student(login="x-eve", name="Eve E", email="eve@example.org") == found["x-eve"].student
    assert () == found["x-eve"].remarks


def test_a_team_of_classroom50(tmp_path: Path) -> None:
    """It has one clone, which all of its members handed in; nobody of them is said to have handed in nothing."""
    scores = (
        "username,first_name,last_name,email,score,datetime,submission_tag,review_url,late\n"
        "ada,Ada,L,,5,2026-10-01T10:00:00Z,submit/1,https://github.com/o/r/commit/1,false\n"
        "Eve,Eve,E,eve@example.org,5,2026-10-01T10:00:00Z,submit/1,https://github.com/o/r/commit/1,false\n"
        "dan,Dan,D,,5,2026-10-01T10:00:00Z,submit/1,https://github.com/o/d/commit/2,false\n"
    )
    tree = {name: text for name, text in CLASSROOM50.items() if "eve" not in name}
    found = classroom50(tmp_path, {**tree, "scores.csv": scores})

    assert ["ada", "dan"] == sorted(found)
    assert (Student(login="Eve", name="Eve E", email="eve@example.org"),) == found["ada"].members
    assert () == found["dan"].members
