"""The list of those who got no grade, in a CSV file of its own: written as it comes, however long it gets."""

import csv
import os
from contextlib import suppress
from typing import Any, TextIO

from grader.batch.gradebooks.guard import guard
from grader.batch.gradebooks.people import Person
from grader.reports.clean import clean_line

COLUMNS = ("row", "submission", "id", "name", "email", "login", "why")


class LeftOut:
    """A list at `path`. It takes its name when it is closed; one of an earlier run goes if nobody is left out now."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: TextIO | None = None
        self._lines: Any = None

    def add(self, *, why: str, row: str = "", submission: str = "", person: Person | None = None) -> None:
        """Write one line: a row of the gradebook, a submission, or both, and why there is no grade."""
        if self._file is None:
            os.makedirs(os.path.dirname(self._path) or ".", exist_ok=True)
            self._file = open(self._path + ".partial", "w", encoding="utf-8", newline="")  # noqa: SIM115
            self._lines = csv.writer(self._file)
            self._lines.writerow(COLUMNS)
        known = person or {}
        whose = [str(known.get(field) or "") for field in ("id", "name", "email", "login")]
        self._lines.writerow([guard(clean_line(text)) for text in (row, submission, *whose, why)])

    def close(self) -> str | None:
        """Return where the list is, None if there is none."""
        if self._file is None:
            with suppress(FileNotFoundError):
                os.remove(self._path)
            return None
        self._file.close()
        os.replace(self._path + ".partial", self._path)
        return self._path
