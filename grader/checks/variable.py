"""A variable is set to some text. Which one is free.

Compose: `KEY:` and `- KEY` without a value pass a variable through from outside; if nobody sets it there, the container
does not get it. So an empty value counts as absent.
"""

from collections.abc import Mapping
from functools import lru_cache

from grader.compose.marks import Mark, Marks
from grader.compose.model import Variable
from grader.findings import Finding, failed, not_attempted, passed
from grader.places import Place, variable_place
from grader.stack import Stack, environment_place

KIND = "variable"
PARAMETERS = {"service": str, "variable": str}
NOT_SAID = "nothing in the environment of"
MIN_TAIL_CHARACTERS = 6  # NODE_ID stands for KAFKA_NODE_ID, ID for nothing
MAX_KEPT_CHARACTERS = 100  # of a name whose meaning is kept
SIMILARITY = 0.8  # of 1: KAFKA_LISTNERS is near KAFKA_LISTENERS, MYSQL_USER is not near MYSQL_HOST


# What the images and the code of the kit read for certain: no slip, also where a rubric does not ask for it.
READ = {
    "mongodb": frozenset({"MONGO_INITDB_DATABASE", "MONGO_INITDB_ROOT_USERNAME", "MONGO_INITDB_ROOT_PASSWORD"}),
    "app": frozenset({"MONGODB_URL", "DATABASE_NAME", "KAFKA_BOOTSTRAP_SERVERS", "KAFKA_CLIENT_ID"}),
    "mysql": frozenset(
        {"MYSQL_ROOT_PASSWORD", "MYSQL_ROOT_HOST", "MYSQL_DATABASE", "MYSQL_USER", "MYSQL_PASSWORD"},
    ),
    "mysql-service": frozenset(
        {
            *("KAFKA_BOOTSTRAP_SERVERS", "KAFKA_CLIENT_ID", "KAFKA_GROUP_ID"),
            *("MYSQL_HOST", "MYSQL_PORT", "MYSQL_USER", "MYSQL_PASSWORD", "MYSQL_DATABASE"),
        }
    ),
}
READ_SOMEWHERE = frozenset[str]().union(*READ.values())
NOTHING: frozenset[str] = frozenset()


def places(*, service: str, variable: str) -> tuple[Place, ...]:
    """The one variable."""
    return (variable_place(service, variable),)


def check(stack: Stack, *, service: str, variable: str) -> Finding:
    """Any text is right."""
    found = stack.given(service, variable)
    if found is None:
        return absent(stack, service, variable)
    return passed(at=found.at)


def absent(stack: Stack, service: str, variable: str) -> Finding:
    """Say in which way a variable is missing: not there, empty, passed through, or under a misspelt name."""
    here = stack.project.services[service]
    there = here.environment.get(variable)
    if there is not None and there.value is None:
        return failed(
            f"{variable} has no value here, and nothing outside sets it: {service} will not get it", at=there.key
        )
    if there is not None:
        return failed(f"{variable} is empty", at=there.marks)
    slip = find_slip(stack, service, variable)
    if slip is not None:
        return failed(f"The service {service} does not read {slip.name}; did you mean {variable}?", at=_key_marks(slip))
    # not by its name: finding the variable is part of the exercise
    return not_attempted(f"{NOT_SAID} {service} says so yet", at=environment_place(here))


def _key_marks(slip: Variable) -> Marks | Mark:
    """The place of a name; one that came through an anchor or a file names that place as well."""
    return slip.key if slip.marks.written == slip.marks.source else Marks(slip.key, slip.marks.source)


def find_slip(stack: Stack, service: str, variable: str) -> Variable | None:
    """Find a variable whose name is one slip away from `variable` and which no check asks for."""
    slips = stack.slips.get(service)
    if slips is None:
        slips = stack.slips[service] = _slips(stack, service)
    return slips.get(variable)


def _slips(stack: Stack, service: str) -> Mapping[str, Variable]:
    environment = stack.service(service).environment
    asked = stack.asked(service)
    known = _known(service, asked)
    strange = [name for name in environment if name not in known]
    if not strange:
        return {}
    missing = tuple([name for name in asked if name not in environment])
    elsewhere = READ_SOMEWHERE.union(
        place[3] for place in stack.asked_places
    )  # written for another service: hardly a slip
    found: dict[str, Variable] = {}
    for name in sorted(strange, key=lambda name: name in elsewhere):
        meant = nearest_asked(name, missing)
        if meant is not None:
            found.setdefault(meant, environment[name])
    return found


@lru_cache(maxsize=64)  # of the services of a rubric
def _known(service: str, asked: tuple[str, ...]) -> frozenset[str]:
    """Name what a service has a use for: what is asked of it, and what its code reads."""
    return READ.get(service, NOTHING).union(asked)


def nearest_asked(name: str, missing: tuple[str, ...]) -> str | None:
    """Return the asked name that a strange name was probably meant to be."""
    return _kept_nearest(name, missing) if len(name) <= MAX_KEPT_CHARACTERS else _nearest(name, missing)


def _nearest(name: str, missing: tuple[str, ...]) -> str | None:
    from difflib import get_close_matches

    upper = name.strip().upper().replace("-", "_").replace(".", "_")
    for asked in missing:
        if upper == asked or (len(upper) >= MIN_TAIL_CHARACTERS and asked.endswith("_" + upper)):
            return asked
        if upper.endswith("_" + asked):  # KAFKA_CLUSTER_ID for CLUSTER_ID
            return asked
    close = get_close_matches(upper, missing, n=1, cutoff=SIMILARITY)
    return close[0] if close else None


_kept_nearest = lru_cache(maxsize=1024)(_nearest)  # to compare two names takes long, and slips are much alike
