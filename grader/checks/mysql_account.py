"""What the first start of the mysql image makes: root's password, the database, the user, the user's password.

MySQL image: values are put into SQL text without escaping, so a quote breaks the first start; names have a greatest
length; `MYSQL_USER=root` is refused; `MYSQL_RANDOM_ROOT_PASSWORD` replaces the written root password.
"""

from grader.checks.variable import absent
from grader.findings import Finding, failed, passed
from grader.places import Place, variable_place
from grader.stack import Stack

KIND = "mysql-account"
PARAMETERS = {"service": str, "part": str}

VARIABLES = {
    "root-password": "MYSQL_ROOT_PASSWORD",
    "database": "MYSQL_DATABASE",
    "user": "MYSQL_USER",
    "password": "MYSQL_PASSWORD",
}


def places(*, service: str, part: str) -> tuple[Place, ...]:
    """The variable of that part."""
    return (variable_place(service, VARIABLES[part]),)


def check(stack: Stack, *, service: str, part: str) -> Finding:
    """Any text is right that the first start can use."""
    variable = VARIABLES[part]
    found = stack.given(service, variable)
    if found is None:
        return absent(stack, service, variable)
    server = stack.containers.mysql
    if server is None:
        return passed(at=found.at)
    for problem in server.problems:
        if problem.variable == variable and problem.rule in OWNED_RULES:
            return failed(problem.explanation, at=found.at, container_message=problem.message)
    if part == "root-password" and server.random_root_password:
        return failed(
            "the image makes a random root password as well, and that one counts: the written one is not the real one",
            at=found.at,
        )
    return passed(at=found.at)


# what is wrong with a text of its own; what is missing elsewhere, or in a file, belongs to other checks
OWNED_RULES = frozenset(
    {
        "user-root",
        "user-too-long",
        "password-too-long",
        "database-too-long",
        "database-name",
        "sql-quote",
        "root-password-backslash",
        "password-escape",
    }
)
