"""Variables that may also be given as a file: `NAME` or `NAME_FILE`, never both.

docker-library (mongo, mysql): `file_env` in the start scripts.
"""

from collections.abc import Iterator

from grader.compose.model import Service, Variable
from grader.containers.disk import mounted_files
from grader.containers.verdict import Problem, Verdict
from grader.light_tuple import NamedTuple

SUFFIX = "_FILE"


class Given(NamedTuple):
    """What a script knows about one variable: its text (empty: absent), or that a file holds it (text None)."""

    name: str
    text: str | None
    variable: Variable | None

    @property
    def there(self) -> bool:
        """Tell whether the script takes it for set: empty is absent, and a file is believed to hold something."""
        return self.text != ""


class Names(NamedTuple):
    """The variables that a script reads in both forms."""

    plain: tuple[str, ...]
    suffixed: frozenset[str]


def both_forms(*names: str) -> Names:
    """Return the names of some variables with those of their files."""
    return Names(names, frozenset([name + SUFFIX for name in names]))


_made = tuple.__new__  # of a named tuple: half the time of its own constructor


def take(service: Service, name: str) -> Given:
    """Read a variable as the script does, where both forms are set the plain one."""
    plain = service.environment.get(name)
    if plain is not None and plain.value:
        return _made(Given, (name, plain.value, plain))
    held = service.environment.get(name + SUFFIX)
    if held is not None and held.value:
        return Given(name, None, held)
    return _made(Given, (name, "", plain if plain is not None and plain.value is not None else None))


def file_problems(service: Service, names: Names, both: str, line: str) -> Iterator[Problem]:
    """Yield what the script stops at.

    `both` is its message for the two forms together, with `{0}` for the variable's name, `line` its place in bash's.
    """
    if names.suffixed.isdisjoint(service.environment):
        return  # as mostly: nothing is given as a file
    for name in names.plain:
        problem = _file_problem(service, name, both, line)
        if problem is not None:
            yield problem


def _file_problem(service: Service, name: str, both: str, line: str) -> Problem | None:
    held = service.environment.get(name + SUFFIX)
    if held is None or not held.value:
        return None
    plain = service.environment.get(name)
    if plain is not None and plain.value:
        explanation = f"{name} and {held.name} are both set, and only one of them may be."
        message = both.format(name)
        return Problem("variable-and-file", Verdict.IMAGE_SCRIPT_EXITS, message, explanation, held.name, held.marks)
    if not mounted_files(service).may_hold(held.value):
        message = f"{line}: {held.value}: No such file or directory"
        explanation = f"{held.name} names a file, and nothing in the container is mounted there."
        return Problem("file-missing", Verdict.IMAGE_SCRIPT_EXITS, message, explanation, held.name, held.marks)
    return None
