"""What one grading saw of the disk, so that it can be asked again whether anything is different now.

Every question the loader puts (what is in this file, what lies at that path) is kept with its answer. So whatever a
grading rests on is watched, and nothing else: the compose file, `.env`, the override file, files of `env_file`,
`extends` and `include`, and also the places where one of them was looked for and not found.
"""

import os

from grader.compose.files import FileRefused, Files, Kind
from grader.light_tuple import NamedTuple


class Content(NamedTuple):
    """A file that was read: its bytes, and when it was saved (in nanoseconds), so that each save counts."""

    data: bytes
    saved_ns: int


class Refused(NamedTuple):
    """A file that could not be read, and why: one of the words of `FileRefused`."""

    reason: str


Answer = Content | Refused | Kind | None
Question = tuple[str, str]  # READ or KIND, and an absolute path
READ, KIND = "read", "kind"


class SeenFiles:
    """The files of a submission, with a memory of every answer given."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._answers: dict[Question, Answer] = {}

    def read(self, path: str) -> bytes:
        """Return the whole file. Raises `FileRefused`."""
        try:
            data = self._files.read(path)
        except FileRefused as refused:
            self._answers[READ, path] = Refused(refused.reason)
            raise
        self._answers[READ, path] = Content(data, _saved_ns(path))
        return data

    def kind(self, path: str) -> Kind | None:
        """Tell what lies at `path`; None: nothing."""
        kind = self._files.kind(path)
        self._answers[KIND, path] = kind
        return kind

    def stale(self) -> bool:
        """Tell whether one of the answers would be another one now."""
        return any(self._ask(*question) != answer for question, answer in self._answers.items())

    def answers_now(self) -> dict[Question, Answer]:
        """Return what the same questions would be answered now."""
        return {question: self._ask(*question) for question in self._answers}

    def paths(self) -> list[str]:
        """Return the absolute paths that were asked about inside the submission, in the order of asking."""
        outside = (Refused("outside"), "outside")
        return list(dict.fromkeys(path for (_, path), answer in self._answers.items() if answer not in outside))

    def content(self, path: str) -> bytes:
        """Return what was read from the absolute `path`; nothing where it was not read."""
        answer = self._answers.get((READ, path))
        return answer.data if isinstance(answer, Content) else b""

    def paths_read(self) -> list[str]:
        """Return the absolute paths of the files that were read, in the order of reading."""
        return [path for (_, path), answer in self._answers.items() if isinstance(answer, Content)]

    def _ask(self, question: str, path: str) -> Answer:
        if question == KIND:
            return self._files.kind(path)
        try:
            return Content(self._files.read(path), _saved_ns(path))
        except FileRefused as refused:
            return Refused(refused.reason)


def _saved_ns(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:  # replaced at this very moment: the next look sees the new one
        return 0
