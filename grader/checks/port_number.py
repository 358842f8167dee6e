"""A port, as the number that the TASK gives."""

from grader.checks.variable import absent
from grader.findings import Finding, failed, passed
from grader.places import Place, variable_place
from grader.stack import Stack

KIND = "port-number"
PARAMETERS = {"service": str, "variable": str, "equals": int}

MAX_PORT_CHARACTERS = 20


def places(*, service: str, variable: str, equals: int) -> tuple[Place, ...]:
    """The one variable."""
    return (variable_place(service, variable),)


def check(stack: Stack, *, service: str, variable: str, equals: int) -> Finding:
    """The platform's code takes nothing but digits, with blanks around them."""
    found = stack.given(service, variable)
    if found is None:
        return absent(stack, service, variable)
    text = found.value or ""
    number = read_number(text.strip())
    if number is None:
        return failed(f"{variable} is {text!r}, which is no port number", at=found.at, actual=text)
    if number != equals:
        return failed(f"nobody listens on port {number} there", at=found.at, expected=str(equals), actual=text)
    return passed(at=found.at)


def read_number(text: str) -> int | None:
    """Read a number of ordinary length that is written in digits alone, None if it is none."""
    if len(text) > MAX_PORT_CHARACTERS or not text.isascii() or not text.isdigit():
        return None
    return int(text)
