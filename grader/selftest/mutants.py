"""Single faults, made from the solution. Each must cost exactly the check that owns it.

`wrong_values` lists, for every kind that judges one variable, texts that are wrong for it.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from grader.exercise import Check
from grader.rubric import Rubric
from grader.selftest.edits import Solution
from grader.selftest.mutated_files import FILE_MUTANTS
from grader.selftest.mutated_kafka import KAFKA_VALUES

Values = Callable[[Solution, Check], Iterator[str]]


class Mutant(NamedTuple):
    """One faulty text and the id of the check that must be lost for it."""

    title: str
    text: str
    owner: str


def mutants(solution: Solution, rubric: Rubric) -> Iterator[Mutant]:
    """Generate all single faults that the kinds of the rubric know."""
    for check in rubric.checks():
        variable = _variable_of(rubric, check)
        if variable is not None:
            yield from _variable_mutants(solution, check, variable)
        for title, text in FILE_MUTANTS.get(check.kind, _nothing)(solution, check):
            yield Mutant(f"{check.id}: {title}", text, check.id)


def _variable_of(rubric: Rubric, check: Check) -> str | None:
    return next((place[3] for place in rubric.places[check.id] if place[2] == "environment"), None)


def _variable_mutants(solution: Solution, check: Check, variable: str) -> Iterator[Mutant]:
    service = check.service or ""
    yield Mutant(f"{check.id}: {variable} left out", solution.without_variable(service, variable), check.id)
    yield Mutant(f"{check.id}: {variable} empty", solution.with_variable(service, variable, ""), check.id)
    for value in WRONG_VALUES.get(check.kind, _no_values)(solution, check):
        text = solution.with_variable(service, variable, value)
        yield Mutant(f"{check.id}: {variable} is {value!r}", text, check.id)


def _nothing(solution: Solution, check: Check) -> Iterator[tuple[str, str]]:
    yield from ()


def _no_values(solution: Solution, check: Check) -> Iterator[str]:
    yield from ()


def _same_value(solution: Solution, check: Check) -> Iterator[str]:
    value = solution.value(check.service or "", check.parameters["variable"]) or ""
    yield value + "x"
    yield value.upper() if value != value.upper() else value.lower()


def _service_host(solution: Solution, check: Check) -> Iterator[str]:
    yield "localhost"
    yield "nosuchhost"
    yield f"{check.parameters['server']}:1"


def _port_number(solution: Solution, check: Check) -> Iterator[str]:
    yield str(check.parameters["equals"] + 1)
    yield "port"


def _mongodb_url(solution: Solution, check: Check) -> Iterator[str]:
    server, port = check.parameters["server"], check.parameters["port"]
    yield f"mongodb://localhost:{port}"
    yield f"mongodb://{server}:{port + 1}"
    yield f"http://{server}:{port}"
    yield f"mongodb://user:secret@{server}:{port}"
    yield f"{server}:{port}"


def _kafka_bootstrap(solution: Solution, check: Check) -> Iterator[str]:
    broker, port = check.parameters["broker"], check.parameters["port"]
    yield f"localhost:{port}"
    yield f"nosuchhost:{port}"
    yield f"{broker}:{port + 1}"
    yield f"http://{broker}:{port}"


def _mysql_account(solution: Solution, check: Check) -> Iterator[str]:
    part = check.parameters["part"]
    if part == "user":
        yield "root"
        yield "u" * 33
        yield "o'hara"
    elif part == "database":
        yield "d" * 65
        yield "data`base"
    else:
        yield "it's"


def _mysql_login(solution: Solution, check: Check) -> Iterator[str]:
    from grader.checks.mysql_account import VARIABLES

    yield (solution.value(check.service or "", VARIABLES[check.parameters["part"]]) or "") + "x"
    if check.parameters["part"] == "user":
        yield "root"


WRONG_VALUES: dict[str, Values] = {
    "same-value": _same_value,
    "service-host": _service_host,
    "port-number": _port_number,
    "mongodb-url": _mongodb_url,
    "kafka-bootstrap": _kafka_bootstrap,
    "mysql-account": _mysql_account,
    "mysql-login": _mysql_login,
    **KAFKA_VALUES,
}
