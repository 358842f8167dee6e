"""A Canvas download: whose each file is, how late and how often, stands in its name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.batch.sources import canvas, open_source, tarred
from grader.batch.submission import InMemory, Student, Submission
from grader.endings import UsageError
from tests.batch.sources.classes import Tree, compose, folder_of, image_of, submissions, tar_of, zip_of

CLASS: Tree = {
    "lovelaceada_101_9001_docker-compose.yml": compose("ada"),
    "hopperbob_LATE_102_9002_docker-compose.yml": compose("bob"),
    "hopperbob_LATE_102_9003_.env": "V=1\n",
    "müllereve_103_9004_docker-compose-2.yml": compose("eve"),
    "roedan_104_9005_docker-compose.yml": compose("dan one"),
    "roedan_104_9009_docker-compose-1.yml": compose("dan two"),
    "liufay_105_9006_work.zip": zip_of({"work/docker-compose.yml": compose("fay")}),
    "zhaogil_106_text.html": "<p>services:</p>",
    "kimhal_107_link.html": "<a>x</a>",
    "teamred_108_9007_kafka-1.env": "A=1\n",
    "teamred_108_9008_docker-compose (1).yml": compose("red"),
    "poeivy_109_9010_work.tar-1.gz": tar_of({"docker-compose.yml": compose("ivy")}, "w:gz"),
    "poejon_110_9011_a.png": b"\x89PNG\0",
    ".DS_Store": "",
}
IMAGES = {
    "lovelaceada_101": "ada",
    "hopperbob_102": "bob",
    "müllereve_103": "eve",
    "roedan_104 (attempt 1)": "dan one",
    "roedan_104": "dan two",
    "liufay_105": "fay",
    "zhaogil_106": "It was handed in as a text entry, not as a file.",
    "kimhal_107": "It was handed in as a web address, not as a file.",
    "teamred_108": "red",
    "poeivy_109": "ivy",
}


@pytest.fixture(params=["zip", "unpacked", "tar"])
def found(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Submission]:
    """Return the class by id, from the zip, from the folder, and packed again."""
    path = tmp_path / "course-work_submissions"
    if request.param == "unpacked":
        folder_of(path, CLASS)
    else:
        path = path.with_suffix("." + request.param)
        path.write_bytes(zip_of(CLASS) if request.param == "zip" else tar_of(CLASS))
    source = open_source(str(path))

    assert ("canvas", None if request.param == "tar" else len(IMAGES) + 1) == (source.kind, source.count)
    return {submission.id: submission for submission in source.submissions()}


def test_every_student_is_there(found: dict[str, Submission]) -> None:
    """Files, archives, texts: each is graded, or its reason told; who handed in a picture too."""
    images = {name: image_of(submission) for name, submission in found.items()}

    assert images.pop("poejon_110").startswith("There is no compose file in it")
    assert IMAGES == images


def test_identity_lateness_and_attempts(found: dict[str, Submission]) -> None:
    """The user id is the student's id; the number that Canvas adds counts the attempts."""
    assert Student(id="101", name="lovelaceada") == found["lovelaceada_101"].student
    assert ["hopperbob_102"] == [name for name, submission in found.items() if submission.late]
    assert (3, 3) == (found["müllereve_103"].attempt, found["müllereve_103"].attempts)
    assert (1, 2) == (found["roedan_104 (attempt 1)"].attempt, found["roedan_104 (attempt 1)"].attempts)
    assert (2, 2) == (found["roedan_104"].attempt, found["roedan_104"].attempts)
    assert found["roedan_104"].student == found["roedan_104 (attempt 1)"].student


def test_a_number_between_is_missing(tmp_path: Path) -> None:
    """What is there keeps its number: the second and the fourth of four."""
    tree = {"ada_1_7_docker-compose-1.yml": compose("two"), "ada_1_9_docker-compose-3.yml": compose("four")}
    found = submissions(folder_of(tmp_path, tree))

    assert [("ada_1 (attempt 2)", 2, 4, "two"), ("ada_1", 4, 4, "four")] == [
        (one.id, one.attempt, one.attempts, image_of(one)) for one in found
    ]


def test_the_student_names_the_files(found: dict[str, Submission]) -> None:
    """Side files come along under their own names; a number of the student's own stays."""
    bob, red = found["hopperbob_102"].content, found["teamred_108"].content

    assert isinstance(bob, InMemory)
    assert isinstance(red, InMemory)
    assert {"docker-compose.yml", ".env"} == set(bob.files)
    assert {"kafka-1.env", "docker-compose (1).yml"} == set(red.files)


@pytest.mark.parametrize(
    ("name", "whose", "user", "file"),
    [
        ("team_1_101_9001_docker-compose.yml", "team_1", "101", "docker-compose.yml"),
        ("team_1_LATE_101_9001_compose-2.yaml", "team_1", "101", "compose.yaml"),
        ("g_2_3_101_9001_.env", "g_2_3", "101", ".env"),
        ("ada_101_9001_2026_docker-compose.yml", "ada", "101", "2026_docker-compose.yml"),
        ("ada_101_9001_2_mine.yml", "ada", "101", "2_mine.yml"),
        ("ada_101_9001_a_1_2_docker-compose.yml", "ada", "101", "a_1_2_docker-compose.yml"),
    ],
)
def test_numbers_in_a_name(name: str, whose: str, user: str, file: str) -> None:
    """A team may have one in its name, and a student in a file's; a file that Compose knows tells which it is."""
    named = canvas.identify(name, False)

    assert named is not None
    assert (Student(id=user, name=whose), file) == (named.student, named.inner)


def test_anonymous_grading(tmp_path: Path) -> None:
    """There is an id and no name."""
    tree = {"anon_aB3dE_900_docker-compose.yml": compose("x"), "LATE_anon_Zz9_901_docker-compose.yml": compose("y")}
    one, other = submissions(folder_of(tmp_path, tree))

    assert [("anon_Zz9", Student(id="Zz9"), True), ("anon_aB3dE", Student(id="aB3dE"), False)] == [
        (submission.id, submission.student, submission.late) for submission in (one, other)
    ]


def test_what_is_not_understood_is_graded_and_listed(tmp_path: Path) -> None:
    """A file that somebody put beside the others has no student and a remark; a text is only named."""
    tree = {**CLASS, "late by mail.yml": compose("mail"), "notes.txt": "x"}
    source = open_source(str(folder_of(tmp_path, tree)))
    found = {submission.id: submission for submission in source.submissions()}

    assert "mail" == image_of(found["late by mail"])
    assert None is found["late by mail"].student
    assert ("Its name does not tell whose it is.",) == found["late by mail"].remarks
    assert any("notes.txt" in remark for remark in source.remarks())


def test_a_folder_around_the_download_is_refused(tmp_path: Path) -> None:
    """The whole class would be one student; the sentence says what to name."""
    class_zip = zip_of({f"ada{number}_{number}_9_docker-compose.yml": compose("a") for number in range(3)})
    folder = folder_of(tmp_path / "downloads", {"course_submissions.zip": class_zip, "grades.csv": "x"})

    with pytest.raises(UsageError, match=r"holds a download of Canvas, not.*Name .*course_submissions\.zip"):
        open_source(str(folder))
    assert "folders" == open_source(str(folder), "folders").kind


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_an_archive_around_the_download_is_refused(tmp_path: Path, pack: Callable[[Tree], bytes]) -> None:
    """So it is where somebody has packed the download once more."""
    outer = tmp_path / "mail.zip"
    outer.write_bytes(pack({"course_submissions.zip": zip_of(CLASS), ".DS_Store": "x"}))

    with pytest.raises(UsageError, match=r"holds a download of Canvas, not.*Unpack .*mail.zip, and name course_submi"):
        open_source(str(outer))
    assert ["course_submissions"] == [submission.id for submission in submissions(outer, "archive")]


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_tar_in_the_order_of_the_disk(tmp_path: Path, mode: str) -> None:
    """Files of one student lie apart in it; what comes out is the same as from the zip."""
    tree = list(CLASS.items())
    (tmp_path / "class.zip").write_bytes(zip_of(CLASS))
    expected = sorted(submissions(tmp_path / "class.zip"))
    path = tmp_path / "class.tar"
    for mixed in (tree[::-1], tree[::2] + tree[1::2], tree[3:] + tree[:3]):
        path.write_bytes(tar_of(dict(mixed), mode))
        source = open_source(str(path))
        found = sorted(source.submissions())

        assert expected == found
        assert [] == source.remarks()


def test_too_much_is_not_kept_of_a_tar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read is graded then, with a remark, and memory stays bounded."""
    monkeypatch.setattr(tarred, "MAX_WAITING_BYTES", 100)
    names = ("ada_1_1_docker-compose.yml", "bob_2_2_docker-compose.yml", "bob_2_3_.env", "ada_1_4_.env")
    path = tmp_path / "class.tar"
    path.write_bytes(tar_of({name: compose("x" * 100) for name in names}))
    source = open_source(str(path))

    assert ["ada_1", "bob_2", "ada_1 (2)"] == [submission.id for submission in source.submissions()]
    assert any("ada_1" in remark for remark in source.remarks())


def test_what_is_no_download_at_all_is_told(tmp_path: Path) -> None:
    """It is graded as was said, and nobody has an id."""
    source = open_source(str(folder_of(tmp_path, {"ada/compose.yml": compose("a")})), "canvas")

    assert [("ada", None)] == [(submission.id, submission.student) for submission in source.submissions()]
    assert ["No name in it is one that the LMS gives, so nobody is known by id: is --source right?"] == source.remarks()


@pytest.mark.parametrize("where", ["folder", "tar"])
def test_two_students_with_one_id(tmp_path: Path, where: str) -> None:
    """Both are graded, and both say so, also where others lie between them."""
    names = ("bob_7_2_docker-compose.yml", "eve_8_3_docker-compose.yml", "ada_7_1_docker-compose.yml")
    tree = {name: compose(name[:1]) for name in names}
    path = folder_of(tmp_path / "class", tree)
    if where == "tar":
        path = tmp_path / "class.tar"
        path.write_bytes(tar_of(tree))
    one, other = [submission for submission in submissions(path) if submission.id != "eve_8"]

    assert ("Another student has the same id, 7: bob.",) == one.remarks
    assert ("Another student has the same id, 7: ada.",) == other.remarks


def test_a_side_file_beside_a_students_archive_is_told(tmp_path: Path) -> None:
    """The archive is the submission; a picture beside it needs no word."""
    tree: Tree = {
        "ada_7_1_k.zip": zip_of({"compose.yml": compose("a")}),
        "ada_7_2_.env": "A=1",
        "ada_7_3_shot.png": "x",
    }
    (found,) = submissions(folder_of(tmp_path, tree))

    assert "a" == image_of(found)
    assert ("Not read, since it lies beside the archive: .env.",) == found.remarks
