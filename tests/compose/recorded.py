"""Recorded answers of Docker Compose (`tests/data/compose_cases`), and in what an answer of ours differs from them."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.compose.errors import Unreadable
from grader.compose.files import AllFiles
from grader.compose.loader import load
from grader.compose.printed import printed
from grader.compose.request import Request

CASES = Path(__file__).resolve().parents[1] / "data" / "compose_cases"
POINTS = ("verdict", "environments", "mounts", "declared volumes", "warnings", "error text")


def read_json(path: Path) -> Any:
    """Return what a file of a case holds."""
    return json.loads(path.read_text(encoding="utf-8"))


def copied(case: Path, folder: Path) -> Path:
    """Copy a case into `folder`, with the empty folders it asks for, which a repository cannot hold."""
    target = folder / "case"
    shutil.copytree(case, target)
    for name in read_json(case / "case.json").get("empty_dirs", ()):
        (target / name).mkdir(parents=True, exist_ok=True)
    return target


def request_of(case: Path) -> Request:
    """Return what a case asks for."""
    asked = read_json(case / "case.json")
    return Request(
        files=AllFiles(),
        folder=str((case / asked.get("cwd", ".")).resolve()),
        compose_files=tuple(asked.get("files") or ()),
        env_files=tuple(asked.get("env_files", ())),
        variables=asked.get("shell", {}),
        profiles=tuple(asked.get("profiles", ())),
        project_directory=asked.get("project_directory"),
        project_name="kata",
        confined=False,
    )


def answer(request: Request) -> dict[str, Any]:
    """Return what `grade config --format json` would print."""
    try:
        return printed(load(request))
    except Unreadable as error:
        return {"ok": False, "error": error.compose_message or error.message, "warnings": error.warnings}


def differences(expected: dict[str, Any], actual: dict[str, Any], folder: Path) -> Iterator[tuple[str, Any, Any]]:
    """Yield the points in which an answer differs from the recorded one, with both sides."""
    if expected["ok"] != actual["ok"]:
        yield "verdict", expected.get("error", True), actual.get("error", True)
        return
    if expected["warnings"] != actual["warnings"]:
        yield "warnings", expected["warnings"], actual["warnings"]
    if not expected["ok"]:
        texts = expected.get("error_variants") or [expected["error"]]
        if actual["error"] not in texts:
            yield "error text", texts, actual["error"]
        return
    for point, pick in _PARTS.items():
        wanted, given = pick(expected, folder), pick(actual, folder)
        if wanted != given:
            yield point, wanted, given


def _environments(answer: dict[str, Any], folder: Path) -> Any:
    return {
        name: {
            key: value and value.replace(str(folder), "<PROJECT_DIR>") for key, value in service["environment"].items()
        }
        for name, service in answer["services"].items()
    }


def _mounts(answer: dict[str, Any], folder: Path) -> Any:
    keys = ("type", "source", "target", "read_only")
    return {
        name: [{key: mount[key] for key in keys} for mount in service["volumes"]]
        for name, service in answer["services"].items()
    }


def _declared(answer: dict[str, Any], folder: Path) -> Any:
    keys = ("driver", "external", "name")
    return {name: {key: volume[key] for key in keys} for name, volume in answer["volumes"].items()}


_PARTS = {"environments": _environments, "mounts": _mounts, "declared volumes": _declared}
