"""The consumer logs in to MySQL with what the server's first start makes.

Where the server's side is missing, or lost for its own fault, this side is judged alone.
"""

from grader.checks.mysql_account import VARIABLES
from grader.checks.variable import absent
from grader.findings import Finding, failed, passed
from grader.places import Place, variable_place
from grader.stack import Stack

KIND = "mysql-login"
PARAMETERS = {"service": str, "part": str, "server": str}

NOUNS = {"user": "user name", "password": "password", "database": "database"}
ROOT = "root"


def places(*, service: str, part: str, server: str) -> tuple[Place, ...]:
    """Only its own side."""
    return (variable_place(service, VARIABLES[part]),)


def check(stack: Stack, *, service: str, part: str, server: str) -> Finding:
    """Compare with the server's text as it arrives there.

    MySQL Connector/Python takes blanks around user and database away, and MySQL those around the user that it makes.
    """
    variable = VARIABLES[part]
    found = stack.given(service, variable)
    if found is None:
        return absent(stack, service, variable)
    text, theirs = found.value, stack.text(server, variable)
    if part != "password" and text is not None:
        text = text.strip()
    if part == "user" and theirs is not None:
        theirs = theirs.strip()
    if theirs is not None and text == theirs:
        return passed(at=found.at)
    if part == "user" and text == ROOT:
        return failed(
            f"The service {service} logs in as root: the TASK asks for the user that {server} makes", at=found.at
        )
    if theirs is None or stack.is_lost(server, variable):
        return passed(at=found.at)
    if part == "password" and _is_roots(stack, service, server, text):
        return passed(at=found.at)
    return failed(f"the {NOUNS[part]} here is not the one that {server} is given in {variable}", at=found.at)


def _is_roots(stack: Stack, service: str, server: str, text: str | None) -> bool:
    """Root's password is right for who logs in as root: that log-in is the fault of the user name."""
    return stack.text(service, "MYSQL_USER") == ROOT and text == stack.text(server, "MYSQL_ROOT_PASSWORD")
