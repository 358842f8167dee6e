"""Long texts of a student become short ones before anything is searched in them or shown."""

CUT = " ..."
_BLANKS = " \n\t"


def shorten(text: str, limit: int) -> str:
    """Return at most `limit` characters of a text, the last word whole.

    Half a word could be half an address, and would not show any more that it holds a password.
    """
    if len(text) <= limit:
        return text
    end = limit - len(CUT)
    if text[end] not in _BLANKS:
        end = max(text.rfind(blank, 0, end) for blank in _BLANKS)
    return text[: max(end, 0)].rstrip() + CUT
