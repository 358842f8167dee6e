"""`scores.csv` of Classroom 50: `username,first_name,last_name,email,...,late,...`, a line an attempt, newest first."""

import csv
import io
from typing import NamedTuple

from grader.reports.clean import clean_line

FILE = "scores.csv"
MAX_SCORES_BYTES = 64 * 1024 * 1024
_YES = frozenset(["true", "yes", "1", "late"])


class Row(NamedTuple):
    """What is known of one student; `attempts` is 0 for who handed in nothing. A team shares its `review_url`."""

    login: str
    name: str | None
    email: str | None
    late: bool
    handed_in: str | None
    attempts: int
    review_url: str | None


def read_scores(data: bytes) -> dict[str, Row]:
    """Return a row a student by the login in lower case; nothing where it is no such file."""
    rows: dict[str, Row] = {}
    try:
        for line in csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace"), newline="")):
            login = _text(line, "username")
            if login is None:
                continue
            known = rows.get(login.casefold())
            rows[login.casefold()] = _row(login, line) if known is None else known._replace(attempts=known.attempts + 1)
    except csv.Error:
        return {}
    return rows


def _row(login: str, line: dict[str, str | None]) -> Row:
    names = [name for name in (_text(line, "first_name"), _text(line, "last_name")) if name]
    handed_in = _text(line, "datetime")
    return Row(
        login=login,
        name=" ".join(names) or None,
        email=_text(line, "email"),
        late=(_text(line, "late") or "").lower() in _YES,
        handed_in=handed_in,
        attempts=1 if handed_in or _text(line, "submission_tag") or _text(line, "score") else 0,
        review_url=_text(line, "review_url"),
    )


def _text(line: dict[str, str | None], column: str) -> str | None:
    text = line.get(column)
    return clean_line(text) or None if isinstance(text, str) else None
