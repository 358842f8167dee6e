"""The list of those who got no grade, in a CSV file of its own: written as it comes, however long it gets."""

import csv
import os
from contextlib import suppress
from typing import Any

from grader.batch.gradebooks.guard import guard
from grader.batch.gradebooks.people import Identity
from grader.batch.written import WholeFile, write_anew
from grader.reports.clean import clean_line

COLUMNS = ("row", "submission", "id", "name", "email", "login", "why")


class LeftOut:
    """A list at `path`. It takes its place when it is finished; one of an earlier run goes where nobody is left out."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: WholeFile | None = None
        self._lines: Any = None

    def add(self, *, why: str, row: str = "", submission: str = "", person: Identity | None = None) -> None:
        """Write one line: a row of the gradebook, a submission, or both, and why there is no grade.

        Raises `CommandFailed`.
        """
        if self._file is None:
            self._file = write_anew(self._path)
            self._lines = csv.writer(self._file)
            self._lines.writerow(COLUMNS)
        known = person or {}
        whose = [str(known.get(field) or "") for field in ("id", "name", "email", "login")]
        self._lines.writerow([guard(clean_line(text)) for text in (row, submission, *whose, why)])

    def finish(self) -> str | None:
        """Put the list in its place and return where it is, None if there is none. Raises `CommandFailed`."""
        if self._file is None:
            with suppress(FileNotFoundError):
                os.remove(self._path)
            return None
        self._file.finish()
        return self._path
