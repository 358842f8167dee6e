"""Booleans and numbers that may be written as texts: counts, shares of a processor, file modes.

Compose: compose-go 2.9.1 (`types/`). Each function returns what a value is decoded to and raises `ValueError` with
Compose's message.
"""

import re
from collections.abc import Callable
from typing import Any

from grader.compose.gotext import quote
from grader.compose.govalues import panic, type_name, unconvertible
from grader.compose.scalars import MAX_INT

_DIGITS = "[0-9]+(?:_[0-9]+)*"
_DECIMAL = rf"[-+]?(?:{_DIGITS}(?:\.(?:{_DIGITS})?)?|\.{_DIGITS})(?:[eE][-+]?{_DIGITS})?"
_HEXADECIMAL = r"[-+]?0[xX]_?[0-9a-fA-F]{1,32}(?:\.[0-9a-fA-F]{0,32})?[pP][-+]?[0-9]{1,3}"
_NO_NUMBER = r"(?ai:[-+]?inf(?:inity)?|nan)"

_WORDS = dict.fromkeys(("true", "y", "yes", "on"), True) | dict.fromkeys(("false", "n", "no", "off"), False)


def read_boolean(text: str) -> tuple[bool, str]:
    """Return what a text says, and Compose's warning about a word that YAML 1.2 does not know (empty: none)."""
    value = _WORDS.get(text.lower())
    if value is None:
        raise ValueError(f"invalid boolean: {text}")
    word = "true" if value else "false"
    if text.lower() == word:
        return value, ""
    return value, f"{quote(text)} for boolean is not supported by YAML 1.2, please use `{word}`"


class Panic(ValueError):
    """A value that ends Compose in a panic; the message is its first line."""


def unsigned(bits: int) -> Callable[[Any], Any]:
    """Return a decoder of numbers that must not be negative, and are no text where Compose casts none."""

    def decode(value: Any) -> Any:
        if type(value) is str:
            raise ValueError(f"expected type 'uint{bits}', got unconvertible type 'string'")
        if type(value) in (int, float) and value < 0:
            shown = str(value) if type(value) is int else f"{value:f}".replace("inf", "Inf")
            raise ValueError(f"cannot parse value as 'uint{bits}': {shown} overflows uint")
        return value

    return decode


def parse_int(text: str, *, base: int = 10, function: str = "ParseInt") -> int:
    """Return the 64-bit number of a text as Go's `strconv` reads it."""
    digits = text[1:] if text[:1] in ("+", "-") else text
    if not digits or not set(digits) <= set("0123456789"[:base]):
        raise ValueError(f"strconv.{function}: parsing {quote(text)}: invalid syntax")
    if len(digits.lstrip("0")) > 22 or not -(2**63) <= int(text, base) < 2**63:
        raise ValueError(f"strconv.{function}: parsing {quote(text)}: value out of range")
    return int(text, base)


def parse_float(text: str) -> float:
    """Return the number of a text as Go's `strconv` reads it."""
    bare = text.replace("_", "")
    if re.fullmatch(_DECIMAL, text):
        value = float(bare)
        if value in (float("inf"), float("-inf")):
            raise ValueError(f"strconv.ParseFloat: parsing {quote(text)}: value out of range")
        return value
    if re.fullmatch(_HEXADECIMAL, text):
        return float.fromhex(bare)
    if re.fullmatch(_NO_NUMBER, text):
        return float(text)
    raise ValueError(f"strconv.ParseFloat: parsing {quote(text)}: invalid syntax")


def cpus(value: Any) -> Any:
    """A number of processors: `0.5`, or the same as a text."""
    if type(value) is str:
        return parse_float(value)
    if type(value) is int and value > MAX_INT:
        raise ValueError("unexpected value type uint64 for cpus")
    return value


def no_fraction(value: Any) -> Any:
    """A text, for which a whole number may stand."""
    problem = unconvertible(value)
    if problem:
        raise ValueError(problem)
    return value


def whole(value: Any) -> Any:
    """A number that Compose takes for one without looking."""
    if type(value) is not int or value > MAX_INT:
        raise Panic(panic(value, "int"))
    return value


def device_count(value: Any) -> Any:
    """A number of devices, or `all` of them."""
    if type(value) is str:
        try:
            return -1 if value.lower() == "all" else parse_int(value)
        except ValueError:
            text = f"invalid value {quote(value)}, the only value allowed is 'all' or a number"
            raise ValueError(text) from None
    if type(value) is not int or value > MAX_INT:
        raise ValueError(f"invalid type {type_name(value)} for device count")
    return value


def file_mode(value: Any) -> Any:
    """The mode of a file: a number, or a text of octal digits."""
    if type(value) is str:
        return parse_int(value, base=8)
    if type(value) is not int or value > MAX_INT:
        raise ValueError(f"unexpected value type {type_name(value)} for mode")
    return value
