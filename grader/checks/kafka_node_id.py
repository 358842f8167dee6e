"""The id of the node.

Kafka 3.6: `node.id` is an int of at least 0 after trimming; it is copied to `broker.id`, which the messages name.
"""

from grader.checks.variable import absent
from grader.findings import Finding, failed, passed
from grader.places import Place, variable_place
from grader.stack import Stack

KIND = "kafka-node-id"
PARAMETERS = {"service": str}

VARIABLE = "KAFKA_NODE_ID"
OLD_VARIABLE = "KAFKA_BROKER_ID"
MAX_INT = 2**31 - 1
MAX_CHARACTERS = 40


def places(*, service: str) -> tuple[Place, ...]:
    """The one variable."""
    return (variable_place(service, VARIABLE),)


def check(stack: Stack, *, service: str) -> Finding:
    """Any good number is right; whether it is among the voters is the voters' matter."""
    found = stack.given(service, VARIABLE)
    if found is None:
        old = stack.given(service, OLD_VARIABLE)
        if old is not None and read_int(old.value or "") is not None:
            return passed(at=old.at)  # the image copies it to node.id
        return absent(stack, service, VARIABLE)
    text = found.value or ""
    number = read_int(text)
    if number is None and read_int(text, maximum=10**MAX_CHARACTERS) is not None:
        return failed(f"{VARIABLE} is larger than Kafka's whole numbers, which end at {MAX_INT}", at=found.at)
    if number is None:
        return failed(f"{VARIABLE} is {text!r}, which is no whole number", at=found.at, actual=text)
    if number < 0:
        return failed(f"{VARIABLE} is negative: Kafka takes that for no id at all", at=found.at)
    return passed(at=found.at)


def read_int(text: str, *, maximum: int = MAX_INT) -> int | None:
    """Read a number as Kafka's ConfigDef does (Java's `parseInt` after trimming); None if it is none."""
    digits = text.strip()
    if len(digits) > MAX_CHARACTERS:
        return None
    unsigned = digits[1:] if digits[:1] in ("+", "-") else digits
    if not (unsigned.isascii() and unsigned.isdigit()):
        return None
    number = int(digits)
    return number if -maximum - 1 <= number <= maximum else None
