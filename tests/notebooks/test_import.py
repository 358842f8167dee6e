"""`from grader.notebook import q` is there at once, and needs nothing of a notebook."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAX_SECONDS = 0.2
RUNS = 5  # the fastest counts: whatever else runs on the machine only makes it slower
TIMED = "from time import perf_counter as now; start = now(); from grader.notebook import q; print(now() - start)"
HEAVY = frozenset({"IPython", "nbformat", "nbclient", "deepdiff", "jinja2", "asyncio", "subprocess"})


def python(code: str) -> str:
    """Run code in a fresh interpreter and return what it prints."""
    environment = {"PYTHONPATH": os.pathsep.join([str(ROOT), *(path for path in sys.path if path)])}
    command = [sys.executable, "-S", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment, cwd=ROOT).stdout


def test_the_import_takes_less_than_a_fifth_of_a_second() -> None:
    """A first cell that hangs makes a bad first impression."""
    assert min(float(python(TIMED)) for _ in range(RUNS)) < MAX_SECONDS


def test_asking_needs_nothing_of_a_notebook() -> None:
    """Also a plain interpreter can ask, and an answer is a text there."""
    answer, modules = python(
        "import sys; from grader.notebook import q; print(repr(q.check_all()).split(chr(10))[0]); print(*sys.modules)"
    ).splitlines()

    assert answer.endswith("points")
    assert set() == HEAVY & set(modules.split())


def test_tab_and_magics_in_ipython(tmp_path: Path) -> None:
    """What IPython offers after a dot is what can be asked; the magics are there after the import."""
    pytest.importorskip("IPython", reason="IPython is not installed: pip install -e '.[notebook]'")
    code = f"""
import os, sys
os.environ["IPYTHONDIR"] = {str(tmp_path)!r}
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_cell("from grader.notebook import q")
with provisionalcompleter():
    for text in ("q.kaf", "q.kafka.node", "q.kafka.node_id.hi"):
        print(*(found.text for found in shell.Completer.completions(text, len(text))))
for cell in ("%grade kafka.node-id", "%grade mysql", "%grade", "%undo", "%%service nobody\\nenvironment: {{}}"):
    print(shell.run_cell(cell).result.data["kind"])
"""
    lines = python(code).splitlines()

    assert ["kafka", "node_id", "hint"] == lines[:3]
    assert ["check", "part", "all", "edit", "edit"] == [
        line for line in lines if line in {"check", "part", "all", "edit"}
    ]
