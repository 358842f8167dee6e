"""What a student wrote for each check, in a short text: what a class chose, and its most common wrong values.

`kafka.node-id: 1`, `kafka.data-volume: kafka_data:/var/lib/kafka/data`, `app.source-mount: bind ./apps/x:/app`. A
password is a salted hash. What is in round brackets is not the student's: `(empty)`, `(no value)`.
"""

import functools
from collections.abc import Callable, Sequence
from typing import NamedTuple

from grader.batch.choices.passwords import Passwords
from grader.batch.choices.reader import MAX_CACHED_CHARACTERS, Reader
from grader.batch.choices.special import SPECIAL
from grader.batch.choices.texts import cleaned
from grader.exercise import Check
from grader.grading import read_skeleton
from grader.masking import is_secret
from grader.rubric import Rubric
from grader.secrets import Secrets
from grader.stack import Stack

# What is looked at for one check of a service: its id, the variable of a check that looks at one only, whose value
# everybody may see, and all variables and mounts. A plain tuple: a named one is taken apart half as fast.
Step = tuple[str, str | None, tuple[str, ...], tuple[str, ...]]


class Run(NamedTuple):
    """Checks that follow one another and look at the same service; or one, `check`, that has a function of its own."""

    service: str
    steps: Sequence[Step]
    check: Check
    special: Callable[[Stack, Check], str | None] | None


class Plan(NamedTuple):
    """Where to look for each check, in the rubric's order; `secret` are those that look at a password only."""

    runs: Sequence[Run]
    secret: frozenset[str]


def choices(stack: Stack, rubric: Rubric, salt: bytes, *, secrets: Secrets | None = None) -> dict[str, str]:
    """Return what was written for each check, by its id, in the rubric's order; where nothing was, there is no entry.

    `secrets` are those of the submission, if they have been looked for already.
    `salt` is the same for all submissions that are compared: equal passwords then have equal hashes.
    """
    plan = _plan(rubric)
    found: dict[str, str] = {}
    reader = Reader(stack, rubric, salt)
    services = stack.project.services
    for service, steps, check, special in plan.runs:
        if special is not None:
            text = special(stack, check)
            if text is not None:
                found[check.id] = text
            continue
        here = services.get(service)
        if here is None or reader.is_blank(here):
            continue
        environment = here.environment
        for check_id, name, variables, targets in steps:
            # most checks by far look at one variable with a short value: that is read here, all else by the reader
            variable = None if name is None else environment.get(name)
            value = None if variable is None else variable.value
            if value is not None and len(value) <= MAX_CACHED_CHARACTERS and "@" not in value:
                found[check_id] = cleaned(value)
            elif (text := reader.read(here, variables, targets)) is not None:
                found[check_id] = text
    if secrets is None:
        secrets = Secrets(stack.loaded, rubric, read_skeleton(rubric.skeleton))
    passwords = Passwords(secrets, salt)
    if passwords.are_in("\n".join(found.values()).lower()):
        for check_id, text in found.items():
            if check_id not in plan.secret:
                found[check_id] = passwords.hide(text)
    return found


@functools.lru_cache(maxsize=8)
def _plan(rubric: Rubric) -> Plan:
    """Settle once a rubric where to look for each check."""
    runs: list[Run] = []
    secret = set()
    for check in rubric.checks():
        places = rubric.places[check.id]
        if not places:
            if check.kind in SPECIAL:
                runs.append(Run("", (), check, SPECIAL[check.kind]))
            continue
        service = places[0][1]
        variables = tuple(place[3] for place in places if place[2] == "environment")
        targets = tuple(place[3] for place in places if place[2] == "volumes")
        alone = variables[0] if len(variables) == 1 and not targets else None
        if alone is not None and is_secret(alone):
            secret.add(check.id)
            alone = None
        step = (check.id, alone, variables, targets)
        if runs and runs[-1].service == service:
            runs[-1] = runs[-1]._replace(steps=(*runs[-1].steps, step))
        else:
            runs.append(Run(service, (step,), check, None))
    return Plan(tuple(runs), frozenset(secret))
