"""The broker of a compose file, read by the grader's own model."""

from typing import TYPE_CHECKING

from grader.notebook.kraft.answer import refused
from grader.notebook.result import Result

if TYPE_CHECKING:
    from grader.compose.model import Project
    from grader.containers.kafka import Kafka
    from grader.notebook.views import FileView

SERVICE = "kafka"


def read_kafka(file: "FileView | str | None") -> "tuple[Project, Kafka] | Result":
    """Read the kafka service of a view, of a text, or of the workspace (None)."""
    from grader.compose.errors import Unreadable
    from grader.compose.loader import load
    from grader.containers.kafka import read
    from grader.masking import refusal_in_words
    from grader.notebook.sources import request_of
    from grader.notebook.views import source_of
    from grader.workspace import NoSubmission

    try:
        loaded = load(request_of(source_of(file)))
    except (NoSubmission, Unreadable) as error:
        return refused(f"Cannot read the file: {error}")
    if loaded.refusals:
        words = refusal_in_words(loaded.refusals[0])
        return refused(f"Docker Compose refuses the file, so no container is made. It says: {words}")
    if SERVICE not in loaded.project.services:
        return refused(f"There is no service {SERVICE} in the file.")
    return loaded.project, read(loaded.project, SERVICE)
