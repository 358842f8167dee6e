"""What random changes begin with: real answers, right and wrong, and recorded projects of every kind."""

from collections.abc import Iterator
from pathlib import Path

from tests.hostile.inputs.pieces import COMPOSE
from tests.hostile.running import ROOT

Project = dict[str, bytes]

MAX_FILE_BYTES = 20_000
PASSWORD = b"analytics_password"
CANARY = b"S3cr3tZq9x"  # a password that is no word of any other text


def corpus() -> list[Project]:
    """Return the solution, the skeleton, all accepted and rejected answers and all recorded projects."""
    return [
        {name: data.replace(PASSWORD, CANARY) for name, data in project.items()}
        for project in _projects()
        if project and sum(map(len, project.values())) < MAX_FILE_BYTES
    ]


def _projects() -> Iterator[Project]:
    for _ in range(20):  # most of what students write is near to it
        yield {COMPOSE: (ROOT / "solutions" / COMPOSE).read_bytes()}
    yield {COMPOSE: (ROOT / "exercises" / "skeleton.yml").read_bytes()}
    answers = [*(ROOT / "tests/accepted").iterdir(), *(ROOT / "tests/rejected").glob("*/*")]
    for path in sorted(answers):
        yield {COMPOSE: path.read_bytes()} if path.is_file() else _folder(path)
    for path in sorted((ROOT / "tests/data/compose_cases").iterdir()):
        if path.is_dir():
            files = _folder(path)
            files.pop("case.json", None)
            files.pop("expected.json", None)
            yield files


def _folder(folder: Path) -> Project:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
