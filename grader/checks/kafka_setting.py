"""One setting of Kafka with the value that the TASK gives, read as Kafka reads it.

Kafka 3.6: numbers and booleans are trimmed; `01` is 1, `TRUE` is true; `1.0`, `yes` and `1` for a boolean are refused.
"""

from grader.checks.kafka_node_id import read_int
from grader.checks.variable import absent
from grader.findings import Finding, failed, passed
from grader.places import Place, variable_place
from grader.stack import Stack

KIND = "kafka-setting"
PARAMETERS = {"service": str, "variable": str, "equals": object}

BOOLEANS = {"true": True, "false": False}


def places(*, service: str, variable: str, equals: object) -> tuple[Place, ...]:
    """The one variable."""
    return (variable_place(service, variable),)


def check(stack: Stack, *, service: str, variable: str, equals: object) -> Finding:
    """Compare as a boolean, a number or a text, whichever `equals` is."""
    found = stack.given(service, variable)
    if found is None:
        return absent(stack, service, variable)
    text = found.value or ""
    value: object = text.strip()
    if isinstance(equals, bool):
        value = BOOLEANS.get(text.strip().lower())
        noun = "neither true nor false"
    elif isinstance(equals, int):
        value = read_int(text)
        noun = "no whole number"
    if value is None:
        return failed(f"{variable} is {text!r}, which is {noun} for Kafka", at=found.at, actual=text)
    if value != equals:
        return failed(f"{variable} is {text}, and the platform does not work with that", at=found.at, actual=text)
    return passed(at=found.at)
