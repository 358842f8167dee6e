"""The compose file is found wherever a student put it, and a remark says where that was a guess."""

import os
from pathlib import Path
from typing import NamedTuple

import pytest

from grader.batch.opening import Opened, open_content
from grader.batch.submission import Content, InMemory, OnDisk
from grader.workspace import NoSubmission
from tests.batch.sources.classes import Tree, folder_of, tar_of, zip_of


class Case(NamedTuple):
    """Files of a submission, the one that is graded, and words of the remarks about it, in order."""

    tree: Tree
    graded: str
    remarks: tuple[str, ...] = ()


CASES: dict[str, Case] = {
    "at the top": Case({"docker-compose.yml": "", "notes.txt": ""}, "docker-compose.yml"),
    "another name of Compose": Case({"compose.yaml": "", "work/docker-compose.yml": ""}, "compose.yaml"),
    "in the only folder": Case({"work/docker-compose.yml": "", "README.md": ""}, "work/docker-compose.yml"),
    "in the only folder of the only folder": Case({"a/b/compose.yml": ""}, "a/b/compose.yml"),
    "in one of several folders": Case(
        {"a/x.txt": "", "b/docker-compose.yml": ""}, "b/docker-compose.yml", ("lies in a folder of the submission",)
    ),
    "in several folders": Case(
        {"a/docker-compose.yml": "", "b/docker-compose.yml": ""}, "a/docker-compose.yml", ("2 folders",)
    ),
    "the highest counts": Case({"a/b/compose.yml": "", "c/compose.yml": ""}, "c/compose.yml", ("in a folder",)),
    "three at once": Case(
        {"compose.yml": "", "docker-compose.yml": "", "docker-compose (1).yml": ""},
        "compose.yml",
        ("compose.yml was graded, not docker-compose (1).yml, docker-compose.yml.",),
    ),
    "an override is none of them": Case({"compose.yml": "", "compose.override.yml": ""}, "compose.yml"),
    "downloaded twice": Case({"docker-compose (1).yml": ""}, "docker-compose (1).yml", ("No file has a name",)),
    "downloaded often": Case(
        {f"docker-compose ({number}).yml": "" for number in (2, 9, 10)}, "docker-compose (10).yml", ("3 files",)
    ),
    "as text": Case({"compose.txt": "", "x.md": ""}, "compose.txt", ("No file has a name",)),
    "with two endings": Case({"docker-compose.yml.txt": ""}, "docker-compose.yml.txt", ("No file has a name",)),
    "in capitals": Case({"Docker-Compose.YML": ""}, "Docker-Compose.YML", ("No file has a name",)),
    "without an ending": Case({"docker-compose": ""}, "docker-compose", ("No file has a name",)),
    "the only YAML file": Case({"ada.yml": "", "notes.txt": ""}, "ada.yml", ("No file has a name",)),
    "the only file": Case({"ada.yml": ""}, "ada.yml"),
    "the only file, a text": Case({"homework.txt": ""}, "homework.txt", ("No file has a name",)),
    "the one with services": Case(
        {"a.yml": "x: 1\n", "b.yml": "name: x\nservices:\n  a: {}\n"}, "b.yml", ("2 files could be the compose file",)
    ),
    "a proper name below goes before any YAML": Case(
        {"ci.yml": "", "work/compose.yml": ""}, "work/compose.yml"
    ),
    "settings of tools are not the student's": Case(
        {
            ".classroom50.yaml": "services: x\n",
            ".github/workflows/ci.yml": "services: x\n",
            "action.yml": "services: x\n",
            "work/mine.yml": "",
        },
        "work/mine.yml",
        ("lies in a folder",),
    ),
    "the kit's own files are not the student's": Case(
        {
            "exercises/01-mongodb/exercise.yaml": "",
            "solutions/docker-compose.yml": "",
            "tests/x/docker-compose.yml": "",
            "mine/compose.yml": "",
        },
        "mine/compose.yml",
        ("in a folder",),
    ),
    "junk is not the student's": Case(
        {"__MACOSX/docker-compose.yml": "", ".git/compose.yml": "", "._docker-compose.yml": "", "a/compose.yml": ""},
        "a/compose.yml",
    ),
}  # fmt: skip

NOTHING: dict[str, tuple[Tree, str]] = {
    "only the solution": ({"solutions/docker-compose.yml": "", "README.md": ""}, "There is no compose file in it"),
    "only an override": ({"docker-compose.override.yml": ""}, "There is no compose file in it"),
    "too deep": ({"a/b/c/d/e/compose.yml": ""}, "There is no compose file in it"),
    "a clone without its file": (
        {".classroom50.yaml": "", "action.yml": "", ".github/workflows/a.yml": "", "exercises/skeleton.yml": ""},
        "There is no compose file in it",
    ),
    "a picture": ({"screenshot.png": "x"}, "There is no compose file in it"),
    "two archives": ({"a.zip": zip_of({"compose.yml": ""}), "b.zip": zip_of({"compose.yml": ""})}, "There "),
}


def graded(opened: Opened, top: str) -> str:
    """Return the path in the submission of the file that is graded."""
    name = opened.compose_files[0] if opened.compose_files else None
    if name is None:
        names = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
        name = next(name for name in names if opened.files.kind(f"{opened.folder}/{name}") == "file")
    assert "file" == opened.files.kind(f"{opened.folder}/{name}")
    return f"{opened.located}/{name}" if opened.located else name


@pytest.fixture(params=["disk", "memory"])
def where(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def content_of(tree: Tree, where: str, path: Path) -> Content:
    if where == "disk":
        return OnDisk(str(folder_of(path, tree)))
    return InMemory({name: data if isinstance(data, bytes) else data.encode() for name, data in tree.items()})


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_file_is_found(case: Case, where: str, tmp_path: Path) -> None:
    """It is the same on the disk and in memory, and a guess has a remark."""
    opened = open_content(content_of(case.tree, where, tmp_path))

    assert case.graded == graded(opened, str(tmp_path))
    assert len(case.remarks) == len(opened.remarks)
    assert all(words in remark for words, remark in zip(case.remarks, opened.remarks, strict=True))


@pytest.mark.parametrize(("tree", "said"), NOTHING.values(), ids=NOTHING)
def test_there_is_nothing(tree: Tree, said: str, where: str, tmp_path: Path) -> None:
    """Nothing is graded that the student did not write."""
    with pytest.raises(NoSubmission) as caught:
        open_content(content_of(tree, where, tmp_path))

    assert str(caught.value).startswith(said)


def test_an_archive_in_the_submission_is_the_submission(where: str, tmp_path: Path) -> None:
    """A single archive is unpacked in memory; beside a compose file it stays closed."""
    archive = tar_of({"work/docker-compose.yml": "x: 1"}, "w:gz")
    alone = open_content(content_of({"hand-in.tgz": archive, "notes.md": ""}, where, tmp_path / "a"))
    beside = open_content(content_of({"hand-in.tgz": archive, "compose.yml": "y: 2"}, where, tmp_path / "b"))

    assert b"x: 1" == alone.files.read("/submission/docker-compose.yml")
    assert () == alone.remarks
    assert "work" == alone.located
    assert b"y: 2" == beside.files.read(f"{beside.folder}/compose.yml")


def test_a_folder_of_endless_files_is_looked_at_in_part(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The names of Compose are found all the same."""
    monkeypatch.setattr("grader.batch.opening.listings.MAX_ENTRIES", 10)
    folder_of(tmp_path, {f"{number}.txt": "" for number in range(50)} | {"docker-compose.yml": ""})

    assert "docker-compose.yml" == graded(open_content(OnDisk(str(tmp_path))), "")


def test_a_folder_that_cannot_be_read_is_told_apart_from_an_empty_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """There the student is not to blame."""

    def locked(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", locked)
    with pytest.raises(NoSubmission) as caught:
        open_content(OnDisk(str(tmp_path)))

    assert "The folder cannot be read; check its permissions." == str(caught.value)


def test_a_side_file_beside_an_archive_is_told(where: str, tmp_path: Path) -> None:
    """It might have been meant for what is in there, which nobody can know."""
    archive = zip_of({"docker-compose.yml": "x: 1"})
    opened = open_content(content_of({"hand-in.zip": archive, ".env": "A=1", "shot.png": "x"}, where, tmp_path))

    assert b"x: 1" == opened.files.read("/submission/docker-compose.yml")
    assert ("Not read, since it lies beside the archive: .env.",) == opened.remarks
