"""Typing mistakes: which known word was probably meant."""

from collections.abc import Iterable

SIMILARITY = 0.6  # of 1, as difflib counts it


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like `word`, case aside; None if none is near.

    Of two that are as near the one with the same first letter is meant: `hnit` is `hint`, not `init`.
    """
    from difflib import SequenceMatcher, get_close_matches  # only paid for by mistakes

    typed = word.lower()
    by_lower = {name.lower(): name for name in known}
    close = get_close_matches(typed, by_lower, cutoff=SIMILARITY)

    def likeness(name: str) -> tuple[float, bool]:
        return SequenceMatcher(None, name, typed).ratio(), name[:1] == typed[:1]

    return by_lower[max(close, key=likeness)] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the question ` Did you mean X?`, or nothing."""
    found = nearest(word, known)
    return f" Did you mean {found}?" if found is not None else ""
