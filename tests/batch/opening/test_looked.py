"""A submission that did not change is known again without grading it, and every change is seen."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.batch.opening import open_content
from grader.batch.opening.looked import HOW, Looked, not_opened, still_same
from grader.batch.records import head_of, record
from grader.batch.submission import Content, InMemory, LooseFile, Nothing, OnDisk, Submission
from grader.compose.loader import load
from grader.grading import not_gradable
from grader.report import Reason
from grader.workspace import NoSubmission
from tests.batch.graded import rubric

COMPOSE = "services:\n  a:\n    image: x\n    env_file: [a.env, b.env]\n    environment: {K: '${V}'}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docker-compose.yml").write_text(COMPOSE)
    (tmp_path / "a.env").write_text("A=1\n")
    return tmp_path


def looked_at(content: Content) -> dict[str, str | None]:
    opened = open_content(content)
    looked = Looked(opened)
    load(opened.request(looked))
    return looked.files()


def test_everything_that_counts_is_noted(folder: Path) -> None:
    """Files that were read have a digest; what was looked for and not found is there too."""
    files = looked_at(OnDisk(str(folder)))

    assert {"docker-compose.yml", "a.env"} <= {name for name, seen in files.items() if seen and len(seen) == 16}
    assert {"compose.yaml": None, ".env": None, "b.env": None}.items() <= files.items()


def test_nothing_has_changed(folder: Path) -> None:
    """Looking again finds the same, wherever the folder lies now."""
    files = looked_at(OnDisk(str(folder)))
    moved = folder.rename(folder.parent / "elsewhere")

    assert still_same(OnDisk(str(moved)), files)


def _write(name: str, text: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / name).write_text(text)

    return write


def _instead(make: Callable[[Path], None] | None) -> Callable[[Path], None]:
    def replace(folder: Path) -> None:
        (folder / "docker-compose.yml").unlink()
        if make is not None:
            make(folder / "docker-compose.yml")

    return replace


CHANGES: dict[str, Callable[[Path], None]] = {
    "the compose file": _write("docker-compose.yml", COMPOSE + "# more\n"),
    "a file that it reads": _write("a.env", "A=2\n"),
    "a file that it missed": _write("b.env", "B=1\n"),
    "a new .env": _write(".env", "V=1\n"),
    "a new override": _write("docker-compose.override.yml", "services: {}\n"),
    "a compose file that goes first": _write("compose.yaml", COMPOSE),
    "a copy, which is a remark": _write("docker-compose (1).yml", COMPOSE),
    "the compose file is gone": _instead(None),
    "the compose file is a folder now": _instead(Path.mkdir),
    "the compose file leads out": _instead(lambda path: path.symlink_to("/etc/hostname")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen(folder: Path, change: Callable[[Path], None]) -> None:
    """Whatever could change the report or a remark makes the submission another one."""
    files = looked_at(OnDisk(str(folder)))
    change(folder)

    assert not still_same(OnDisk(str(folder)), files)


def test_what_grading_did_not_look_at_does_not_count(folder: Path) -> None:
    """A picture beside the compose file changes nothing."""
    files = looked_at(OnDisk(str(folder)))
    (folder / "screenshot.png").write_bytes(b"png")

    assert still_same(OnDisk(str(folder)), files)


def test_a_loose_file_and_files_in_memory(folder: Path) -> None:
    """The same holds for them: only their own bytes count."""
    loose = LooseFile(str(folder / "docker-compose.yml"))
    memory = InMemory({"docker-compose.yml": COMPOSE.encode()})
    files = looked_at(loose)
    (folder / "b.env").write_text("B=1\n")

    assert still_same(loose, files)
    assert still_same(memory, looked_at(memory))
    assert not still_same(InMemory({"docker-compose.yml": b"services: {}"}), looked_at(memory))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_is_found_again(folder: Path) -> None:
    """A line of the results holds question marks in its place."""
    path = folder / os.fsdecode(b"caf\xe9.yml")
    path.write_text(COMPOSE)
    submission = Submission("caf", LooseFile(str(path)))
    report = not_gradable(rubric(), Reason("input", "No.", None, None), folder="/", file="x")
    line = record(submission, report, basis="b", files=looked_at(submission.content)).line
    files = head_of(line)["files"]

    assert "caf?.yml" in files
    assert still_same(submission.content, files)
    path.write_text("services: {}")
    assert not still_same(submission.content, files)


def test_where_there_is_nothing_the_reason_counts() -> None:
    """A submission that was not opened is the same if it cannot be opened for the same reason."""
    with pytest.raises(NoSubmission) as caught:
        open_content(Nothing("No file was handed in."))
    files = not_opened(caught.value)

    assert [HOW] == list(files)
    assert still_same(Nothing("No file was handed in."), files)
    assert not still_same(Nothing("It is encrypted."), files)
    assert not still_same(InMemory({"docker-compose.yml": b""}), files)
