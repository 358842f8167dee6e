"""Patterns that are compiled when they are first used: a start of `grade` needs few of them, and each takes time."""

import re
from functools import cache


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of ours, kept for the whole process (the library forgets patterns when there are many)."""
    return re.compile(pattern)
