"""The ten broken files of `06_break_it`: each has one fault, and the notebook leaves it to the grader to say which."""

import json
import re
from pathlib import Path

import pytest

from grader import kit
from grader.report import Report
from tests.notebooks.workspaces import ROOT, report_of

NOTEBOOK = ROOT / "notebooks" / "06_break_it.ipynb"
FOLDER = ROOT / "notebooks" / "broken"
FILES = sorted(FOLDER.glob("*"))
LINK = re.compile(r"\]\(broken/(\d\d\.yml)\)")
EXCERPT = re.compile(r"^```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)


def report(path: Path) -> Report:
    """What `grade` says about a file."""
    return report_of(path.read_text("utf-8"))


def lost(path: Path) -> list[str]:
    """The checks that are lost for it."""
    return [check.id for check in report(path).checks() if check.outcome.lost]


def cells() -> list[tuple[str, str]]:
    """The kind and the source of every cell."""
    return [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"]]


def test_there_are_ten() -> None:
    """Numbered, and nothing else lies beside them."""
    assert [f"{number:02}.yml" for number in range(1, 11)] == [path.name for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_broken_file_has_one_fault(path: Path) -> None:
    """One check is lost, by something that is written, and what the skeleton gives is as it was."""
    found = report(path)

    assert ["failed"] == [check.outcome.value for check in found.checks() if check.outcome.lost]
    assert [] == list(found.changes)


def test_every_fault_is_another_one() -> None:
    """In each of the five services, and in the volumes; every way to end is there."""
    checks = [check for path in FILES for check in lost(path)]
    verdicts = {box.verdict for path in FILES for box in report(path).containers.values()}

    assert len(FILES) == len(set(checks))
    assert {"mongodb", "kafka", "app", "mysql", "mysql-service", "volumes"} == {name.split(".")[0] for name in checks}
    assert verdicts > {"works", "starts but clients fail", "broker refuses to start", "storage format fails"}
    assert verdicts > {"image script exits", None}


def test_the_notebook_asks_about_each_and_tells_none() -> None:
    """What is lost comes from the grader alone: no cell names it."""
    sources = [source for _, source in cells()]
    asked = [name for source in sources for name in re.findall(r'q\.of\("broken/(\d\d\.yml)"\)\.predict', source)]

    assert [path.name for path in FILES] == asked
    assert [] == [name for path in FILES for name in lost(path) if any(name in source for source in sources)]


def test_what_the_notebook_shows_stands_in_the_file() -> None:
    """Every excerpt, letter by letter, in the file that its section links."""
    sections = [(LINK.findall(source), EXCERPT.findall(source)) for kind, source in cells() if kind == "markdown"]
    shown = [(names[0], excerpt) for names, excerpts in sections for excerpt in excerpts if names]

    assert {path.name for path in FILES} == {name for name, _ in shown}
    assert [] == [name for name, excerpt in shown if excerpt not in (FOLDER / name).read_text("utf-8")]


def test_every_workspace_gets_them(tmp_path: Path) -> None:
    """As they are here; the wheel is made from the same folder."""
    kit.make_workspace(str(tmp_path / "kata"), with_solutions=False)
    copies = sorted((tmp_path / "kata" / "notebooks" / "broken").glob("*"))

    assert [path.read_bytes() for path in FILES] == [path.read_bytes() for path in copies]
