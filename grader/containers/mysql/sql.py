"""Texts as they end up in the SQL of the start script, which puts them between quotes without escaping.

MySQL 8.0: string literals, identifiers between back-quotes, option files.
"""

MAX_USER_CHARACTERS = 32
MAX_NAME_CHARACTERS = 64
MAX_PASSWORD_BYTES = 256

_SQL_ESCAPES = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a", "%": "\\%", "_": "\\_"}
_OPTION_ESCAPES = {"n": "\n", "t": "\t", "b": "\b", "r": "\r", "s": " ", '"': '"', "'": "'", "\\": "\\"}


def literal(text: str) -> str | None:
    """Return what MySQL understands by a text between single quotes; None if the text breaks out of them."""
    if "'" not in text and "\\" not in text:
        return text
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
    """Return what the client reads for a text that the script puts between double quotes into an option file.

    MySQL: a `#` outside of quotes begins a comment, and quotes inside the text open and close them; of the escapes
    fewer are known than in SQL, and unknown ones stay as they are.
    """
    if "\\" not in text and '"' not in text and "'" not in text:
        return text
    text = _before_comment(f'"{text}"')
    if len(text) > 1 and text[0] == text[-1]:
        text = text[1:-1]
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


def _before_comment(text: str) -> str:
    quote = ""
    escaped = False
    for at, sign in enumerate(text):
        if sign in "\"'" and not escaped:
            quote = sign if not quote else "" if quote == sign else quote
        if sign == "#" and not quote:
            return text[:at].rstrip()
        escaped = bool(quote) and sign == "\\" and not escaped
    return text
