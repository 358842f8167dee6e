"""A folder with a solution but for one line, and sessions that never outlive their test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.watching.sessions import WITHOUT_NODE_ID, Session

Start = Callable[..., Session]


@pytest.fixture
def compose_file(tmp_path: Path) -> Path:
    """A compose file alone in its folder; the node id is missing."""
    path = tmp_path / "docker-compose.yml"
    path.write_text(WITHOUT_NODE_ID, encoding="utf-8")
    return path


@pytest.fixture(params=["events", "polling"])
def start(request: pytest.FixtureRequest, compose_file: Path) -> Iterator[Start]:
    """Start `grade --watch` beside the compose file, once with file events and once without watchfiles."""
    yield from _sessions(compose_file.parent, polling=request.param == "polling")


@pytest.fixture
def start_plainly(compose_file: Path) -> Iterator[Start]:
    """The same without watchfiles only, for what does not depend on how a change is noticed."""
    yield from _sessions(compose_file.parent, polling=True)


def _sessions(folder: Path, *, polling: bool) -> Iterator[Start]:
    sessions: list[Session] = []

    def begin(*words: str) -> Session:
        sessions.append(Session(folder, *words, polling=polling))
        return sessions[-1]

    yield begin
    for session in sessions:
        session.close()
