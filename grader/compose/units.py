"""Durations, sizes and command lines as the values of a compose file write them.

Compose: go-str2duration 2.1.0, docker/go-units 0.5.0, mattn/go-shellwords 1.0.12.
"""

from functools import lru_cache
from itertools import takewhile

from grader.compose.gotext import quote

MAX_NANOSECONDS = 2**63 - 1
MAX_SIZE_BYTES = 2**63 - 1

_MAX_COUNT = 2**63 - 1  # of one unit

_UNITS = {
    "ns": 1,
    "us": 10**3,
    "µs": 10**3,  # the micro sign
    "μs": 10**3,  # the Greek letter
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
    "d": 24 * 3600 * 10**9,
    "w": 7 * 24 * 3600 * 10**9,
}
_DIGITS = "0123456789"
_SIZES = "kmgtp"


@lru_cache(maxsize=256)
def parse_duration(text: str) -> int:
    """Return the nanoseconds of `1h30m`. Raises `ValueError` with Compose's message."""
    rest = text[1:] if text[:1] in ("+", "-") else text
    if rest == "0":
        return 0
    total = 0
    if not rest:
        raise ValueError(f'time: invalid duration "{text}"')
    while rest:
        whole, rest = _digits(rest)
        fraction, rest = _digits(rest[1:]) if rest[:1] == "." else ("", rest)
        if not (whole or fraction) or len(whole.lstrip("0")) > 19 or int(whole or 0) > _MAX_COUNT:
            raise ValueError(f'time: invalid duration "{text}"')
        unit = "".join(takewhile(lambda sign: sign != "." and sign not in _DIGITS, rest))
        rest = rest[len(unit) :]
        if not unit:
            raise ValueError(f'time: missing unit in duration "{text}"')
        if unit not in _UNITS:
            raise ValueError(f'time: unknown unit "{unit}" in duration "{text}"')
        scale = _UNITS[unit]
        digits = fraction[:18]
        total += int(whole or "0") * scale + (int(digits) * scale // 10 ** len(digits) if digits else 0)
        if total > MAX_NANOSECONDS:
            raise ValueError(f'time: invalid duration "{text}"')
    return -total if text[0] == "-" else total


def _digits(text: str) -> tuple[str, str]:
    """Return the digits that a text begins with, and what follows them."""
    rest = text.lstrip(_DIGITS)
    return text[: len(text) - len(rest)], rest


@lru_cache(maxsize=256)
def duration_text(nanoseconds: int) -> str:
    """Return a duration as Go prints it: `1m30s`, `1.5s`, `250ms`."""
    if not nanoseconds:
        return "0s"
    sign, rest = ("-", -nanoseconds) if nanoseconds < 0 else ("", nanoseconds)
    for unit in ("ns", "µs", "ms"):
        if rest < _UNITS[unit] * 1000:
            return f"{sign}{_decimal(rest, _UNITS[unit])}{unit}"
    hours, rest = divmod(rest, _UNITS["h"])
    minutes, rest = divmod(rest, _UNITS["m"])
    text = f"{_decimal(rest, _UNITS['s'])}s"
    if hours:
        return f"{sign}{hours}h{minutes}m{text}"
    return f"{sign}{minutes}m{text}" if minutes else sign + text


def _decimal(value: int, scale: int) -> str:
    whole, rest = divmod(value, scale)
    fraction = f"{rest:0{len(str(scale)) - 1}d}".rstrip("0") if rest else ""
    return f"{whole}.{fraction}" if fraction else str(whole)


def parse_size(text: str) -> int:
    """Return the bytes of `64M`. Raises `ValueError` with Compose's message."""
    at = max((index for index, character in enumerate(text) if character in "0123456789. "), default=-1)
    if at < 0:
        raise ValueError(f"invalid size: '{text}'")
    number, suffix = text[: at if text[at] == " " else at + 1], text[at + 1 :].lower()
    try:
        if number != number.strip() or "_" in number:
            raise ValueError
        size = float(number)
    except ValueError:
        raise ValueError(f"strconv.ParseFloat: parsing {quote(number)}: invalid syntax") from None
    if size < 0:
        raise ValueError(f"invalid size: '{text}'")
    if size == float("inf"):
        raise ValueError(f"strconv.ParseFloat: parsing {quote(number)}: value out of range")
    if not suffix or suffix == "b":
        return int(size)
    if len(suffix) > 3 or suffix[0] not in _SIZES or suffix[1:] not in ("", "b", "ib"):
        raise ValueError(f"invalid suffix: '{suffix if len(suffix) <= 3 else text[at + 1 :]}'")
    return int(min(size * 1024 ** (_SIZES.index(suffix[0]) + 1), MAX_SIZE_BYTES))


def split_command(text: str) -> list[str]:
    """Return the words of a command line; what follows `;`, `&`, `|`, `<` or `>` is left out, as Compose does.

    Raises `ValueError` with Compose's message for quotes and brackets that are not closed.
    """
    words: list[str] = []
    word, begun, escaped = "", False, False
    inside = ""  # the quote or bracket that is open
    for character in text:
        if escaped:
            word += {"t": "\t", "n": "\n"}.get(character, character)
            begun, escaped = True, False
        elif character == "\\":
            escaped = inside != "'"
            word += "" if escaped else character
        elif character in " \t\r\n":
            if inside:
                word += character
            elif begun:
                words.append(word)
                word, begun = "", False
        elif character in "\"'" and inside in ("", character, "`"):
            inside = "" if inside == character else character
            begun = begun or not inside
        elif character in ";&|<>" and not inside:
            if character == ">" and word[:1].isdigit():
                begun = False
            break
        else:
            inside = _bracket(character, inside, word)
            word += character
            begun = True
    if begun:
        words.append(word)
    if escaped or inside:
        raise ValueError("invalid command line string")
    return words


def _bracket(character: str, inside: str, word: str) -> str:
    """Return which bracket is open behind a character."""
    if character == "`" and inside in ("", "`"):
        return "" if inside else "`"
    if character == ")" and inside in ("", ")"):
        return "" if inside else ")"
    if character == "(" and inside in ("", ")"):
        if inside or not word.endswith("$"):
            raise ValueError("invalid command line string")
        return ")"
    return inside
