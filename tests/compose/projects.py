"""Projects in memory for tests: files by name, read as a submission."""

from collections.abc import Mapping

from grader.compose.files import MemoryFiles
from grader.compose.loader import load
from grader.compose.model import Loaded, Service
from grader.compose.request import Request


def loaded(text: str, files: Mapping[str, str] | None = None) -> Loaded:
    """Read a `docker-compose.yml` with other files beside it."""
    return load(Request(MemoryFiles({"docker-compose.yml": text, **(files or {})}), "/submission"))


def service(text: str, name: str = "app", files: Mapping[str, str] | None = None) -> Service:
    """Return one service of a project."""
    return loaded(text, files).project.services[name]


def marked(project: Loaded, mark: tuple[str, int, int, int]) -> str:
    """Return the text that a mark shows."""
    file, line, column, width = mark
    return project.texts[file][line - 1][column - 1 : column - 1 + width]
