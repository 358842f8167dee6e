"""Submissions that are graded here, as a batch sees them: a report, the stack it was made from, a record."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader import kit
from grader.batch.records import record
from grader.batch.submission import Nothing, Student, Submission
from grader.compose.files import FolderFiles, MemoryFiles
from grader.compose.request import Request
from grader.grading import Graded, grade_with_stack
from grader.rubric import Rubric, load_rubric
from grader.stack import Stack

TESTS = Path(__file__).parents[1].resolve()
SOLUTION_FILE = TESTS.parent / "solutions" / "docker-compose.yml"
SKELETON_FILE = TESTS.parent / "exercises" / "skeleton.yml"
SOLUTION = SOLUTION_FILE.read_text(encoding="utf-8")
SKELETON = SKELETON_FILE.read_text(encoding="utf-8")
NO_YAML = "services: [\n\tbroken: {{{ %"
SALT = b"one run"


@lru_cache(maxsize=1)
def rubric() -> Rubric:
    """The rubric of the kit."""
    return load_rubric(kit.rubric_folder())


def graded_text(text: str | bytes, folder: str = "/submission") -> Graded:
    """Grade a compose file that lies in memory, as if it lay in a folder."""
    return grade_with_stack(Request(MemoryFiles({"docker-compose.yml": text}, folder), folder), rubric())


def graded_case(path: Path) -> Graded:
    """Grade a case of tests/accepted or tests/rejected."""
    if path.is_dir():
        return grade_with_stack(Request(FolderFiles(str(path)), str(path)), rubric())
    return graded_text(path.read_bytes())


def stack_of(text: str | bytes, folder: str = "/submission") -> Stack:
    """Return the stack of a compose file that can be read."""
    stack = graded_text(text, folder).stack
    assert stack is not None
    return stack


def record_of(text: str, name: str, *, digest: str = "d", **known: Any) -> dict[str, Any]:
    """Grade a compose file as the submission of somebody; `known` are further fields of its `Submission`."""
    submission = Submission(name, Nothing(""), **{"student": Student(id=name), **known})
    line = record(submission, graded_text(text).report, basis="b", files={"docker-compose.yml": digest}).line
    found: dict[str, Any] = json.loads(line)
    return found


def changed(*pairs: tuple[str, str], text: str = SOLUTION) -> str:
    """Return the solution with texts replaced; each of them must be there."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text
