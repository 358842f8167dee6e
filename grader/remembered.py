"""What short texts mean, kept: submissions write the same host names, listeners and numbers again and again."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

MAX_CHARACTERS = 200  # longer texts are not kept: a hostile one may have half a megabyte
MAX_TEXTS = 256

Result = TypeVar("Result")


def remembered(read: Callable[[str], Result]) -> Callable[[str], Result]:
    """Keep the last results of a function whose result depends on its text alone. Nobody may change a result."""
    known = lru_cache(maxsize=MAX_TEXTS)(read)

    @wraps(read)
    def ask(text: str) -> Result:
        return known(text) if len(text) <= MAX_CHARACTERS else read(text)

    return ask
