"""A submission that travels is graded as it would be where it lies."""

import os
import pickle
import shutil
from pathlib import Path

import pytest

from grader.batch.opening import open_content
from grader.batch.opening.carried import carried
from grader.batch.opening.looked import Looked
from grader.batch.submission import Carried, Content, LooseFile, Nothing, OnDisk, Packed
from grader.grading import grade
from grader.report import Report
from tests.batch.graded import SOLUTION_FILE, rubric

MYSQL = "  mysql:\n"


def report_of(content: Content) -> tuple[Report, dict[str, str | None]]:
    """Grade a content; return what was looked at as well."""
    opened = open_content(content)
    looked = Looked(opened)
    return grade(opened.request(looked), rubric()), looked.files()


def graded_elsewhere(content: Content) -> tuple[Report, dict[str, str | None]]:
    """Grade what has travelled, without the folder it came from."""
    travelling = carried(content)
    assert isinstance(travelling, Carried | Packed)
    return report_of(pickle.loads(pickle.dumps(travelling)))  # noqa: S301 - as Dask does with its messages


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A submission with everything a submission can have: side files, sub-folders, links, files that are not read."""
    folder = tmp_path / "ada"
    (folder / "config").mkdir(parents=True)
    text = SOLUTION_FILE.read_text("utf-8")
    for number, name in enumerate(("config/mysql.env", "nowhere.env", "outside.env", "folder.env", "fifo.env")):
        text = text.replace(MYSQL, f"{MYSQL}    env_file: {name}\n" if number == 0 else MYSQL, 1)
    (folder / "docker-compose.yml").write_text(text)
    (folder / "config" / "mysql.env").write_text("MYSQL_EXTRA=1\n")
    (folder / ".env").write_text("A=1\n")
    (folder / "folder.env").mkdir()
    (folder / "inside.env").symlink_to("config/mysql.env")
    (folder / "outside.env").symlink_to(SOLUTION_FILE)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "fifo.env")
    (folder / "large.env").write_bytes(b"#" * 600_000)
    return folder


@pytest.mark.parametrize(
    "name",
    [
        "config/mysql.env",
        "nowhere.env",
        "outside.env",
        "inside.env",
        "folder.env",
        "fifo.env",
        "large.env",
        "../elsewhere.env",
    ],
)
def test_the_report_is_the_same(folder: Path, name: str) -> None:
    """Whatever kind of file the submission names; and so is what was looked at, for a later run."""
    path = folder / "docker-compose.yml"
    path.write_text(path.read_text("utf-8").replace("config/mysql.env", name))

    assert report_of(OnDisk(str(folder))) == graded_elsewhere(OnDisk(str(folder)))


def test_a_loose_file_travels_alone(folder: Path) -> None:
    """What lies beside it is not part of it."""
    content = LooseFile(str(folder / "docker-compose.yml"))

    assert report_of(content) == graded_elsewhere(content)


def test_an_archive_travels_unpacked(folder: Path, tmp_path: Path) -> None:
    """Alone, and as the only thing in a folder."""
    shutil.rmtree(folder / "config")
    for path in folder.iterdir():
        if path.name not in ("docker-compose.yml", ".env"):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    (tmp_path / "bob").mkdir()
    packed = shutil.make_archive(str(tmp_path / "bob" / "work"), "zip", folder)

    for content in (Packed("work.zip", packed, None), OnDisk(str(tmp_path / "bob"))):
        assert report_of(content) == graded_elsewhere(content)


def test_where_there_is_nothing_the_reason_travels(tmp_path: Path) -> None:
    """It is the same sentence."""
    (tmp_path / "report.pdf").write_bytes(b"%PDF")
    travelling = carried(OnDisk(str(tmp_path)))

    assert isinstance(travelling, Nothing)
    assert "no compose file" in travelling.reason
