"""What a grading saw is remembered, and asked again."""

import os
from pathlib import Path

import pytest

from grader.compose.files import FileRefused, FolderFiles
from grader.watching.seen import SeenFiles


@pytest.fixture
def seen(tmp_path: Path) -> SeenFiles:
    """A folder with one file that was read, one that was looked for, one that could not be read."""
    (tmp_path / "a.yml").write_text("one")
    files = SeenFiles(FolderFiles(os.fspath(tmp_path)))
    files.read(os.fspath(tmp_path / "a.yml"))
    files.kind(os.fspath(tmp_path / "b.yml"))
    with pytest.raises(FileRefused):
        files.read(os.fspath(tmp_path / "c.env"))
    return files


def test_nothing_is_stale_as_long_as_nothing_happens(seen: SeenFiles, tmp_path: Path) -> None:
    """Files that nobody asked for do not count."""
    (tmp_path / "d.yml").write_text("one")

    assert not seen.stale()


@pytest.mark.parametrize("name", ["a.yml", "b.yml", "c.env"])
def test_each_answer_that_would_be_another_one_counts(seen: SeenFiles, tmp_path: Path, name: str) -> None:
    """New contents, and a file where there was none."""
    (tmp_path / name).write_text("two")

    assert seen.stale()


def test_a_change_counts_whatever_the_clock_of_the_file_says(seen: SeenFiles, tmp_path: Path) -> None:
    """Some file systems count in seconds: length and time are the same, the text is not."""
    path = tmp_path / "a.yml"
    status = path.stat()
    path.write_text("eno")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert seen.stale()


def test_a_file_that_goes_away_counts(seen: SeenFiles, tmp_path: Path) -> None:
    """It was read, and could not be now."""
    (tmp_path / "a.yml").unlink()

    assert seen.stale()


def test_only_paths_inside_are_waited_for(seen: SeenFiles, tmp_path: Path) -> None:
    """What lies outside is never read, so it cannot change anything."""
    with pytest.raises(FileRefused):
        seen.read("/etc/hostname")

    assert [tmp_path / name for name in ("a.yml", "b.yml", "c.env")] == [Path(path) for path in seen.paths()]
    assert [tmp_path / "a.yml"] == [Path(path) for path in seen.paths_read()]
