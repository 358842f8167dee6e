"""Records as a batch writes them, from real files, for what is made of them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader import kit
from grader.batch.records import record
from grader.batch.submission import LooseFile, Student, Submission
from grader.grading import grade
from grader.rubric import load_rubric
from grader.workspace import locate, request

TESTS = Path(__file__).parents[1]
SOLUTION = TESTS.parent / "solutions" / "docker-compose.yml"
SKELETON = TESTS.parent / "exercises" / "skeleton.yml"
RUBRIC = load_rubric(kit.rubric_folder())


def record_of(path: Path, name: str, **known: Any) -> Mapping[str, Any]:
    """Return the record of one file; `known` are further fields of its `Submission`."""
    submission = Submission(name, LooseFile(str(path)), **{"student": Student(id=name), **known})
    report = grade(request(locate(str(path))), RUBRIC)
    found: Mapping[str, Any] = json.loads(record(submission, report, basis="b", files={path.name: "d"}))
    return found
