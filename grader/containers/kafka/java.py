"""Texts and numbers as Java reads them, which is how Kafka reads its configuration."""

from grader.remembered import remembered

INT_BITS = 32
SHORT_BITS = 16
LONG_BITS = 64
MAX_DIGITS = 400  # no number of Java needs more; a longer text is refused before Python converts it

# Java: String.trim takes everything up to the blank, the \s of a regular expression only these
_TRIMMED = "".join(map(chr, range(0x21)))
_SPACES = " \t\n\x0b\f\r"
_FLOAT_SIGNS = frozenset("0123456789+-.eE")


def trim(text: str) -> str:
    """Remove blanks and control characters at both ends (Java: `String.trim`)."""
    return text.strip(_TRIMMED)


def split_list(text: str) -> list[str]:
    """Split a trimmed text at commas, blanks around them removed; empty items stay (Kafka: ConfigDef's type LIST)."""
    return [item.strip(_SPACES) for item in text.split(",")] if text else []


def split_csv(text: str) -> list[str]:
    """Split a trimmed text at commas; empty items are dropped (Kafka: `CoreUtils.parseCsvList`)."""
    return [item for item in split_list(text) if item]


def parse_integer(text: str, bits: int = INT_BITS) -> int | None:
    """Read a whole number of `bits` bits (Java: `Integer.parseInt` and its sisters); None if it is none."""
    digits = text[1:] if text[:1] in ("+", "-") else text
    if not digits.isdecimal() or len(digits) > MAX_DIGITS:
        return None
    number = int(text)
    limit = 1 << (bits - 1)
    return number if -limit <= number < limit else None


def parse_double(text: str) -> float | None:
    """Read a floating-point number (Java: `Double.parseDouble`); None if it is none."""
    unsigned = text[1:] if text[:1] in ("+", "-") else text
    if unsigned in ("NaN", "Infinity"):
        return float(text)
    digits = text[:-1] if text[-1:] in ("f", "F", "d", "D") else text
    if not digits or len(digits) > MAX_DIGITS or not _FLOAT_SIGNS.issuperset(digits):
        return None
    try:
        return float(digits)
    except ValueError:
        return None


@remembered
def parse_ipv4(host: str) -> tuple[int, int, int, int] | None:
    """Read an IPv4 address, short forms like `0` and `127.1` included (Java: `InetAddress.getByName`)."""
    if not host[:1].isdigit():
        return None  # most hosts are names
    parts = host.split(".")
    if len(parts) > 4 or not all(part.isascii() and part.isdigit() and len(part) <= 10 for part in parts):
        return None
    numbers = [int(part) for part in parts]
    *first, last = numbers
    rest = 4 - len(first)
    if any(number > 255 for number in first) or last >= 256**rest:
        return None
    octets = [*first, *last.to_bytes(rest, "big")]
    return octets[0], octets[1], octets[2], octets[3]
