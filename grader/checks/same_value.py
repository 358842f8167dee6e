"""Two services must agree on a value. The second one owns the difference.

Where the other side is missing, this side is judged alone.
"""

from grader.checks.places import Place, variable_place
from grader.checks.variable import absent
from grader.findings import Finding, failed, passed
from grader.stack import Stack

KIND = "same-value"
PARAMETERS = {"service": str, "variable": str, "other_service": str, "other_variable": str}


def places(*, service: str, variable: str, other_service: str, other_variable: str) -> tuple[Place, ...]:
    """Only its own side."""
    return (variable_place(service, variable),)


def check(stack: Stack, *, service: str, variable: str, other_service: str, other_variable: str) -> Finding:
    """Compare with the other service's text, exactly as both containers get it."""
    found = stack.given(service, variable)
    if found is None:
        return absent(stack, service, variable)
    other = stack.text(other_service, other_variable)
    if other is not None and other != found.value:
        return failed(
            f"{variable} is {found.value!r}, and {other_variable} of {other_service} says something else",
            at=found.marks,
            actual=found.value,
        )
    return passed(at=found.marks)
