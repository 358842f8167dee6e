"""One pure function a format; `--format` offers what this table holds."""

from collections.abc import Callable

from grader.report import Report
from grader.reports.json import render_json
from grader.reports.text import render_text
from grader.reports.unix import render_unix

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": render_text,
    "unix": render_unix,
    "json": render_json,
}
