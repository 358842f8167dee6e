"""Long texts of a student become short ones before anything is searched in them or shown."""

import re

CUT = " ..."
MAX_WORD_CHARACTERS = 100  # longer ones are counted, not shown, where a text is too long
_BLANKS = " \n\t"
_SIGNS_AROUND = "'\"`,.:;()[]{}"


def shorten(text: str, limit: int) -> str:
    """Return at most `limit` characters of a text: without its longest words, then up to the last whole word.

    Half a word could be half an address, and would not show any more that it holds a password.
    """
    if len(text) <= limit:
        return text
    text = re.sub(rf"\S{{{MAX_WORD_CHARACTERS + 1},}}", _counted, text)
    if len(text) <= limit:
        return text
    end = limit - len(CUT)
    if text[end] not in _BLANKS:
        end = max(text.rfind(blank, 0, end) for blank in _BLANKS)
    return text[: max(end, 0)].rstrip() + CUT


def _counted(found: re.Match[str]) -> str:
    """Return how long a word is, with the signs around it."""
    word = found[0]
    core = word.strip(_SIGNS_AROUND) or word
    start = word.index(core)
    return f"{word[:start][-1:]}({len(core)} characters){word[start + len(core) :][:2]}"
