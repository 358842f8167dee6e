"""A class that is damaged, hostile or odd as a whole: what can be read is read, and what cannot is told."""

import contextlib
import io
import os
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.batch.sources import open_source
from grader.endings import UsageError
from tests.batch.opening.hostile import encrypted, overlapping, tarred, zipped
from tests.batch.sources.classes import Tree, compose, folder_of, image_of, images, tar_of, zip_of

CLASS: Tree = {f"s{number:02}/docker-compose.yml": compose(f"i{number:02}") for number in range(40)}


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_an_archive_that_breaks_off(tmp_path: Path, mode: str) -> None:
    """What came before is graded, the one in which it breaks off is not, and the last sentence is loud."""
    noise = {f"{name[:3]}/noise.bin": os.urandom(2000) for name in CLASS}
    tree = dict(sorted({**CLASS, **noise}.items()))
    data = tar_of(tree, mode)
    path = tmp_path / "class.tar"
    path.write_bytes(data[: len(data) // 2])
    source = open_source(str(path))
    found = {submission.id: image_of(submission) for submission in source.submissions()}

    assert 10 < len(found) < 30
    *whole, last = found.items()
    assert all(image == name.replace("s", "i") for name, image in whole)
    assert "The archive breaks off in the middle of this submission." == last[1]
    assert source.remarks()[0].startswith(f"ONLY A PART WAS READ: {path} ends in the middle.")
    assert source.is_partial


def test_a_whole_archive_has_no_such_sentence(tmp_path: Path) -> None:
    """Nothing is said where there is nothing to say."""
    (tmp_path / "class.tar").write_bytes(tar_of(CLASS))
    source = open_source(str(tmp_path / "class.tar"))

    assert 40 == len(list(source.submissions()))
    assert [] == list(source.remarks())
    assert not source.is_partial


@pytest.mark.parametrize(
    ("data", "said"), [(overlapping(), "lie over one another"), (zip_of(CLASS)[:500], "no complete zip")]
)
def test_a_zip_that_cannot_be_read_at_all(tmp_path: Path, data: bytes, said: str) -> None:
    """It is told before anything is graded."""
    (tmp_path / "class.zip").write_bytes(data)

    with pytest.raises(UsageError, match=said):
        open_source(str(tmp_path / "class.zip"))


def test_names_that_lead_elsewhere_harm_their_own_unit(tmp_path: Path) -> None:
    """Each is listed with what is wrong; the others are graded, and nothing is written."""
    data = zipped(
        ("ada/docker-compose.yml", compose("ada").encode()),
        ("bob/../../x", b"x"),
        ("bob/docker-compose.yml", compose("bob").encode()),
        ("/etc/x", b"x"),
        ("../y", b"y"),
        ("eve/\x1b[2Jx", b"x"),
        ("fay.yml", compose("fay").encode()),
    )
    (tmp_path / "class.zip").write_bytes(data)
    found = images(tmp_path / "class.zip")

    assert {"ada": "ada", "fay": "fay"} == {name: image for name, image in found.items() if len(image) == 3}
    assert "The entry bob/../../x has a name that leads out of its folder." == found["bob"]
    assert "The entry eve/\ufffd[2Jx has control characters in its name." == found["eve"]
    assert ["../y", "/etc/x"] == [name for name in found if name.startswith(("/", "."))]
    assert ["class.zip"] == os.listdir(tmp_path)


def test_an_encrypted_class(tmp_path: Path) -> None:
    """Every submission says that it is encrypted."""
    (tmp_path / "class.zip").write_bytes(encrypted())

    assert ["docker-compose.yml is encrypted. It must be packed again without a password."] == list(
        images(tmp_path / "class.zip").values()
    )


def test_links_in_a_class(tmp_path: Path) -> None:
    """A link to another student's file is not followed."""
    data = tarred(
        ("ada/docker-compose.yml", tarfile.REGTYPE, compose("ada").encode()),
        ("bob/docker-compose.yml", tarfile.SYMTYPE, b"../ada/docker-compose.yml"),
        ("dan/docker-compose.yml", tarfile.LNKTYPE, b"ada/docker-compose.yml"),
    )
    (tmp_path / "class.tar").write_bytes(data)
    found = {submission.id: submission for submission in open_source(str(tmp_path / "class.tar")).submissions()}

    assert {"ada": "ada", "bob": "There is no file in it.", "dan": "There is no file in it."} == {
        name: image_of(submission) for name, submission in found.items()
    }
    assert ("Links and other special files were not followed: docker-compose.yml.",) == found["bob"].remarks


def test_a_student_who_comes_twice_in_a_tar(tmp_path: Path) -> None:
    """Both parts are listed, the second says so, and the instructor learns how to put them together."""
    data = tar_of({"ada/docker-compose.yml": compose("a"), "bob/compose.yml": compose("b"), "ada/.env": "V=1"})
    (tmp_path / "class.tar").write_bytes(data)

    source = open_source(str(tmp_path / "class.tar"))

    assert ["ada", "bob", "ada (2)"] == [submission.id for submission in source.submissions()]
    (remark,) = source.remarks()
    assert "unpack it and give the folder" in remark
    assert remark.endswith(": ada.")


def test_a_link_to_a_folder_is_listed(tmp_path: Path) -> None:
    """It may be a student's: it is not followed, and not dropped either."""
    folder_of(tmp_path, {"class/bob/compose.yml": compose("b"), "elsewhere/compose.yml": compose("x")})
    (tmp_path / "class" / "ada").symlink_to(tmp_path / "elsewhere")
    found = images(tmp_path / "class")

    assert "b" == found["bob"]
    assert found["ada"].startswith("It is a link, and links are not followed.")


_GOOD = {
    "zip": zip_of(CLASS),
    "tar": tar_of(CLASS),
    "tar.gz": tar_of(CLASS, "w:gz"),
    "tar.xz": tar_of(CLASS, "w:xz"),
}


@settings(deadline=None)
@given(
    good=st.sampled_from(list(_GOOD)),
    edits=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=5),
)
def test_any_damage_of_a_class_is_told(good: str, edits: list[tuple[float, int]]) -> None:
    """Whatever bytes are changed: one sentence for the whole, or one for each that cannot be read."""
    data = bytearray(_GOOD[good])
    for at, value in edits:
        data[int(at * len(data))] = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "class.zip"
        path.write_bytes(data)
        with contextlib.suppress(UsageError):
            assert all(images(path).values())


def test_names_that_a_terminal_would_obey(tmp_path: Path) -> None:
    """Ids are harmless; the files behind them are found all the same."""
    found = images(folder_of(tmp_path, {"a\x1b[31m.yml": compose("a"), os.fsdecode(b"\xff\xfe.yml"): compose("b")}))

    assert {"a\ufffd[31m": "a", "\ufffd\ufffd": "b"} == found


def test_a_great_archive_in_the_class_travels_as_its_few_files(tmp_path: Path) -> None:
    """An archive of a student above 256 KiB is opened at once, so that memory stays flat."""
    inner = zipped(("work/docker-compose.yml", compose("a").encode()), ("work/film.mp4", os.urandom(400_000)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("ada.zip", inner)
        archive.writestr("bob/hand-in.zip", inner)
    (tmp_path / "class.zip").write_bytes(buffer.getvalue())

    assert {"ada": "a", "bob": "a"} == images(tmp_path / "class.zip")
