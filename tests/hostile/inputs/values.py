"""Hostile values of variables."""

import re
from collections.abc import Iterator
from functools import partial

from tests.hostile.inputs.pieces import ESCAPED_IN_YAML, SOLUTION, Named, Project, one, with_value

NUMBERS = {
    "an integer of 5,000 digits": "9" * 5_000,
    "an integer of 100,000 digits": "9" * 100_000,
    "a hexadecimal of 5,000 digits": "0x" + "f" * 5_000,
    "a float of 5,000 digits": "1." + "9" * 5_000,
    "a float with a huge exponent": "1e999999999",
    "a float with a tiny exponent": "1e-999999999",
    "100,000 underscores": "1" + "_" * 100_000,
}
PIECES = (
    *(",", ":", "/", "@", "=", ".", "-", "\\", "://", ",a", "a,", "1@k:1,", "A://b:1,", "A:B,", "%41"),
    *("\u00e9", "\u3042", "\u0301", "PASS", "a:b@"),
)
LISTS = (
    "KAFKA_LISTENERS",
    "KAFKA_ADVERTISED_LISTENERS",
    "KAFKA_CONTROLLER_QUORUM_VOTERS",
    "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
    "MONGODB_URL",
    "MYSQL_USER",
)
LARGE_BYTES = 120_000  # a little less than a variable may have


def values() -> Iterator[Named]:
    """Yield solutions with one value that is too large, too often divided, or odd."""
    for name, value in NUMBERS.items():
        yield f"{name} as a variable", partial(_with, "KAFKA_NODE_ID", value)
        yield f"{name} as a port", partial(_with, "MYSQL_PORT", value)
        yield f"{name} in numbers of the skeleton", partial(_in_skeleton, value)
    for number, piece in enumerate(PIECES):
        text = piece * (LARGE_BYTES // len(piece.encode()))
        for name in (LISTS[number % len(LISTS)], LISTS[number // 2 % len(LISTS)], "KAFKA_LISTENERS"):
            yield f"{name} full of {piece!r}", partial(_with, name, f"'{text}'")
    for name in re.findall(r"(?m)^      ([A-Z_]+):", SOLUTION):
        yield f"{name} of {LARGE_BYTES} letters", partial(_with, name, "x" * LARGE_BYTES)
        yield f"{name} with escapes", partial(_with, name, ESCAPED_IN_YAML)
    yield "a variable that is too long", partial(_with, "KAFKA_LISTENERS", "x" * 200_000)


def _with(name: str, value: str) -> Project:
    return one(with_value(name, value))


def _in_skeleton(value: str) -> Project:
    text = SOLUTION.replace("retries: 5", f"retries: {value}").replace('"8000:8000"', value).replace("60s", f"{value}s")
    return one(text)
