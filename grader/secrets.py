"""Passwords by what they say: a text that is a password somewhere in a submission stays hidden everywhere else.

Students write passwords in odd places: as a user, as a port, in an address, a key or a comment; Compose and the
containers quote them. So each text of a report is searched for the values of all passwords. Two things are let be:
values of fewer than `MIN_CHARACTERS`, and words that the exercise uses itself (`mysql`, `password`), for a report
without those words would say nothing. Both are still hidden where they stand as a password (`grader.masking`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import filterfalse

from grader.compose.marks import Mark
from grader.compose.model import Loaded, Project
from grader.masking import MASK, SECRET_HINTS, is_secret, secret_marks
from grader.remembered import MAX_CHARACTERS as MAX_KEPT
from grader.remembered import MAX_TEXTS, remembered
from grader.rubric import Rubric
from grader.shortening import CUT

MIN_CHARACTERS = 4  # a shorter text is a part of many words
MIN_MIXED_CHARACTERS = 6  # from here on a text of letters and other signs is no part of another word by chance
MAX_CHARACTERS = 1000  # longer words are in no report
MAX_SECRETS = 300
MAX_WORDS = 50  # of one secret
MAX_LINE_CHARACTERS = 2000
MAX_SILENT = 4096  # lines of submissions; about as many may come on top of it with the last one
COMMON = frozenset(
    (
        *("true", "false", "null", "none", "admin", "root", "user", "test", "example", "default", "change"),
        *("changeme", "secret", "secrets", "password", "passwd", "local", "localhost", "latest", "public"),
        *("private", "environment", "volume", "value", "variable"),
    )
)

# Not compiled here: a file with full marks needs none of them.
_LOGIN = r"://[^\s/:@]*:(\S+)@"
_WORD = r"\w+"
_REFERENCE = r"\$\{?\w+\}?"
_NAME = r"[\w.-]{1,100}"
# Images: what reports speak of by name; `root_password` is a part of one
_VARIABLES = "mysql_root_password mysql_password mysql_random_root_password mongo_initdb_root_password"
_LIKE_ASCII = "ſıİ"  # patterns that ignore case take them for an s and an i
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")  # the same in an address
_silent: set[str] = set()  # lines in which there is no password: a class has most of its lines in common
_KINDS = (str.isalpha, str.isdigit, lambda sign: not sign.isalnum())


class Secrets:
    """The passwords of one submission, looked for when there is a text to hide them in."""

    def __init__(self, loaded: Loaded, rubric: Rubric, skeleton: Project) -> None:
        self._loaded = loaded
        self._rubric = rubric
        self._skeleton = skeleton

    @cached_property
    def places(self) -> dict[tuple[str, int], list[Mark]]:
        """Where the value of a password stands, by file and line."""
        return secret_marks(self._loaded.project)

    def hide(self, text: str) -> str:
        """Return a text in which no password is left, in whatever place of the submission it is one."""
        low = text.lower()
        if not self.may_be_in(low):
            return text  # nearly always
        for secret in self._telling:
            if secret.first in low:
                text = secret.pattern.sub(MASK, _hide_cut(text, secret.words))
                low = text.lower()
        return text

    def may_be_in(self, low: str) -> bool:
        """Tell whether a password may stand in a text in small letters: a quick look that misses none."""
        for word in self._first_words:  # noqa: SIM110 - a generator takes twice as long
            if word in low:
                return True
        return False

    @cached_property
    def _first_words(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([secret.first for secret in self._telling]))

    @cached_property
    def _telling(self) -> "list[_Secret]":
        """All secrets but for words that say nothing, the longest first."""
        known = words_of_the_exercise(self._rubric, self._skeleton)
        found: dict[str, _Secret | None] = {}
        for value in dict.fromkeys(_values(self._loaded)):
            if len(found) >= MAX_SECRETS:
                break
            found.update(_kept_spellings(value, known) if len(value) <= MAX_KEPT else _spellings(value, known))
        telling = [secret for secret in found.values() if secret is not None]
        return sorted(telling, key=lambda secret: secret.length, reverse=True)


class _Secret:
    """The text of one secret: its first word in small letters, its words, and, where it is asked for, its pattern."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.length = len(text)
        self.words = text.split()[:MAX_WORDS]
        self.first = self.words[0].lower()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Where the secret stands in a text."""
        return _pattern(self._text)


@lru_cache(maxsize=8)
def words_of_the_exercise(rubric: Rubric, skeleton: Project) -> str:
    """Return the words that the exercise uses itself, in small letters; they are put together once a process."""
    texts = [f"{check.id} {check.title} {check.why} {check.parameters}" for check in rubric.checks()]
    return f"{skeleton.plain} {' '.join(texts)}".lower()


def _is_telling(text: str, known: str) -> bool:
    """Tell whether a password is no word that everybody uses; `known` are the words of the exercise."""
    low = text.lower()
    if low.isspace() or low in COMMON:  # in a password of blanks there is nothing to look for
        return False
    # quick looks come first: to make a pattern of every password takes longer than all the rest
    if low.isascii():
        words = re.findall(_WORD, low)
        if not _single_words(known).issuperset(words):
            return True
        if words == [low]:
            return False
    return low.split(maxsplit=1)[0] not in known or not _word(text).search(known)


@lru_cache(maxsize=8)
def _single_words(known: str) -> frozenset[str]:
    return frozenset(re.findall(_WORD, known))


def _values(loaded: Loaded) -> Iterator[str]:
    """Yield what is a password: as Compose reads it, and as it is written, broken lines included."""
    yield from _resolved(loaded.project)
    for lines in loaded.texts.values():
        yield from passwords_in(lines)


def passwords_in(lines: Sequence[str]) -> list[str]:
    """Return what is written as a password in the lines of a file, broken ones included."""
    return [value for line in _telling_lines(lines) if len(line) <= MAX_LINE_CHARACTERS for value in _in_line(line)]


def _telling_lines(lines: Sequence[str]) -> list[str]:
    """Return the lines that may hold the name of a password or an address: few do, so one search serves all others."""
    unknown = list(filterfalse(_silent.__contains__, lines))
    text = "\n".join(unknown)
    low = text.lower()
    if not text.isascii() and (len(low) != len(text) or any(sign in text for sign in _LIKE_ASCII)):
        return unknown
    starts = set()
    for hint in (*SECRET_HINTS, "://"):
        at = low.find(hint)
        while at >= 0:
            starts.add(low.rfind("\n", 0, at) + 1)
            at = low.find(hint, at + len(hint))
    whole = f"{text}\n"
    telling = [whole[start : whole.index("\n", start)] for start in sorted(starts)]
    if len(_silent) < MAX_SILENT:
        _silent.update([line for line in unknown if len(line) <= MAX_KEPT and line not in telling])
    return telling


def _resolved(project: Project) -> Iterator[str]:
    for service in project.services.values():
        for name, variable in service.environment.items():
            value = variable.value
            if not value:
                continue
            if is_secret(name) and not name.endswith("_FILE"):
                yield value
                yield from value.splitlines()
            elif "@" in value and "://" in value:
                yield from re.findall(_LOGIN, value[:MAX_LINE_CHARACTERS])


@remembered
def _in_line(line: str) -> tuple[str, ...]:
    """Return the value of a line like `MYSQL_PASSWORD: x`, and the passwords of addresses."""
    logins = tuple(re.findall(_LOGIN, line)) if "@" in line and "://" in line else ()
    text = line.strip().removeprefix("- ").lstrip(" \"'").removeprefix("export ")
    end = min((at for sign in ":=" if (at := text.find(sign)) > 0), default=0)
    name = text[:end].strip(" \"'")
    if not re.fullmatch(_NAME, name) or not is_secret(name) or name.endswith("_FILE"):
        return logins
    value = text[end + 1 :].strip()
    if value[:1] not in ("'", '"'):
        value = value.partition(" #")[0].rstrip()
    if " " in value or (value[:1] == "$" and re.fullmatch(_REFERENCE, value)):
        return logins
    return (*logins, value)


def _spellings(value: str, known: str) -> list[tuple[str, _Secret | None]]:
    """Return the spellings of a value that are searched for, each with its secret; None: it says nothing."""
    texts = [text for text in _spelled(value) if MIN_CHARACTERS <= len(text) <= MAX_CHARACTERS]
    return [(text, _Secret(text) if _is_telling(text, known) else None) for text in dict.fromkeys(texts)]


_kept_spellings = lru_cache(maxsize=MAX_TEXTS)(_spellings)


def _spelled(value: str) -> Iterator[str]:
    """Yield a value as it may be quoted somewhere: without blanks and quotes around it, in quotes, in an address."""
    yield from (value.strip(), value.strip("\"'`,;[]{}()*&!%@$ \t\r\n"))
    if not (value.isalnum() or _UNRESERVED.issuperset(value)):
        from urllib.parse import quote, unquote  # here, because they take a twentieth of a cold `grade`

        escaped = value.replace("\\", "\\\\")
        yield from (escaped.replace('"', '\\"'), escaped.replace("'", "\\'"), value.replace("'", "''"))
        yield from (quote(value, safe=""), unquote(value))


def _pattern(text: str) -> re.Pattern[str]:
    """Find a text of several kinds of letters anywhere, a plain word and a part of a variable's name as a word only."""
    kinds = sum(any(map(is_kind, text)) for is_kind in _KINDS)
    return _word(text, whole=kinds < 2 or len(text) < MIN_MIXED_CHARACTERS or text.lower() in _VARIABLES)


def _word(text: str, *, whole: bool = True) -> re.Pattern[str]:
    body = r"\s+".join(map(re.escape, text.split()))
    return re.compile(rf"(?<!\w){body}(?!\w)" if whole else body, re.IGNORECASE)


def _hide_cut(text: str, words: list[str]) -> str:
    """Hide the beginning of a secret of several words where a long text was cut within it."""
    if text.endswith(CUT):
        for count in range(len(words) - 1, 0, -1):
            beginning = f" {' '.join(words[:count])}{CUT}"
            if text.endswith(beginning):
                return f"{text.removesuffix(beginning)} {MASK}{CUT}"
    return text
