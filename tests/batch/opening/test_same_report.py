"""A submission of a batch gives the report that `grade` gives, byte for byte."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.batch.opening import open_content
from grader.batch.submission import InMemory, LooseFile, OnDisk, Packed
from grader.grading import grade
from grader.reports.json import render_json
from grader.workspace import locate, request
from tests.batch.graded import SOLUTION, SOLUTION_FILE, rubric
from tests.batch.sources.classes import Tree, folder_of, zip_of

TREES: dict[str, Tree] = {
    "the solution": {"docker-compose.yml": SOLUTION},
    "with .env": {"docker-compose.yml": SOLUTION.replace("social_commerce", "${DB}"), ".env": "DB=social_commerce\n"},
    "with an override": {"compose.yaml": SOLUTION, "compose.override.yml": "services: {kafka: {environment: {A: b}}}"},
    "with an env_file below": {
        "docker-compose.yml": SOLUTION.replace("environment:", "env_file: [conf/a.env, ../b.env]\n    environment:", 1),
        "conf/a.env": "A=1\n",
    },
    "no YAML": {"docker-compose.yml": "services: [\n"},
    "refused": {"docker-compose.yml": SOLUTION.replace("environment:", "enviroment:", 1)},
    "too large": {"docker-compose.yml": "#" * 600_000},
    "empty": {"docker-compose.yml": ""},
    "a folder of that name": {"docker-compose.yml/x.md": ""},
    "two names": {"docker-compose.yml": SOLUTION, "docker-compose.yaml": "x"},
}


def alone(path: Path) -> str:
    """Return the report of `grade PATH --format json`."""
    return render_json(grade(request(locate(str(path))), rubric()))


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_a_folder(tree: Tree, tmp_path: Path) -> None:
    """On the disk everything is as `grade FOLDER` finds it."""
    opened = open_content(OnDisk(str(folder_of(tmp_path, tree))))

    assert alone(tmp_path) == render_json(grade(opened.request(), rubric()))


@pytest.mark.parametrize("tree", [tree for name, tree in TREES.items() if "folder" not in name])
def test_in_memory_and_packed(tree: Tree, tmp_path: Path) -> None:
    """Out of an archive the same files give the same report."""
    expected = alone(folder_of(tmp_path, tree))
    files = {name: data if isinstance(data, bytes) else data.encode() for name, data in tree.items()}

    for content in (
        InMemory(files),
        Packed("a.zip", None, zip_of({f"work/{name}": data for name, data in tree.items()})),
    ):
        assert expected == render_json(grade(open_content(content).request(), rubric()))


def test_a_loose_file(tmp_path: Path) -> None:
    """It is read as `grade FILE` reads it where nothing lies beside it."""
    expected = alone(folder_of(tmp_path / "a", {"ada.yml": TREES["with .env"]["docker-compose.yml"]}) / "ada.yml")
    folder_of(tmp_path / "b", {"ada.yml": TREES["with .env"]["docker-compose.yml"], ".env": "DB=social_commerce\n"})

    assert expected == render_json(grade(open_content(LooseFile(str(tmp_path / "b" / "ada.yml"))).request(), rubric()))


LINKS: dict[str, Callable[[Path], None]] = {
    "leads nowhere": lambda path: os.symlink("gone.yml", path),
    "leads out": lambda path: os.symlink(SOLUTION_FILE, path),
    "stays inside": lambda path: os.symlink("real/x.yml", path),
    "is a pipe": lambda path: os.mkfifo(path),
}


@pytest.mark.parametrize("make", LINKS.values(), ids=LINKS)
def test_a_link_or_pipe(make: Callable[[Path], None], tmp_path: Path) -> None:
    """A link is followed as far as `grade` follows it, and the sentence is the same."""
    from grader.grading import not_gradable
    from grader.report import Reason
    from grader.workspace import NoSubmission

    folder_of(tmp_path, {"real/x.yml": SOLUTION})
    make(tmp_path / "docker-compose.yml")

    def both(read: Callable[[], str]) -> str:
        try:
            return read()
        except NoSubmission as error:
            reason = Reason("input", str(error), None, None)
            return render_json(not_gradable(rubric(), reason, folder=error.folder, file="docker-compose.yml"))

    assert both(lambda: alone(tmp_path)) == both(
        lambda: render_json(grade(open_content(OnDisk(str(tmp_path))).request(), rubric()))
    )
