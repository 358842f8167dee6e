"""Submissions as the batch sees them: a report and the stack it was made from."""

from functools import lru_cache
from pathlib import Path

from grader.compose.files import FolderFiles, MemoryFiles
from grader.compose.request import Request
from grader.grading import Graded, grade_with_stack
from grader.rubric import Rubric, load_rubric
from grader.stack import Stack

ROOT = Path(__file__).parent.parent.parent.resolve()
SALT = b"one run"
SOLUTION = (ROOT / "solutions" / "docker-compose.yml").read_text(encoding="utf-8")
SKELETON = (ROOT / "exercises" / "skeleton.yml").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def rubric() -> Rubric:
    """The rubric of the kit."""
    return load_rubric(str(ROOT / "exercises"))


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


def changed(*pairs: tuple[str, str], text: str = SOLUTION) -> str:
    """Return the solution with texts replaced; each of them must be there."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text
