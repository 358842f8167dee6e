"""Typing mistakes: which known word was probably meant."""

from collections.abc import Iterable

SIMILARITY = 0.6  # of 1, as difflib counts it


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like `word`, case aside; None if none is near."""
    from difflib import get_close_matches  # only paid for by mistakes

    by_lower = {name.lower(): name for name in known}
    close = get_close_matches(word.lower(), by_lower, n=1, cutoff=SIMILARITY)
    return by_lower[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the question ` Did you mean X?`, or nothing."""
    found = nearest(word, known)
    return f" Did you mean {found}?" if found is not None else ""
