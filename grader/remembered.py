"""What short texts mean, kept: submissions write the same host names, listeners and numbers again and again."""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import TypeVar

MAX_CHARACTERS = 200  # longer texts are not kept: a hostile one may have half a megabyte
MAX_TEXTS = 256

MAX_KEY_CHARACTERS = 8000  # of a key that is more than a text

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")


def remembered(read: Callable[[str], Result]) -> Callable[[str], Result]:
    """Keep the last results of a function whose result depends on its text alone. Nobody may change a result."""
    known = lru_cache(maxsize=MAX_TEXTS)(read)

    @wraps(read)
    def ask(text: str) -> Result:
        return known(text) if len(text) <= MAX_CHARACTERS else read(text)

    return ask


def _written_size(key: object) -> int:
    return len(repr(key))


def keeping(
    read: Callable[[Key], Result], most: int, size: Callable[[Key], int] = _written_size
) -> Callable[[Key], Result]:
    """Keep what a function makes of keys that are more than a text, the last `most` results.

    The result must depend on its key alone, and nobody may change one. What is made of a long key is not kept; `size`
    counts its characters, which only who asks for something new pays for.
    """
    known: dict[Key, Result] = {}

    def ask(key: Key) -> Result:
        found = known.get(key)
        if found is not None:
            return found
        found = read(key)
        if size(key) <= MAX_KEY_CHARACTERS:
            if len(known) >= most:
                del known[next(iter(known))]
            known[key] = found
        return found

    return ask
