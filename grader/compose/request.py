"""What is asked of the loader: the command line of `docker compose config`, as a record."""

from collections.abc import Mapping

from grader.compose.files import Files
from grader.light_tuple import NamedTuple

STUDENT_HOME = "/home/student"


class Request(NamedTuple):
    """One reading of one project.

    `folder` is the absolute folder the command starts in; `compose_files` the `-f` options in order (empty: Compose
    finds the files itself); `variables` stand for the shell's (`PWD` and `HOME` are added when missing); `confined`
    keeps the search inside `folder`: nothing above it is looked at.
    """

    files: Files
    folder: str
    compose_files: tuple[str, ...] = ()
    env_files: tuple[str, ...] = ()
    variables: Mapping[str, str] = {}
    profiles: tuple[str, ...] = ()
    project_directory: str | None = None
    project_name: str | None = None
    confined: bool = True
