"""What a student wrote for each check, in a short text: what a class chose, and its most common wrong values.

`kafka.node-id: 1`, `kafka.data-volume: kafka_data:/var/lib/kafka/data`, `app.source-mount: bind ./apps/x:/app`. A
password is a salted hash. What is in round brackets is not the student's: `(empty)`, `(no value)`.
"""

import functools
from collections.abc import Callable
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


class Step(NamedTuple):
    """What is looked at for one check: variables and mounts of a service, or a function of the stack and the check.

    `open` is the variable of a check that looks at one only, whose value everybody may see; `secret` tells that the
    check looks at a password only.
    """

    check: Check
    service: str
    open: str | None
    variables: tuple[str, ...]
    targets: tuple[str, ...]
    special: Callable[[Stack, Check], str | None] | None
    secret: bool


def choices(stack: Stack, rubric: Rubric, salt: bytes, *, secrets: Secrets | None = None) -> dict[str, str]:
    """Return what was written for each check, by its id, in the rubric's order; where nothing was, there is no entry.

    `secrets` are those of the submission, if they have been looked for already.
    `salt` is the same for all submissions that are compared: equal passwords then have equal hashes.
    """
    found: dict[str, str] = {}
    reader = Reader(stack, rubric, salt)
    services = stack.project.services
    for check, service, name, variables, targets, special, _ in _plan(rubric):
        # most checks by far look at one variable with a short value: that is read here, all else by the reader
        here = services.get(service) if name is not None else None
        variable = here.environment.get(name or "") if here is not None else None
        value = variable.value if variable is not None else None
        if value is not None and len(value) <= MAX_CACHED_CHARACTERS and "@" not in value:
            text: str | None = cleaned(value)
        elif special is not None:
            text = special(stack, check)
        else:
            text = reader.read(service, variables, targets)
        if text is not None:
            found[check.id] = text
    if secrets is None:
        secrets = Secrets(stack.loaded, rubric, read_skeleton(rubric.skeleton))
    passwords = Passwords(secrets, salt)
    if passwords.are_in("\n".join(found.values()).lower()):
        for step in _plan(rubric):
            text = found.get(step.check.id)
            if text is not None and not step.secret:
                found[step.check.id] = passwords.hide(text)
    return found


@functools.lru_cache(maxsize=8)
def _plan(rubric: Rubric) -> tuple[Step, ...]:
    """Settle once a rubric where to look for each check."""
    steps = []
    for check in rubric.checks():
        places = rubric.places[check.id]
        variables = tuple(place[3] for place in places if place[2] == "environment")
        targets = tuple(place[3] for place in places if place[2] == "volumes")
        special = None if places else SPECIAL.get(check.kind)
        if places or special is not None:
            service = places[0][1] if places else ""
            alone = len(variables) == 1 and not targets
            secret = alone and is_secret(variables[0])
            shown = variables[0] if alone and not secret else None
            steps.append(Step(check, service, shown, variables, targets, special, secret))
    return tuple(steps)
