"""A file of the output is the old one or the new one, never a part of it."""

import gc
import warnings
from contextlib import suppress
from pathlib import Path

import pytest

from grader.batch.briefs import brief_of
from grader.batch.gradebook import Gradebook
from grader.batch.written import UNFINISHED, write_anew
from grader.endings import CommandFailed
from tests.batch.graded import SOLUTION, record_of, rubric

FULL = Path("/dev/full")


def old_file(folder: Path) -> Path:
    """Return a file of an earlier run."""
    path = folder / "gradebook.csv"
    path.write_text("old")
    return path


def test_what_is_finished_takes_its_place(tmp_path: Path) -> None:
    """And nothing else is left."""
    path = old_file(tmp_path)
    with write_anew(str(path)) as file:
        file.write("new")

    assert "new" == path.read_text()
    assert [path] == list(tmp_path.iterdir())


def test_what_is_given_up_leaves_the_old_one(tmp_path: Path) -> None:
    """Whoever presses Ctrl-C: also when it is Python that closes the file."""
    path = old_file(tmp_path)
    book = Gradebook(str(tmp_path), rubric(), lambda name: None, bom=False)
    book.add(brief_of(record_of(SOLUTION, "ada")))
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        del book
        gc.collect()
    with suppress(KeyboardInterrupt), write_anew(str(path)) as file:
        file.write("new")
        raise KeyboardInterrupt

    assert "old" == path.read_text()
    assert [path] == list(tmp_path.iterdir())


def test_a_full_disk_is_told_and_leaves_the_old_one(tmp_path: Path) -> None:
    """With the path, and what to do."""
    if not FULL.exists():
        pytest.skip("this system has no /dev/full")
    path = old_file(tmp_path)
    (tmp_path / ("gradebook.csv" + UNFINISHED)).symlink_to(FULL)

    file = write_anew(str(path))
    file.write("new")
    with pytest.raises(CommandFailed, match=r"gradebook\.csv cannot be written: No space left .* run the same command"):
        file.finish()

    assert "old" == path.read_text()
    assert [path] == list(tmp_path.iterdir())


def test_a_gradebook_is_not_begun_before_there_is_a_record(tmp_path: Path) -> None:
    """Until then another run may be writing it."""
    Gradebook(str(tmp_path), rubric(), lambda name: None, bom=False)

    assert [] == list(tmp_path.iterdir())
