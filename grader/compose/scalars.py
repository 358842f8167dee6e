"""Scalars of YAML as go-yaml v3 types them, and their text as Go prints it.

Compose: go-yaml 3.0.4, `resolve`; YAML 1.1 and 1.2 mixed (`010` is 8, `0o17` is 15, `yes` is text). The first character
decides which rules can apply at all, so most texts are settled before any pattern is tried.
"""

import re

from grader.compose.gotext import float_text
from grader.compose.timestamps import Timestamp, read_timestamp

MAX_INT = 2**63 - 1
MAX_UINT = 2**64 - 1

_LONG_TAG = "tag:yaml.org,2002:"
_KNOWN_TAGS = frozenset(("!!str", "!!bool", "!!int", "!!float", "!!null", "!!timestamp"))

_WORDS: dict[str, bool | float | None] = {
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    ".nan": float("nan"), ".NaN": float("nan"), ".NAN": float("nan"),
    ".inf": float("inf"), ".Inf": float("inf"), ".INF": float("inf"),
    "+.inf": float("inf"), "+.Inf": float("inf"), "+.INF": float("inf"),
    "-.inf": float("-inf"), "-.Inf": float("-inf"), "-.INF": float("-inf"),
}  # fmt: skip

_FIRST_OF_WORD = frozenset("tTfFnN~")
_FIRST_OF_NUMBER = frozenset("+-0123456789")

# a plain scalar that begins with another sign is a text
FIRST_OF_OTHERS = _FIRST_OF_WORD | _FIRST_OF_NUMBER | frozenset(".")

_DIGITS = {2: "01", 8: "01234567", 10: "0123456789", 16: "0123456789abcdefABCDEF"}
_PREFIXES = {"0x": 16, "0X": 16, "0o": 8, "0O": 8, "0b": 2, "0B": 2}
_MOST_DIGITS = {2: 64, 8: 22, 10: 20, 16: 16}  # a number with more of them is out of range without reading it
_SIGNS_OF_FLOAT = "0123456789+-.eE_"
# compiled when they are needed: every start of `grade` would pay for them
_FLOAT = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
_POINT_FLOAT = r"\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?"  # begins with the point
_BASE64 = r"[A-Za-z0-9+/]*={0,2}"

Value = str | int | float | bool | None | Timestamp


class TagMismatch(Exception):
    """A scalar is not what its tag says; the text is go-yaml's."""


def resolve(text: str, *, plain: bool, tag: str | None) -> Value:
    """Return the value of a scalar: `plain` if it is written without quotes, `tag` as the parser gives it.

    Raises `TagMismatch`.
    """
    if tag is None or tag == "!":
        return _plain(text, dated=True) if plain else text
    tag = short_tag(tag)
    if tag == "!!binary":
        return _binary(text)
    if tag not in _KNOWN_TAGS or tag == "!!str":
        return text
    value = _plain(text, dated=tag == "!!timestamp")
    found = _tag_of(value)
    if found == tag:
        return value
    if tag == "!!float" and isinstance(value, int) and found == "!!int" and value <= MAX_INT:
        return float(value)
    raise TagMismatch(f"cannot decode {found} `{text}` as a {tag}")


def to_text(value: Value) -> str:
    """Return the text of a value as Go prints it; null is `<nil>`."""
    if isinstance(value, str):
        return value
    if value is None:
        return "<nil>"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return float_text(value)
    return str(value)


def go_type(value: Value) -> str:
    """Return the name of a value's type as Go's messages spell it."""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int" if value <= MAX_INT else "uint64"
    if isinstance(value, float):
        return "float64"
    if value is None:
        return "<nil>"
    return "time.Time" if isinstance(value, Timestamp) else "string"


def short_tag(tag: str) -> str:
    """Return a tag as messages spell it: `!!str`."""
    return "!!" + tag[len(_LONG_TAG) :] if tag.startswith(_LONG_TAG) else tag


def tag_of(text: str) -> str:
    """Return the tag of a plain scalar."""
    return _tag_of(_plain(text, dated=True))


def _tag_of(value: Value) -> str:
    if value is None:
        return "!!null"
    if isinstance(value, bool):
        return "!!bool"
    if isinstance(value, int):
        return "!!int"
    if isinstance(value, float):
        return "!!float"
    return "!!timestamp" if isinstance(value, Timestamp) else "!!str"


def _binary(text: str) -> str:
    from binascii import a2b_base64  # a library that is loaded from disk, for what no compose file has

    data = text.replace("\r", "").replace("\n", "")
    if len(data) % 4 or not re.fullmatch(_BASE64, data):
        raise TagMismatch("!!binary value contains invalid base64 data")
    # Every byte that is no UTF-8 becomes one replacement character, as in Go's JSON.
    return re.sub("[\udc80-\udcff]", "\ufffd", a2b_base64(data).decode("utf-8", "surrogateescape"))


def _plain(text: str, *, dated: bool) -> Value:
    if not text:
        return None
    first = text[0]
    if first in _FIRST_OF_NUMBER:
        return _number(text, dated=dated)
    if first in _FIRST_OF_WORD:
        return _WORDS.get(text, text)
    if first == ".":
        if text in _WORDS:
            return _WORDS[text]
        value = _float(text, _POINT_FLOAT)
        return text if value is None else value
    return text


def _number(text: str, *, dated: bool) -> Value:
    if text in _WORDS:
        return _WORDS[text]
    if dated and text[4:5] == "-":
        timestamp = read_timestamp(text)
        if timestamp is not None:
            return timestamp
    digits = text.replace("_", "")
    integer = _integer(digits)
    if integer is not None:
        return integer
    number = _float(digits, _FLOAT)
    if number is not None:
        return number
    integer = _signed_inside(digits)
    return text if integer is None else integer


def _integer(digits: str) -> int | None:
    """Read an integer with Go's prefixes; None if it is none or out of range."""
    unsigned = digits[1:] if digits[0] in "+-" else digits
    base = _PREFIXES.get(unsigned[:2])
    if base is not None:
        value = _in_base(unsigned[2:], base)
    elif unsigned[:1] == "0" and len(unsigned) > 1:
        value = _in_base(unsigned[1:], 8)
    else:
        value = _in_base(unsigned, 10)
    if value is None:
        return None
    if digits[0] == "-":
        return -value if value <= MAX_INT + 1 else None
    return value if value <= (MAX_INT if digits[0] == "+" else MAX_UINT) else None


def _in_base(digits: str, base: int) -> int | None:
    if not digits or digits.strip(_DIGITS[base]):
        return None
    significant = digits.lstrip("0")
    if len(significant) > _MOST_DIGITS[base]:
        return None
    return int(significant or "0", base)


def _signed_inside(digits: str) -> int | None:
    """Read `0b-1`, `0o+7` and their like: go-yaml hands on what follows the prefix, its sign included."""
    negative = digits[0] == "-"
    unsigned = digits[1:] if negative else digits
    base = {"0b": 2, "0o": 8}.get(unsigned[:2])
    inside = unsigned[2:3]
    if base is None or negative or inside not in ("+", "-"):
        return None
    value = _in_base(unsigned[3:], base)
    if value is None:
        return None
    value = -value if inside == "-" else value
    return value if -MAX_INT - 1 <= value <= MAX_INT else None


def _float(text: str, pattern: str) -> float | None:
    if text.strip(_SIGNS_OF_FLOAT) or not re.fullmatch(pattern, text):
        return None
    value = float(text)
    return None if value in (float("inf"), float("-inf")) else value
