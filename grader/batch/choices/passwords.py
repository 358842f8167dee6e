"""The passwords of a submission as salted hashes: two that are equal can be seen to be equal, and no more.

A password is what `grader.secrets` takes for one: the value of a variable whose name says so, the log-in of an address,
a line that is written like one of these, and the same text wherever else it stands.
"""

import functools
import hashlib
import re

from grader.masking import MASK
from grader.secrets import Secrets

SIGN = "#"
HASH_BYTES = 5  # ten digits: among a million passwords two are hardly ever mixed up
HASHED = re.compile(rf"{SIGN}[0-9a-f]{{{2 * HASH_BYTES}}}")  # what `hash_of` gives

# `://user:password@` and, without a scheme, `user:password@`; `1@kafka:29093,2@kafka2:29093` is none
_LOGIN = re.compile(r"(?P<before>://[^\s/:@]*:)(?P<password>\S*)(?P<after>@)")
_BARE_LOGIN = re.compile(r"(?P<before>(?<![\w.-])[A-Za-z_][\w.-]*:)(?!//)(?P<password>[^\s,;@'\"]+)(?P<after>@)")


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
        return found["before"] + (password if HASHED.fullmatch(password) else hash_of(password, salt)) + found["after"]

    return _BARE_LOGIN.sub(hashed, _LOGIN.sub(hashed, text))


class Passwords:
    """The passwords of one submission: what must not be read in any text about it."""

    __slots__ = ("_salt", "_secrets")

    def __init__(self, secrets: Secrets, salt: bytes) -> None:
        self._secrets = secrets
        self._salt = salt

    def are_in(self, low: str) -> bool:
        """Tell whether a password may stand in a text (in small letters): a quick look that misses none."""
        return self._secrets.may_be_in(low)

    def hide(self, text: str) -> str:
        """Return a text without passwords: a hash where the whole text is one, else `***` in their places."""
        hidden = self._secrets.hide(text)
        return hash_of(text.strip(), self._salt) if hidden.strip() == MASK else hidden
