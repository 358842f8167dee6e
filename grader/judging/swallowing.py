"""A list item at the wrong depth is text for YAML: the entry above it swallows it, and everything behind it.

The entry that swallowed others is the one that is wrong; what it has swallowed waits for it.
"""

from collections.abc import Mapping, Sequence

from grader.compose.model import Loaded
from grader.findings import failed, skipped
from grader.judging.state import Judging

# one of them stands in a text that holds the line of another variable
SETS = "="
ITEM = " - "

Swallowed = Mapping[tuple[str, str], list[str]]


def find_swallowed(loaded: Loaded, asked: Mapping[str, Sequence[str]]) -> Swallowed:
    """Map (service, variable) to the asked variables whose lines its text holds."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, service in loaded.project.services.items():
        absent = asked.get(name, ())
        if service.environment.keys() >= set(absent):
            continue
        absent = [variable for variable in absent if variable not in service.environment]
        for variable in service.environment.values():
            text = variable.value or ""
            if SETS in text or ITEM in text:
                names = [other for other in absent if other in text and _holds(text, other)]
                if names:
                    found[name, variable.name] = names
    return found


def without_swallowing(loaded: Loaded, swallowed: Swallowed) -> Loaded:
    """Leave out the variables that have swallowed others: the rest judges as if they were absent."""
    if not swallowed:
        return loaded
    services = {
        name: service.with_environment(
            {key: found for key, found in service.environment.items() if (name, key) not in swallowed}
        )
        for name, service in loaded.project.services.items()
    }
    return loaded._replace(project=loaded.project.with_services(services))


def charge_swallowing(judging: Judging, loaded: Loaded, swallowed: Swallowed) -> None:
    """Charge the entry that swallowed others; `loaded` still has it."""
    for (name, variable), names in swallowed.items():
        own = judging.rubric.owners.get(("services", name, "environment", variable))
        waiting = [judging.rubric.owners[("services", name, "environment", other)] for other in names]
        first, rest = (own, waiting) if own is not None else (waiting[0], waiting[1:])
        at = loaded.project.services[name].environment[variable].marks
        message = f"the text of {variable} goes on over the line of another variable: look at the indentation"
        judging.findings[first.id] = failed(message, at=at)
        for check in rest:
            judging.findings[check.id] = skipped(first.id, f"{variable} has swallowed its line", at=at.written)


def _holds(text: str, variable: str) -> bool:
    return f"{variable}{SETS}" in text or f"{ITEM}{variable} " in f"{text} "
