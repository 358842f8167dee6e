"""Kafka's first look at its properties: types and bounds.

Kafka 3.6: `ConfigDef.parseType` and the validators of `KafkaConfig.configDef`.
"""

from functools import lru_cache

from grader.containers.kafka.definitions import (
    CHOICES,
    FIRST_KRAFT_VERSION,
    RELEASES,
    VERSIONS,
    Definition,
    definition,
)
from grader.containers.kafka.java import LONG_BITS, SHORT_BITS, parse_double, parse_integer, split_list, trim
from grader.remembered import MAX_CHARACTERS, MAX_TEXTS

Value = str | int | float | bool | list[str]

BITS = {"INT": 32, "SHORT": SHORT_BITS, "LONG": LONG_BITS}
BOOLEANS = {"true": True, "false": False}

# A class is found if it is in the jars of the image; only those of Kafka and Java are.
_KNOWN_PACKAGES = ("org.apache.kafka.", "kafka.", "java.", "javax.")


class Invalid(Exception):
    """A text that Kafka refuses; `rule` is `type`, `bounds` or `choice`, `reason` Kafka's reason."""

    def __init__(self, rule: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.rule = rule
        self.value = value
        self.reason = reason


def parse(name: str, definition: Definition, written: str) -> Value:
    """Return the value of a property. Raises `Invalid`."""
    value = _typed(definition.type, written)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        _check_bounds(definition, value)
    choices = CHOICES.get(name)
    if choices is not None:
        for text in value if isinstance(value, list) else (value,):
            if text not in choices:
                raise Invalid("choice", str(text), "String must be one of: " + ", ".join(choices))
    if definition.rule == "nonempty" and not value:
        raise Invalid("choice", "", "String must be non-empty")
    if definition.rule == "version" and isinstance(value, str) and version_of(value) is None:
        raise Invalid("choice", value, f"Version {value} is not a valid version")
    return value


def read(name: str, written: str) -> Value | None:
    """Return the value of a property, None if Kafka does not know it. Raises `Invalid`. Nobody may change a list."""
    return _read_short(name, written) if len(name) + len(written) <= MAX_CHARACTERS else _read(name, written)


def _read(name: str, written: str) -> Value | None:
    known = definition(name)
    return None if known is None else parse(name, known, written)


_read_short = lru_cache(maxsize=MAX_TEXTS)(_read)  # submissions write the same texts again and again


def version_of(text: str) -> str | None:
    """Return the full name of a version, None if there is none (Kafka: `MetadataVersion.fromVersionString`)."""
    parts = text.split(".")
    key = ".".join(parts[: 3 if text.startswith("0.") else 2])
    return RELEASES.get(key) or (key if key in VERSIONS else None)


def supports_kraft(version: str) -> bool:
    """Tell whether a full version name is one that KRaft can run with."""
    return VERSIONS.index(version) >= VERSIONS.index(FIRST_KRAFT_VERSION)


def _typed(kind: str, written: str) -> Value:
    text = trim(written)
    if kind in BITS:
        number = parse_integer(text, BITS[kind])
        if number is None:
            raise Invalid("type", written, f"Not a number of type {kind}")
        return number
    if kind == "DOUBLE":
        double = parse_double(text)
        if double is None:
            raise Invalid("type", written, f"Not a number of type {kind}")
        return double
    if kind == "BOOLEAN":
        boolean = BOOLEANS.get(text.lower())
        if boolean is None:
            raise Invalid("type", written, "Expected value to be either true or false")
        return boolean
    if kind == "LIST":
        return split_list(text)
    if kind == "CLASS" and not text.startswith(_KNOWN_PACKAGES):
        raise Invalid("type", written, f"Class {written} could not be found.")
    return text


def _check_bounds(definition: Definition, value: float) -> None:
    shown = _java(value)
    if definition.minimum is not None and value < definition.minimum:
        raise Invalid("bounds", shown, f"Value must be at least {definition.minimum:g}")
    if definition.maximum is not None and value > definition.maximum:
        raise Invalid("bounds", shown, f"Value must be no more than {definition.maximum:g}")


def _java(value: float) -> str:
    """Write a number as Java does: with an exponent below 0.001 and from 10,000,000 on."""
    text = repr(value)
    endless = not abs(value) < float("inf")  # NaN too
    if isinstance(value, int) or endless or value == 0 or 1e-3 <= abs(value) < 1e7:
        return text
    mantissa, exponent = "", ""
    for digits in range(17):  # the fewest that mean the same number
        mantissa, _, exponent = f"{value:.{digits}e}".partition("e")
        if float(f"{mantissa}e{exponent}") == value:
            break
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}E{int(exponent)}"
