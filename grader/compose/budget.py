"""What reading one project may use up. A project that asks for more is not read to its end.

Small texts can stand for much: aliases of aliases, variables made of variables, files that include each other.
"""

from grader.compose.errors import Unreadable
from grader.compose.files import Files, Kind
from grader.compose.marks import Mark

MAX_VALUES = 30_000  # keys, values and variables, and all copies of them; the solution has 350
MAX_CHARACTERS = 256 * 1024  # of all texts with variables, filled in
MAX_FILES_BYTES = 1024 * 1024  # of all files; one that is read twice counts twice
READING_COSTS_BYTES = 512  # so much more does a file count, and an empty one is not free


class Budget:
    """What is left of the limits. Every `spend` raises `Unreadable` when nothing is."""

    __slots__ = ("bytes", "characters", "values")

    def __init__(self) -> None:
        self.values = MAX_VALUES
        self.characters = MAX_CHARACTERS
        self.bytes = MAX_FILES_BYTES

    def spend_values(self, count: int, at: Mark | None) -> None:
        """Count keys, values and variables that are made or copied."""
        self.values -= count
        if self.values < 0:
            raise Unreadable(TOO_MANY_VALUES, at=at)

    def spend_characters(self, count: int, at: Mark | None) -> None:
        """Count the characters of a text that was filled in."""
        self.characters -= count
        if self.characters < 0:
            raise Unreadable(TOO_MUCH_TEXT, at=at)

    def spend_bytes(self, count: int) -> None:
        """Count a file that is read."""
        self.bytes -= count + READING_COSTS_BYTES
        if self.bytes < 0:
            raise Unreadable(TOO_MANY_FILES)


class MeteredFiles:
    """Files that are counted when they are read."""

    def __init__(self, files: Files, budget: Budget) -> None:
        self._files = files
        self._budget = budget

    def read(self, path: str) -> bytes:
        """Return the whole file. Raises `FileRefused`, and `Unreadable` for one file too many."""
        data = self._files.read(path)
        self._budget.spend_bytes(len(data))
        return data

    def kind(self, path: str) -> Kind | None:
        """Tell what lies at `path`; None: nothing."""
        return self._files.kind(path)


TOO_MANY_VALUES = (
    f"The project has more than {MAX_VALUES} keys and values, all copies counted; it was not read further. "
    "A compose file has a few hundred; take out what does not belong there."
)
TOO_MUCH_TEXT = (
    f"The variables of the project stand for more than {MAX_CHARACTERS // 1024} KiB of text; it was not read further. "
    "Take out the variables that are made of other variables."
)
TOO_MANY_FILES = (
    f"The project's files are too many or too large, more than {MAX_FILES_BYTES // 1024} KiB in all; it was not read "
    "further. Take out what `include`, `extends` and `env_file` need not read."
)
