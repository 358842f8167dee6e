"""The lines of a list of paths, one at a time: CSV with a header, or JSON Lines."""

import codecs
import csv
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TextIO

from grader.endings import UsageError
from grader.reports.clean import clean_line

MAX_LINE_CHARACTERS = 64 * 1024

# what each column may be called, in lower case with `_` for blanks; the first that is there counts
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "path": ("path", "file", "folder", "location", "submission"),
    "submission": ("submission", "submission_id"),
    "student": ("student", "student_id", "id", "sid", "user_id", "identifier"),
    "name": ("name", "full_name", "student_name"),
    "email": ("email", "email_address", "mail", "e-mail"),
    "login": ("login", "username", "github_username", "user", "github"),
    "late": ("late",),
    "handed_in": ("handed_in", "submitted_at", "datetime", "submission_time", "time"),
}
_SEPARATOR_LINE = re.compile(r"sep=[,;\t]\s*", re.IGNORECASE)  # by which Excel is told the separator
_YES = frozenset(["true", "yes", "1", "late", "x"])


class Line(NamedTuple):
    """One line; `fault` is a sentence where it could not be read. `path` is as written, all else cleaned."""

    number: int
    path: str = ""
    submission: str | None = None
    student: str | None = None
    name: str | None = None
    email: str | None = None
    login: str | None = None
    late: bool = False
    handed_in: str | None = None
    fault: str | None = None


def read_lines(path: str) -> Iterator[Line]:
    """Yield the lines of the list at `path`. Raises `UsageError` where it is no such list or cannot be read."""
    try:
        with open(path, "rb") as raw:
            marked = raw.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        encoding, errors = ("utf-16", "replace") if marked else ("utf-8-sig", "surrogateescape")
        with open(path, encoding=encoding, errors=errors, newline="") as file:
            yield from _json(path, file) if path.lower().endswith((".jsonl", ".ndjson")) else _csv(path, file)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error


def _csv(path: str, file: TextIO) -> Iterator[Line]:
    lines = _bounded(path, file)
    header = next(lines, "")
    before = 1  # lines before those of the submissions
    if _SEPARATOR_LINE.fullmatch(header):
        header = next(lines, "")
        before = 2
    delimiter = max(",;\t", key=header.count)
    columns = _columns(next(csv.reader([header], delimiter=delimiter), []))
    if "path" not in columns:
        raise UsageError(
            f"{path}: the first line must name the columns, and one of them must be called path. "
            "Further ones that are known: student, name, email, login, late, handed_in, submission."
        )
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for cells in reader:
            if any(cells):
                values = {field: cells[at] for field, at in columns.items() if at < len(cells)}
                yield _line(reader.line_num + before, values)
    except csv.Error as error:
        raise UsageError(f"{path}, line {reader.line_num + before}: {error}. Save it again as CSV.") from error


def _json(path: str, file: TextIO) -> Iterator[Line]:
    for number, text in enumerate(_bounded(path, file), start=1):
        if not text.strip():
            continue
        try:
            found: Any = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, str):
            found = {"path": found}
        if not isinstance(found, dict):
            yield Line(number, fault=f"Line {number} of the list is no JSON object.")
            continue
        keys = list(found)
        values = {field: _text(found[keys[at]]) for field, at in _columns(keys).items()}
        yield _line(number, {field: value for field, value in values.items() if value is not None})


def _columns(names: list[str]) -> dict[str, int]:
    """Return where each known field stands."""
    plain = [name.strip().lower().replace(" ", "_") for name in names]
    found = {}
    for field, words in COLUMNS.items():
        there = [word for word in words if word in plain]
        if there:
            found[field] = plain.index(there[0])
    if found.get("submission") == found.get("path"):
        found.pop("submission", None)
    return found


def _text(value: object) -> str | None:
    return str(value) if isinstance(value, str | int | bool) else None


def _line(number: int, values: Mapping[str, str]) -> Line:
    path = values.get("path", "").strip()
    texts = {field: clean_line(text) or None for field, text in values.items()}
    return Line(
        number=number,
        path=path,
        submission=texts.get("submission"),
        student=texts.get("student"),
        name=texts.get("name"),
        email=texts.get("email"),
        login=texts.get("login"),
        late=(texts.get("late") or "").lower() in _YES,
        handed_in=texts.get("handed_in"),
    )


def _bounded(path: str, file: TextIO) -> Iterator[str]:
    number = 0
    while line := file.readline(MAX_LINE_CHARACTERS + 1):
        number += 1
        if len(line) > MAX_LINE_CHARACTERS:
            raise UsageError(f"{path}, line {number} has more than {MAX_LINE_CHARACTERS} characters: it is no list.")
        yield line
