"""The pages of a batch are those of its submissions, and no others."""

import shutil
from pathlib import Path

import pytest

from grader.batch import batch
from grader.batch.batch import Batch, Plan
from grader.batch.sources import open_source
from tests.batch.graded import SKELETON_FILE, SOLUTION_FILE, rubric


def pages_after_run(submissions: Path, out: Path) -> list[str]:
    """Run a batch over a class and return its pages."""
    plan = Plan(str(submissions), str(out), jobs=1, feedback=True, fresh=False)
    Batch(open_source(str(submissions)), rubric(), plan).run(lambda brief, line: None, list)
    return sorted(path.relative_to(out / "feedback").as_posix() for path in out.rglob("*.html"))


def test_a_class_that_grows_leaves_no_old_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than one folder can take, and then fewer again: each submission has one page."""
    submissions, out = tmp_path / "class", tmp_path / "out"
    submissions.mkdir()
    out.mkdir()
    shutil.copy(SOLUTION_FILE, submissions / "ada.yml")
    monkeypatch.setattr(batch, "MAX_IN_ONE_FOLDER", 1)
    small = pages_after_run(submissions, out)
    shutil.copy(SKELETON_FILE, submissions / "bob.yml")
    large = pages_after_run(submissions, out)
    (submissions / "ada.yml").unlink()

    assert ["ada.html"] == small
    assert (2, 0) == (len(large), sum("/" not in page for page in large))
    assert ["bob.html"] == pages_after_run(submissions, out)


def test_a_page_names_its_student(tmp_path: Path) -> None:
    """As far as the source tells: here a list."""
    shutil.copy(SOLUTION_FILE, tmp_path / "one.yml")
    listed = tmp_path / "class.csv"
    listed.write_text("path,student,name\none.yml,4711,Ada Lovelace\n")
    (tmp_path / "out").mkdir()
    pages = pages_after_run(listed, tmp_path / "out")

    assert ["4711.html"] == pages
    assert "<bdi>Ada Lovelace (4711)</bdi>" in (tmp_path / "out" / "feedback" / "4711.html").read_text("utf-8")
