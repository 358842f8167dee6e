"""What can go wrong before there is anything to judge, and what is told beside that.

ComposeError
└── Unreadable      no YAML mapping at all, over a limit, not a regular file, outside the submission
"""

from grader.compose.marks import Mark
from grader.light_tuple import NamedTuple

INVALID = "invalid compose project"  # Compose: how a message about what does not fit together ends


class ComposeError(Exception):
    """Root of this package's errors."""


class Unreadable(ComposeError):
    """There is no project to judge.

    `message` says what is wrong and what to do next, in one or two sentences for a student; `compose_message` is what
    Docker Compose prints for the same file (paths as `<f>`; None where Compose was not imitated, for example over a
    limit); `at` is the place, None where there is none; `file` is the name of the file it is about, if it is about one;
    `warnings` are those that Docker Compose prints before.
    """

    def __init__(
        self, message: str, *, compose_message: str | None = None, at: Mark | None = None, file: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.compose_message = compose_message
        self.at = at
        self.file = file if at is None else at.file
        self.warnings: list[str] = []


class Refusal(NamedTuple):
    """One reason for which Compose refuses the project.

    `message`: Compose's own text, paths replaced by `<f>` (`about`: the file meant, if not the marked one); `path`: the
    place in the model, `("services", "mysql", "environment", "MYSQL_USER")`, as far as known, with the name of a list's
    variable or target behind its index; `kind`: the class of error.
    """

    message: str
    path: tuple[str, ...]
    at: Mark
    kind: str
    about: str | None = None


class Notice(NamedTuple):
    """A warning: Compose's own text or ours, and where it belongs (None: nowhere in particular)."""

    message: str
    at: Mark | None
