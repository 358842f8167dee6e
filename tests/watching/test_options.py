"""What `--watch` goes with, and what it costs who does not use it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.cli import run
from grader.reports import FORMATS
from tests.watching.sessions import ROOT

USAGE = 2


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("text", "unix")])
def test_a_format_that_is_one_document_is_refused(
    compose_file: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """With what to do instead; with `-o FILE` every format has its use."""
    code = run(["--watch", "--format", name, os.fspath(compose_file)])
    out, err = capsys.readouterr()

    assert (USAGE, "") == (code, out)
    assert f"several {name} reports in a row are no {name} file" in err
    assert "add -o FILE" in err


def test_a_plain_run_loads_nothing_of_it(compose_file: Path) -> None:
    """Nor the delta between two reports."""
    code = "import sys; from grader.cli import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run(
        [sys.executable, "-c", code, os.fspath(compose_file)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    modules = set(ran.stderr.split())

    assert "grader.grading" in modules
    assert [] == [
        name for name in modules if name.startswith(("grader.watching", "grader.reports.delta", "watchfiles"))
    ]
