"""Texts of containers are hostile: no control characters, no password of the submission, bounded."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from grader.compose.model import Project
from grader.masking import MASK, is_secret, mask_text
from grader.reports.clean import clean
from grader.shortening import shorten

MIN_SECRET_CHARACTERS = 3  # hiding a shorter one would make every text unreadable, and shows what it is
MAX_LINE_CHARACTERS = 1000
MAX_SHOWN_CHARACTERS = 300

_COLOURS = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_LOGIN = re.compile(r"://[^\s/:@]*:([^\s@]+)@")


class Tamer:
    """Makes texts fit to be shown: call it with a text."""

    def __init__(self, secrets: Iterable[str]) -> None:
        words = sorted({word for word in secrets if len(word) >= MIN_SECRET_CHARACTERS}, key=len, reverse=True)
        choice = "|".join(map(re.escape, words))
        # whole words only: a password may be a part of a table's name
        self._secret = re.compile(rf"(?<![\w-])(?:{choice})(?![\w-])") if words else None

    def __call__(self, text: str) -> str:
        """Return the text, line for line, without what must not be shown."""
        return "\n".join(map(self._line, clean(_COLOURS.sub("", text)).split("\n")))

    def _line(self, line: str) -> str:
        line = mask_text(line[:MAX_LINE_CHARACTERS])
        return line if self._secret is None else self._secret.sub(MASK, line)


def secrets_of(project: Project) -> set[str]:
    """Return the passwords of a project: values of variables that are named so, and those of log-ins in addresses."""
    found = set()
    for service in project.services.values():
        for variable in service.environment.values():
            value = variable.value or ""
            if is_secret(variable.name):
                found |= {value, value.strip()}
            found |= {form for login in _LOGIN.findall(value) for form in (login, unquote(login))}
    return found


def last_words(text: str, *, limit: int = MAX_SHOWN_CHARACTERS) -> str:
    """Return the last line that says something, short: programs end with what matters."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return shorten(lines[-1], limit) if lines else ""
