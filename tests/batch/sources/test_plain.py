"""Folders and archives without any LMS around: the name of a file or folder is the submission's id."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.batch.sources import open_source, recognise
from grader.batch.submission import LooseFile, OnDisk, Packed, Student
from grader.endings import UsageError
from tests.batch.sources.classes import Tree, compose, folder_of, images, submissions, tar_of, zip_of

FLAT: Tree = {"ada.yml": compose("a"), "bob.yaml": compose("b"), "README.md": "x", ".DS_Store": "", "._ada.yml": "x"}
DEEP: Tree = {
    "ada/docker-compose.yml": compose("a"),
    "ada/.git/docker-compose.yml": compose("git"),
    "bob/project/compose.yaml": compose("b"),
    "dan/docker-compose (1).yml": compose("d"),
    "eve.zip": zip_of({"eve/docker-compose.yml": compose("e"), "__MACOSX/eve/._docker-compose.yml": "x"}),
    "fay.tar.gz": tar_of({"docker-compose.yml": compose("f")}, "w:gz"),
    "gil.yml": compose("g"),
    "__MACOSX/ada/._x": "x",
}
DEEP_IMAGES = {"ada": "a", "bob": "b", "dan": "d", "eve": "e", "fay": "f", "gil": "g"}

PACKERS: dict[str, Callable[[Tree], bytes]] = {
    "zip": zip_of,
    "tar": tar_of,
    "tar.gz": lambda tree: tar_of(tree, "w:gz"),
    "tar.bz2": lambda tree: tar_of(tree, "w:bz2"),
    "tar.xz": lambda tree: tar_of(tree, "w:xz"),
}


def test_a_folder_of_compose_files(tmp_path: Path) -> None:
    """Each file is one submission, alone; what is none is named in a remark, junk is not."""
    source = open_source(str(folder_of(tmp_path, FLAT)))
    found = list(source.submissions())

    assert "files" == source.kind
    assert [
        ("ada", LooseFile(str(tmp_path / "ada.yml"))),
        ("bob", LooseFile(str(tmp_path / "bob.yaml"))),
    ] == [(submission.id, submission.content) for submission in found]
    assert ["Passed over, since they are no compose files and no archives: README.md."] == source.remarks()


def test_a_folder_of_folders(tmp_path: Path) -> None:
    """Folders, archives and files in one folder are a submission each."""
    source = open_source(str(folder_of(tmp_path, DEEP)))
    found = {submission.id: submission.content for submission in source.submissions()}

    assert ("folders", 6) == (source.kind, source.count)
    assert OnDisk(str(tmp_path / "ada")) == found["ada"]
    assert Packed("eve.zip", str(tmp_path / "eve.zip"), None) == found["eve"]
    assert DEEP_IMAGES == images(tmp_path)


@pytest.mark.parametrize("ending", PACKERS)
def test_an_archive_of_either(tmp_path: Path, ending: str) -> None:
    """An archive gives what the folder would, also with one folder around it all."""
    for name, tree in {
        "flat": FLAT,
        "deep": DEEP,
        "around": {f"class/{path}": data for path, data in DEEP.items()},
    }.items():
        (tmp_path / f"{name}.{ending}").write_bytes(PACKERS[ending](tree))

    assert "archive" == recognise(str(tmp_path / f"deep.{ending}"))
    assert {"ada": "a", "bob": "b"} == images(tmp_path / f"flat.{ending}")
    assert DEEP_IMAGES == images(tmp_path / f"deep.{ending}")
    assert DEEP_IMAGES == images(tmp_path / f"around.{ending}")


def test_a_folder_of_archives(tmp_path: Path) -> None:
    """It is of the same kind as a folder of folders."""
    tree: Tree = {f"{name}.zip": zip_of({"docker-compose.yml": compose(name)}) for name in ("ada", "bob")}

    assert "folders" == recognise(str(folder_of(tmp_path, tree)))
    assert {"ada": "ada", "bob": "bob"} == images(tmp_path)


@pytest.mark.parametrize("ending", ["", ".zip", ".tar.gz"])
def test_the_name_is_the_students_id(tmp_path: Path, ending: str) -> None:
    """Whatever it is the name of: a folder, an archive, a file, also within an archive."""
    path = folder_of(tmp_path / "class", DEEP)
    if ending:
        path = tmp_path / f"class{ending}"
        path.write_bytes(PACKERS[ending[1:]](DEEP))

    assert {name: Student(id=name) for name in DEEP_IMAGES} == {
        submission.id: submission.student for submission in submissions(path)
    }


def test_equal_ids_are_told_apart(tmp_path: Path) -> None:
    """Both are graded; the second gets a number, and a remark says so. Both are the same student's."""
    found = submissions(folder_of(tmp_path, {"ada/compose.yml": compose("a"), "ada.yml": compose("b"), "bob.yml": ""}))

    assert ["ada", "ada (2)", "bob"] == [submission.id for submission in found]
    assert [Student("ada"), Student("ada"), Student("bob")] == [submission.student for submission in found]
    assert ("Another submission is called ada too; this one is listed as ada (2).",) == found[1].remarks


def test_one_submission_taken_for_a_class_is_told(tmp_path: Path) -> None:
    """Its `.env` would not count; it is graded all the same, since it may lie among others."""
    source = open_source(
        str(folder_of(tmp_path, {"docker-compose.yml": compose("a"), ".env": "A=1", "compose.override.yml": ""}))
    )

    assert ["compose.override", "docker-compose"] == [submission.id for submission in source.submissions()]
    assert any("grade FOLDER): compose.override.yml, docker-compose.yml." in remark for remark in source.remarks())


def test_a_second_reading_is_the_same(tmp_path: Path) -> None:
    """Order and ids stay, and remarks are not said twice."""
    source = open_source(str(folder_of(tmp_path, FLAT)))

    assert list(source.submissions()) == list(source.submissions())
    assert 1 == len(source.remarks())


def test_an_empty_folder_of_a_student_is_a_submission(tmp_path: Path) -> None:
    """Who has a folder and nothing in it is listed, with the reason."""
    found = images(folder_of(tmp_path, {"ada/docker-compose.yml": compose("a"), "bob/": ""}))

    assert "a" == found["ada"]
    assert found["bob"].startswith("There is no compose file in it")


@pytest.mark.parametrize(
    ("tree", "path", "word"),
    [
        ({}, "missing", "there is no file or folder"),
        ({"x/": ""}, "x", "looks like a submission"),
        ({"a.yml": "x: 1"}, "a.yml", "is no folder, no archive"),
        ({"a.7z": b"7z\xbc\xaf\x27\x1c" + bytes(40)}, "a.7z", "pack it again as zip"),
        ({"a.zip": zip_of({"x.yml": "x"})[:-30]}, "a.zip", "no complete zip"),
        ({"a.zip": zip_of({})}, "a.zip", "looks like a submission"),
        ({"a.tar.gz": tar_of({"x.yml": "x"}, "w:gz")[:20]}, "a.tar.gz", "ends in the middle"),
        ({"w/docker-compose.yml": "x", "w/exercises/": ""}, "w", "is one workspace"),
    ],
)
def test_what_is_no_source_is_told(tmp_path: Path, tree: Tree, path: str, word: str) -> None:
    """The sentence names the path and what is wrong."""
    place = str(folder_of(tmp_path, tree) / path)

    with pytest.raises(UsageError) as caught:
        open_source(place)

    assert place in str(caught.value)
    assert word in str(caught.value)


def test_a_kind_that_is_none(tmp_path: Path) -> None:
    """The kinds there are stand in the sentence."""
    with pytest.raises(UsageError, match="Did you mean files") as caught:
        open_source(str(tmp_path), "file")

    assert "archive" in str(caught.value)
