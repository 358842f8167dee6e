"""A container's log as lines in which a cause can be looked for, and one of them as it is shown.

A log is written by programs that got a student's texts: it is bounded, searched line by line, and no password in it and
no sign that a terminal would obey is ever shown.
"""

import re
from collections.abc import Collection

from grader.masking import MASK, mask_text
from grader.reports.clean import clean_line
from grader.shown import cut_log

MAX_LOG_CHARACTERS = 2_000_000  # the end of a log; Kafka writes 200,000 at a start
MAX_LINE_CHARACTERS = 8_000  # the storage tool writes a whole stack trace on one line

# docker compose logs: `kafka-1  | text`
_PREFIX = re.compile(r"^[\w.-]+ +\| ")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
# when it was said, in the forms of Kafka and MySQL, and by which class
_TIME = re.compile(r"^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^\s\]]*\]? (?:\d+ )?")
_LEVEL = re.compile(r"^(?:INFO|WARN|WARNING|ERROR) +(?!\d)")  # `ERROR 1064 (42000)` is a name
_CLASS = re.compile(r" \([\w.$]+\)$")
_TRACE = re.compile(r"\s+at [\w.$/@]+\(.*")
# a generated password, a setting that is echoed; `(using password: YES)` is none
_ECHOED = re.compile(r"((?:PASSWORD|password|secret)[\"']?\s*[:=]\s*[\"']?)(?!YES\b|NO\b)[^\s\"',;)]+")
_SHORT_CHARACTERS = 4  # a secret shorter than this is masked only where it stands alone


def read_lines(log: str) -> list[str]:
    """Return the lines of a log without the prefixes of Compose and without control characters."""
    lines = _COLOURS.sub("", log[-MAX_LOG_CHARACTERS:]).split("\n")
    return [clean_line(_PREFIX.sub("", line[:MAX_LINE_CHARACTERS])) for line in lines]


def shown(line: str, secrets: Collection[str]) -> str:
    """Return a line for people: without time, level, class and stack trace, cut before it gives an answer, masked."""
    text = _CLASS.sub("", _LEVEL.sub("", _TIME.sub("", _TRACE.sub("", line))))
    for secret in sorted(secrets, key=len, reverse=True):
        text = _without(text, secret)
    return cut_log(_ECHOED.sub(rf"\1{MASK}", mask_text(text))) or ""


def _without(text: str, secret: str) -> str:
    if not secret.strip():
        return text
    if len(secret) >= _SHORT_CHARACTERS:
        return text.replace(secret, MASK)
    return re.sub(rf"(?<![\w]){re.escape(secret)}(?![\w])", MASK, text)
