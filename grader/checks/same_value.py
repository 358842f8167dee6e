"""Two services must agree on a value. The second one owns the difference.

Where the other side is missing, this side is judged alone. The name of a MongoDB database must also be one: pymongo
refuses `/`, `\\`, `.`, `"`, `$` and blanks in it, the server more than 63 bytes.
"""

from grader.checks.variable import absent
from grader.findings import Finding, failed, passed
from grader.places import Place, variable_place
from grader.stack import Stack

KIND = "same-value"
PARAMETERS = {"service": str, "variable": str, "other_service": str, "other_variable": str}

MONGODB_DATABASE = "MONGO_INITDB_DATABASE"
BAD_SIGNS = frozenset('/\\. "$')
MAX_NAME_BYTES = 63


def places(*, service: str, variable: str, other_service: str, other_variable: str) -> tuple[Place, ...]:
    """Only its own side."""
    return (variable_place(service, variable),)


def check(stack: Stack, *, service: str, variable: str, other_service: str, other_variable: str) -> Finding:
    """Compare with the other service's text, exactly as both containers get it."""
    found = stack.given(service, variable)
    if found is None:
        return absent(stack, service, variable)
    complaint = _judge_database(found.value or "") if other_variable == MONGODB_DATABASE else None
    if complaint is not None:
        return failed(f"{variable} is {found.value!r}, and {complaint}", at=found.at, actual=found.value)
    other = stack.text(other_service, other_variable)
    if other is not None and other != found.value:
        return failed(
            f"{variable} is {found.value!r}, and {other_variable} of {other_service} says something else",
            at=found.at,
            actual=found.value,
        )
    return passed(at=found.at)


def _judge_database(name: str) -> str | None:
    """Say why MongoDB can have no database of this name."""
    if not BAD_SIGNS.isdisjoint(name):
        sign = next(sign for sign in name if sign in BAD_SIGNS)
        return f"the name of a MongoDB database has no {'blank' if sign == ' ' else sign} in it"
    if len(name.encode("utf-8", "surrogatepass")) > MAX_NAME_BYTES:
        return f"the name of a MongoDB database has at most {MAX_NAME_BYTES} bytes"
    return None
