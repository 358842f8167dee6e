"""Texts as they end up in the SQL of the start script, which puts them between quotes without escaping.

MySQL 8.0: string literals, identifiers between back-quotes, option files.
"""

MAX_USER_CHARACTERS = 32
MAX_NAME_CHARACTERS = 64

_SQL_ESCAPES = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a", "%": "\\%", "_": "\\_"}
_OPTION_ESCAPES = {"n": "\n", "t": "\t", "b": "\b", "r": "\r", "s": " ", '"': '"', "'": "'", "\\": "\\"}


def literal(text: str) -> str | None:
    """Return what MySQL understands by a text between single quotes; None if the text breaks out of them."""
    parts: list[str] = []
    at = 0
    while at < len(text):
        sign = text[at]
        following = text[at + 1 : at + 2]
        if (sign == "'" and following != "'") or (sign == "\\" and not following):
            return None
        if sign in "'\\":
            parts.append("'" if sign == "'" else _SQL_ESCAPES.get(following, following))
            at += 2
        else:
            parts.append(sign)
            at += 1
    return "".join(parts)


def identifier(text: str) -> str | None:
    """Return the name that MySQL understands by a text between back-quotes; None if the text breaks out of them."""
    return None if "`" in text.replace("``", "") else text.replace("``", "`")


def option_value(text: str) -> str:
    """Return what the client reads for a text between double quotes in an option file; unknown escapes stay."""
    parts: list[str] = []
    at = 0
    while at < len(text):
        following = text[at + 1 : at + 2]
        if text[at] == "\\" and following in _OPTION_ESCAPES and following:
            parts.append(_OPTION_ESCAPES[following])
            at += 2
        else:
            parts.append(text[at])
            at += 1
    return "".join(parts)
