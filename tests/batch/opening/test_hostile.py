"""What archives could do to a grader: each gives a sentence, and nothing else happens."""

import contextlib
import io
import os
import re
import zipfile
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.opening import open_content
from grader.batch.opening.members import ArchiveRefused
from grader.batch.opening.unpacking import unpack
from grader.batch.submission import InMemory, Packed
from grader.compose.files import FileRefused
from grader.workspace import NoSubmission
from tests.batch.opening.hostile import COMPOSE, HARMLESS, HOSTILE, Hostile, good_tar, good_zip, zipped
from tests.batch.sources.classes import compose, image_of, submissions


@pytest.mark.parametrize("case", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_archive_gives_a_sentence(case: Hostile) -> None:
    """The student's submission cannot be graded, and the sentence says why."""
    with pytest.raises(NoSubmission) as caught:
        open_content(Packed(case.name, None, case.build()))

    assert str(caught.value).startswith(case.said)
    assert str(caught.value).endswith(".")
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("case", HARMLESS.values(), ids=HARMLESS)
def test_an_odd_archive_is_graded(case: Hostile) -> None:
    """What harms nobody is not held against the student."""
    opened = open_content(Packed(case.name, None, case.build()))

    assert COMPOSE == opened.files.read(f"{opened.folder}/docker-compose.yml")


def test_the_batch_goes_on(tmp_path: Path) -> None:
    """In a folder, in a zip and in a zip in it, hostile archives harm nobody but themselves; nothing is written."""
    names = {f"{number:02} {Path(case.name).stem}": case for number, case in enumerate(HOSTILE.values())}
    (tmp_path / "class").mkdir()
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("zoe.yml", compose("zoe"))
        for name, case in names.items():
            data = case.build()
            archive.writestr(f"{name}{''.join(Path(case.name).suffixes)}", data)
            (tmp_path / "class" / f"{name}{''.join(Path(case.name).suffixes)}").write_bytes(data)
    (tmp_path / "class" / "zoe.yml").write_text(compose("zoe"))
    before = sorted(os.listdir(tmp_path)), sorted(os.listdir(tmp_path / "class"))

    for path in (tmp_path / "class", tmp_path / "class.zip"):
        images = {submission.id: image_of(submission) for submission in submissions(path)}
        assert images.pop("zoe") == "zoe"
        assert set(names) == set(images)
        assert "good" not in images.values()
    assert before == (sorted(os.listdir(tmp_path)), sorted(os.listdir(tmp_path / "class")))


def test_links_and_pipes_in_a_folder_of_archives(tmp_path: Path) -> None:
    """A link is not followed, and a pipe does not stop the batch."""
    (tmp_path / "secret.zip").write_bytes(good_zip())
    (tmp_path / "class").mkdir()
    os.symlink(tmp_path / "secret.zip", tmp_path / "class" / "ada.zip")
    os.symlink(tmp_path / "secret.zip", tmp_path / "class" / "dan.yml")
    os.mkfifo(tmp_path / "class" / "bob.zip")
    (tmp_path / "class" / "eve.yml").write_text(compose("eve"))
    images = {submission.id: image_of(submission) for submission in submissions(tmp_path / "class")}

    assert "eve" == images["eve"]
    assert images["ada"].startswith("It is a link")
    assert images["dan"].startswith("It is a link")
    assert "bob.zip is no ordinary file." == images["bob"]


def test_more_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a tar holds is counted while it is read, whatever its headers say."""
    monkeypatch.setattr("grader.batch.opening.unpacking.MAX_UNPACKED_BYTES", 1000)

    with pytest.raises(ArchiveRefused, match=r"a\.tar unpacks to more than 0 MiB"):
        unpack("a.tar", None, good_tar())


def test_a_submission_is_small_in_memory() -> None:
    """Of many files the first few megabytes are kept, and a remark names what was not read."""
    noise = os.urandom(400_000)
    data = zipped(("docker-compose.yml", COMPOSE), *((f"{number:02}.bin", noise) for number in range(30)))
    unpacked = unpack("a.zip", None, data)

    assert COMPOSE == unpacked.files["docker-compose.yml"]
    assert 5_000_000 > sum(map(len, {id(data): data for data in unpacked.files.values()}.values()))
    assert re.match("The files hold more than 4 MiB; these were not read: 10.bin", unpacked.remarks[0])


def test_what_is_too_large_travels_light() -> None:
    """A great file that nobody reads is small on its way to a worker, and is still refused there."""
    unpacked = unpack("a.zip", None, zipped(("docker-compose.yml", b"#" * 600_000)))
    sent = ForkingPickler.dumps(InMemory(unpacked.files))
    received = ForkingPickler.loads(sent)

    assert 500 > len(sent)
    assert isinstance(received, InMemory)
    with pytest.raises(FileRefused, match="too large"):
        open_content(received).files.read("/submission/docker-compose.yml")


def test_a_directory_entry_more_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Junk is not counted as files, but as entries it is."""
    monkeypatch.setattr("grader.batch.opening.collecting.MAX_MEMBERS", 10)
    data = zipped(("docker-compose.yml", COMPOSE), *((f"node_modules/{number}", b"") for number in range(10)))

    with pytest.raises(ArchiveRefused, match="It holds more than 10 files and folders"):
        unpack("a.zip", None, data)


_GOOD = [good_zip(), good_tar(), good_tar("w:gz"), good_tar("w:bz2"), good_tar("w:xz")]


@given(
    good=st.sampled_from(_GOOD),
    edits=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), min_size=1, max_size=8),
    cut=st.integers(0, 4000),
)
def test_any_damage_gives_a_sentence_or_a_file(good: bytes, edits: list[tuple[int, int]], cut: int) -> None:
    """Whatever bytes are changed or missing: no other error, no endless loop."""
    data = bytearray(good)
    for at, value in edits:
        data[at % len(data)] = value
    data = data[: len(data) - cut % len(data) // 2]

    with contextlib.suppress(NoSubmission):
        opened = open_content(Packed("a.zip", None, bytes(data)))
        assert opened.folder


@given(
    data=st.binary(max_size=2000), start=st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0"])
)
def test_any_bytes_give_a_sentence(data: bytes, start: bytes) -> None:
    """Noise is no archive, however it begins."""
    with contextlib.suppress(ArchiveRefused):
        assert {} == unpack("a.zip", None, start + data).files


def test_a_damaged_file_of_the_class_is_its_own_misfortune(tmp_path: Path) -> None:
    """One damaged entry of the class's zip costs one student, not the class."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("ada/docker-compose.yml", compose("ada"))
        archive.writestr("bob/docker-compose.yml", compose("bob"))
    (tmp_path / "class.zip").write_bytes(buffer.getvalue().replace(b"image: ada", b"image: xxx"))
    images = {submission.id: image_of(submission) for submission in submissions(tmp_path / "class.zip")}

    assert {"ada": "docker-compose.yml is damaged.", "bob": "bob"} == images
