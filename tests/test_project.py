"""The project as a whole: it stands alone, speaks of itself only, and its pages are current."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from grader import __version__, kit
from grader.commands.texts import COMMAND_TEXTS
from grader.rubric import load_rubric

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
TEXT_ENDINGS = frozenset(
    {
        "",
        ".cfg",
        ".env",
        ".html",
        ".ini",
        ".ipynb",
        ".json",
        ".md",
        ".py",
        ".sh",
        ".svg",
        ".toml",
        ".txt",
        ".yaml",
        ".yml",
    }
)
IN_CI = bool(os.environ.get("CI"))


def committed_files() -> list[Path]:
    """Return the text files of the repository; recorded cases are left out, they are what they are."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone: git cannot say which files belong to the project")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    paths = [ROOT / name for name in names if not name.startswith("tests/data/")]
    return [path for path in paths if path.suffix in TEXT_ENDINGS and path.is_file()]


def test_no_file_names_a_place_of_one_machine() -> None:
    """No home folder of a person, no folder above the clone."""
    place = re.compile(rf"/root/|/Users/|\.\./shared/(data|facts)|{re.escape(str(ROOT))}")
    ours = (
        "grader/",
        "tools/",
        "bench/",
        "docs/",
        ".github/",
        ".ci/",
        "README",
        "CONTRIBUTING",
        "CHANGELOG",
        "Makefile",
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in committed_files()
        if path.relative_to(ROOT).as_posix().startswith(ours)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if place.search(line)
    ]

    assert [] == found


def test_nothing_is_left_open() -> None:
    """No note to oneself instead of the work."""
    note = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b|NotImplemented" r"Error")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in committed_files()
        if path.suffix == ".py"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if note.search(line)
    ]

    assert [] == found


def test_python_files_stay_readable() -> None:
    """At most 300 lines a module of the package."""
    long = {
        str(path.relative_to(ROOT)): count
        for path in (ROOT / "grader").rglob("*.py")
        if (count := len(path.read_text("utf-8").splitlines())) > 300
    }

    assert {} == long


@pytest.mark.skipif(not IN_CI, reason="in a clone docker-compose.yml is the student's to edit")
def test_the_compose_file_is_the_skeleton() -> None:
    """What is committed is where everybody starts."""
    assert (ROOT / "exercises" / "skeleton.yml").read_bytes() == (ROOT / "docker-compose.yml").read_bytes()


def test_the_wheel_carries_every_folder_that_a_workspace_needs() -> None:
    """What `grade init` copies is listed in pyproject.toml."""
    carried = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    needed = [name for name in (*kit.WORKSPACE_FOLDERS, kit.SOLUTIONS) if (ROOT / name).is_dir()]

    needed.append(f"{kit.EDITOR_FOLDER}/{kit.EDITOR_TASKS}")

    assert {name: f"grader/kit/{name}" for name in needed} == carried


def test_the_changelog_knows_this_version() -> None:
    """One source of the version; the changelog speaks of it first."""
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)

    assert __version__ == headings[0]


def test_the_readme_shows_a_current_report() -> None:
    """Made by a script from a real file; `make report` renews it."""
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        from readme_report import with_report
    finally:
        sys.path.remove(str(ROOT / "tools"))
    readme = (ROOT / "README.md").read_text("utf-8")

    assert with_report(readme) == readme


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_of_the_outer_pages_lead_somewhere(page: str) -> None:
    """Files and folders of the clone."""
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / page).read_text("utf-8"))

    assert [] == [target for target in targets if not (ROOT / target).exists()]


def test_help_lists_every_command_and_no_other() -> None:
    """A command is a module of `grader.commands` that can run."""
    modules = {
        path.stem
        for path in (ROOT / "grader" / "commands").glob("*.py")
        if "\ndef add_arguments(" in path.read_text("utf-8")
    }

    assert {*COMMAND_TEXTS, "grade"} == modules


def test_commands_in_the_texts_of_people_exist() -> None:
    """Every `grade WORD` in pages, hints and help is a command, a check or a file."""
    words = set(COMMAND_TEXTS) | {"path", "PATH", "out"}
    pages = [ROOT / "README.md", *(ROOT / "exercises").rglob("*.md")]
    calls = {word for page in pages for word in re.findall(r"`grade ([a-z]+)[ `]", page.read_text("utf-8"))}

    assert set() == calls - words


def test_every_link_of_a_check_leads_to_a_heading() -> None:
    """`TASK.md#heading`, as GitHub makes anchors."""
    missing = []
    for check in load_rubric(kit.rubric_folder()).checks():
        file, _, anchor = check.task.partition("#")
        text = (ROOT / "exercises" / check.exercise / file).read_text("utf-8")
        headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
        anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
        if anchor and anchor not in anchors:
            missing.append(f"{check.id}: {check.task}")

    assert [] == missing
