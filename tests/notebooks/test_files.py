"""The notebooks as files: stored clean, with links and pictures that are there. No kernel is needed."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from grader.notebook.names import names
from tests.notebooks.workspaces import NOTEBOOKS, ROOT

PICTURES = sorted((ROOT / "notebooks").rglob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
CALL = re.compile(r"\bq\.([a-z_]+)(?:\.([a-z_]+))?")
TOOL = ROOT / "tools" / "format_notebooks.py"


def cells(notebook: Path, kind: str) -> list[str]:
    """The sources of all cells of a kind."""
    data = json.loads(notebook.read_text("utf-8"))
    return ["".join(cell["source"]) for cell in data["cells"] if cell["cell_type"] == kind]


def each_notebook(function: Any) -> Any:
    """Run a test for every notebook there is."""
    return pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)(function)


@each_notebook
def test_a_notebook_is_stored_without_outputs(notebook: Path) -> None:
    """No outputs, no counts, no metadata of an editor; every cell has an id of its own."""
    data = json.loads(notebook.read_text("utf-8"))
    code = [cell for cell in data["cells"] if cell["cell_type"] == "code"]
    ids = [cell["id"] for cell in data["cells"]]

    assert [] == [cell["id"] for cell in code if cell["outputs"] or cell["execution_count"] is not None]
    assert {"kernelspec", "language_info"} == set(data["metadata"])
    assert [] == [cell["id"] for cell in data["cells"] if set(cell["metadata"]) - {"tags"}]
    assert len(ids) == len(set(ids))


@each_notebook
def test_links_and_pictures_are_there(notebook: Path) -> None:
    """Relative ones lead to files of the clone; a picture is an SVG file with a text for those who cannot see it."""
    text = "\n".join(cells(notebook, "markdown"))
    links = re.findall(r"\]\(([^)#\s]+)", text)
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)\s]+)", text)
    missing = [link for link in links if "://" not in link and not (notebook.parent / link).exists()]

    assert [] == missing
    assert [] == [target for words, target in pictures if not words.strip() or not target.endswith(".svg")]
    assert [] == re.findall(r"<svg|```mermaid|<img|<script|<style", text)


@each_notebook
def test_calls_in_a_notebook_exist(notebook: Path) -> None:
    """In cells, in calls that are switched off, and in the words between."""
    from grader.notebook import q

    wrong = []
    for source in [*cells(notebook, "code"), *cells(notebook, "markdown")]:
        for first, second in CALL.findall(source):
            view = getattr(q, first, None)
            if view is None or (first in names().parts and second and not hasattr(view, second)):
                wrong.append(f"q.{first}.{second}")

    assert [] == wrong


@each_notebook
def test_a_notebook_asks_for_guesses_and_gives_none(notebook: Path) -> None:
    """Every place for a guess is three dots, and there is at least one."""
    guesses = [call for source in cells(notebook, "code") for call in re.findall(r"\.predict\(([^()]*)\)", source)]

    assert guesses
    assert [] == [guess for guess in guesses if "..." not in guess]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.stem)
def test_a_picture_says_what_it_shows(picture: Path) -> None:
    """A title and a description stand in it."""
    root = ElementTree.parse(picture).getroot()

    assert [] == [name for name in ("title", "desc") if not (root.findtext(f"{SVG}{name}") or "").strip()]


def test_pictures_are_the_drawn_ones() -> None:
    """`make pictures` was run: all are drawn from data, and none is left over."""
    ran = run(ROOT / "tools" / "draw_pictures.py", "--check")

    assert (0, "") == (ran.returncode, ran.stdout + ran.stderr)


def test_every_picture_is_shown() -> None:
    """One that no notebook links is dead weight in every workspace."""
    text = "\n".join(source for notebook in NOTEBOOKS for source in cells(notebook, "markdown"))

    assert [] == [picture.name for picture in PICTURES if f"(img/{picture.name})" not in text]


def run(script: Path, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run a script of the repository."""
    return subprocess.run([sys.executable, script, *arguments], capture_output=True, text=True, check=False)


def run_tool(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run the formatter."""
    return run(TOOL, *arguments)


@pytest.mark.notebook
def test_the_formatter_has_nothing_to_do() -> None:
    """`make notebooks` was run."""
    pytest.importorskip("nbformat", reason="nbformat is not installed: pip install -e '.[notebook]'")

    assert (0, "") == (lambda ran: (ran.returncode, ran.stdout + ran.stderr))(run_tool("--check"))


@pytest.mark.notebook
def test_the_formatter_brings_a_used_notebook_back(tmp_path: Path) -> None:
    """After a run, a look and a save in an editor the file becomes what it was, ids included."""
    pytest.importorskip("nbformat", reason="nbformat is not installed: pip install -e '.[notebook]'")
    clean = NOTEBOOKS[0].read_text("utf-8")
    data = json.loads(clean)
    data["metadata"]["vscode"] = {"interpreter": {"hash": "0"}}
    for number, cell in enumerate(data["cells"]):
        cell["metadata"]["collapsed"] = True
        if cell["cell_type"] == "code":
            cell["execution_count"] = number + 1
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["x\n"]}]
    used = tmp_path / "used.ipynb"
    used.write_text(json.dumps(data), "utf-8")
    codes = [run_tool("--check", used).returncode, run_tool(used).returncode, run_tool("--check", used).returncode]

    assert [1, 0, 0] == codes
    assert clean == used.read_text("utf-8")


@pytest.mark.notebook
def test_the_formatter_gives_ids_and_names_what_is_no_notebook(tmp_path: Path) -> None:
    """An id depends on the text alone; of two cells with the same text each gets its own."""
    pytest.importorskip("nbformat", reason="nbformat is not installed: pip install -e '.[notebook]'")
    cell = {"cell_type": "markdown", "metadata": {}, "source": ["same"]}
    notebook = tmp_path / "new.ipynb"
    notebook.write_text(
        json.dumps({"cells": [cell, cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}), "utf-8"
    )
    other = tmp_path / "other.ipynb"
    shutil.copy(notebook, other)
    broken = tmp_path / "broken.ipynb"
    broken.write_text("{", "utf-8")
    ran = run_tool(notebook, other, broken)
    ids = [cell["id"] for cell in json.loads(notebook.read_text("utf-8"))["cells"]]

    assert 2 == ran.returncode
    assert "broken.ipynb: no good notebook" in ran.stderr
    assert 2 == len(set(ids))
    assert notebook.read_text("utf-8") == other.read_text("utf-8")
