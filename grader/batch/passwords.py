"""The passwords of a submission as salted hashes: two that are equal can be seen to be equal, and no more.

A password is what `grader.secrets` takes for one: the value of a variable whose name says so, the log-in of an address,
a line that is written like one of these, and the same text wherever else it stands.
"""

import functools
import hashlib
import re
from collections.abc import Iterator

from grader.grading import read_skeleton
from grader.masking import MASK, is_secret
from grader.rubric import Rubric
from grader.secrets import (
    MAX_CHARACTERS,
    MAX_LINE_CHARACTERS,
    MIN_CHARACTERS,
    Secrets,
    in_line,
    in_variable,
    is_telling,
    spellings,
    words_of_the_exercise,
)
from grader.stack import Stack

SIGN = "#"
HASH_BYTES = 5  # ten digits: among a million passwords two are hardly ever mixed up
MAX_SECRETS = 300  # of one submission
CACHED_LINES = 8192  # of a class: most lines of most files are the same
MAX_CACHED_CHARACTERS = 200  # of a line: longer ones are rare, and would fill the memory

# `://user:password@` and, without a scheme, `user:password@`; `1@kafka:29093,2@kafka2:29093` is none
_LOGIN = re.compile(r"(?P<before>://[^\s/:@]*:)(?P<password>\S*)(?P<after>@)")
_BARE_LOGIN = re.compile(r"(?P<before>(?<![\w.-])[A-Za-z_][\w.-]*:)(?!//)(?P<password>[^\s,;@'\"]+)(?P<after>@)")

is_password_name = functools.lru_cache(maxsize=1024)(is_secret)


@functools.lru_cache(maxsize=64)
def _key(salt: bytes) -> bytes:
    return hashlib.sha256(salt).digest()


def hash_of(text: str, salt: bytes) -> str:
    """Return `#` and a short hash of a password; the same text with the same salt gives the same one."""
    data = text.encode("utf-8", "surrogatepass")
    return SIGN + hashlib.blake2b(data, digest_size=HASH_BYTES, key=_key(salt)).hexdigest()


def hash_logins(text: str, salt: bytes) -> str:
    """Return a text with the passwords of the addresses in it as hashes."""
    if "@" not in text or ":" not in text:
        return text

    def hashed(found: re.Match[str]) -> str:
        password = found["password"]
        return found["before"] + (password if password.startswith(SIGN) else hash_of(password, salt)) + found["after"]

    return _BARE_LOGIN.sub(hashed, _LOGIN.sub(hashed, text))


class Passwords:
    """The passwords of one submission: what must not be read in any text about it."""

    __slots__ = ("_first_words", "_rubric", "_salt", "_secrets", "_stack")

    def __init__(self, stack: Stack, rubric: Rubric, salt: bytes) -> None:
        self._stack = stack
        self._rubric = rubric
        self._salt = salt
        self._secrets: Secrets | None = None
        self._first_words = _first_words(stack)

    def are_in(self, low: str) -> bool:
        """Tell whether a password may stand in a text (in small letters): a quick look that misses none."""
        return any(word in low and _is_telling(text, self._rubric) for word, text in self._first_words)

    def hide(self, text: str) -> str:
        """Return a text without passwords: a hash where the whole text is one, else `***` in their places."""
        if not self.are_in(text.lower()):
            return text
        if self._secrets is None:
            self._secrets = Secrets(self._stack.loaded, self._rubric, read_skeleton(self._rubric.skeleton))
        hidden = self._secrets.hide(text)
        return hash_of(text.strip(), self._salt) if hidden.strip() == MASK else hidden


def _first_words(stack: Stack) -> set[tuple[str, str]]:
    """Return the first word of every password, in small letters, and the password."""
    found: set[tuple[str, str]] = set()
    for value in set(_values(stack)):
        found.update(_words(value) if len(value) <= MAX_CACHED_CHARACTERS else _words.__wrapped__(value))
        if len(found) >= MAX_SECRETS:
            break
    return found


def _values(stack: Stack) -> Iterator[str]:
    """Yield all passwords as they are read and written; the lines that a class shares are looked at once."""
    for service in stack.project.services.values():
        for name, variable in service.environment.items():
            value = variable.value
            if value and (is_password_name(name) or "://" in value):
                yield from (
                    _in_variable(name, value) if len(value) <= MAX_CACHED_CHARACTERS else in_variable(name, value)
                )
    for lines in stack.loaded.texts.values():
        long = len(max(lines, key=len, default="")) > MAX_CACHED_CHARACTERS
        for found in filter(None, map(_in_any_line if long else _in_line, lines)):
            yield from found


@functools.lru_cache(maxsize=1024)
def _in_variable(name: str, value: str) -> tuple[str, ...]:
    return tuple(in_variable(name, value))


@functools.lru_cache(maxsize=CACHED_LINES)
def _in_line(line: str) -> tuple[str, ...]:
    # a quick look: nearly all lines are `KEY: value` with a key that is looked up, not searched
    head = line.partition(":")[0].partition("=")[0]
    if "://" not in line and head[-1:].isalnum() and not is_password_name(head):
        return ()
    return tuple(in_line(line))


def _in_any_line(line: str) -> tuple[str, ...]:
    if len(line) <= MAX_CACHED_CHARACTERS:
        return _in_line(line)
    return tuple(in_line(line)) if len(line) <= MAX_LINE_CHARACTERS else ()


@functools.lru_cache(maxsize=1024)
def _words(value: str) -> frozenset[tuple[str, str]]:
    """Return the first word of a password, and the password, in each of its spellings."""
    texts = [text for text in set(spellings(value)) if MIN_CHARACTERS <= len(text) <= MAX_CHARACTERS]
    return frozenset([(text.split(maxsplit=1)[0].lower(), text) for text in texts])


@functools.lru_cache(maxsize=1024)
def _is_telling(text: str, rubric: Rubric) -> bool:
    return is_telling(text, _known_words(rubric))


@functools.lru_cache(maxsize=8)
def _known_words(rubric: Rubric) -> str:
    return words_of_the_exercise(rubric, read_skeleton(rubric.skeleton))
