"""What a student wrote for each check, in a short text: what a class chose, and its most common wrong values.

`kafka.node-id: 1`, `kafka.data-volume: kafka_data:/var/lib/kafka/data`, `app.source-mount: bind ./apps/x:/app`. A
password is a salted hash. What is in round brackets is not the student's: `(empty)`, `(no value)`.
"""

import functools
from collections.abc import Callable
from typing import NamedTuple

from grader.batch.choices.passwords import Passwords, hash_logins, hash_of, is_password_name
from grader.checks import (
    compose_accepts,
    container_starts,
    volumes_declared,
    volumes_driver,
    volumes_only_named,
)
from grader.checks.named_volume import find_target
from grader.checks.variable import nearest_asked
from grader.checks.volumes_declared import named_mounts
from grader.compose.model import Mount, Service, Variable
from grader.containers.verdict import Verdict
from grader.exercise import Check
from grader.grading import read_skeleton
from grader.places import mount_place
from grader.reports.clean import clean_line
from grader.rubric import Rubric
from grader.secrets import Secrets
from grader.shortening import CUT, shorten
from grader.stack import Stack, untouched

MAX_CHOICE_CHARACTERS = 160
MAX_READ_CHARACTERS = 2000  # of a value; the rest is not looked at
MAX_CACHED_CHARACTERS = 200  # of a value
MAX_NAME_CHARACTERS = 100  # of a variable that may be a slip of the pen
MAX_ITEMS = 12  # mounts or volumes in one choice
MAX_STRANGE_NAMES = 20  # a service with more of them is not searched for slips of the pen
EMPTY = "(empty)"
NO_VALUE = "(no value)"
REFUSED = "(refused by Docker Compose)"
NO_DRIVER = "(no driver)"


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
            text: str | None = _cleaned(value)
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
            secret = alone and is_password_name(variables[0])
            shown = variables[0] if alone and not secret else None
            steps.append(Step(check, service, shown, variables, targets, special, secret))
    return tuple(steps)


class Reader:
    """Reads variables and mounts of one submission as short texts."""

    __slots__ = ("_asked", "_refused", "_salt", "_services", "_slips", "_stack")

    def __init__(self, stack: Stack, rubric: Rubric, salt: bytes) -> None:
        self._stack = stack
        self._services = stack.project.services
        self._salt = salt
        self._asked = rubric.asked
        self._refused = {
            refusal.path[1:4:2] for refusal in stack.loaded.refusals if refusal.path[2:3] == ("environment",)
        }
        self._slips: dict[str, dict[str, Variable]] = {}

    def read(self, service: str, variables: tuple[str, ...], targets: tuple[str, ...]) -> str | None:
        """Return what stands at the places of one check; None: nothing."""
        here = self._services.get(service)
        if here is None:
            return None
        if len(variables) == 1 and not targets:
            return self._variable(here, variables[0])
        texts = [f"{name}={text}" for name in variables if (text := self._variable(here, name)) is not None]
        if targets and (mounts := self._mounts(here, targets)) is not None:
            texts.append(mounts)
        return cut("; ".join(texts)) if texts else None

    def _variable(self, service: Service, name: str) -> str | None:
        variable = service.environment.get(name)
        if variable is not None:
            return self._value(variable)
        if (service.name, name) in self._refused:
            return REFUSED
        slip = self._slips_of(service).get(name)
        return None if slip is None else cut(f"{clean_line(slip.name[:MAX_READ_CHARACTERS])}={self._value(slip)}")

    def _value(self, variable: Variable) -> str:
        value = variable.value
        if value is None:
            return NO_VALUE
        if is_password_name(variable.name):
            return hash_of(value, self._salt) if value.strip() else EMPTY
        if len(value) > MAX_CACHED_CHARACTERS or ("@" in value and ":" in value):
            value = hash_logins(shorten(value, MAX_READ_CHARACTERS), self._salt)
            return cut(clean_line(value)) or EMPTY
        return _cleaned(value)

    def _slips_of(self, service: Service) -> dict[str, Variable]:
        """Return the variables whose names are probably slips of the pen, by the name that was meant."""
        slips = self._slips.get(service.name)
        if slips is None:
            slips = self._slips[service.name] = {}
            asked = self._asked.get(service.name, ())
            strange = service.environment.keys() - asked
            if 0 < len(strange) <= MAX_STRANGE_NAMES:
                missing = tuple(name for name in asked if name not in service.environment)
                for name in sorted(strange):
                    meant = _meant(name, missing) if len(name) <= MAX_NAME_CHARACTERS else None
                    if meant is not None:
                        slips.setdefault(meant, service.environment[name])
        return slips

    def _mounts(self, service: Service, targets: tuple[str, ...]) -> str | None:
        """Return the mounts at the paths of a check; if there are none, those that no check asks for."""
        found = [mount for target in targets if (mount := find_target(service, target)) is not None]
        if not found:
            asked = self._stack.asked_places
            found = [mount for mount in service.volumes if mount_place(service.name, mount.target) not in asked]
        if not found:
            return None
        directory = self._stack.project.directory
        return cut(", ".join([describe_mount(mount, directory) for mount in found[:MAX_ITEMS]]))


@functools.lru_cache(maxsize=4096)
def _cleaned(value: str) -> str:
    return cut(clean_line(value)) or EMPTY


_meant = functools.lru_cache(maxsize=1024)(nearest_asked)


def cut(text: str) -> str:
    """Return a text of bounded length."""
    return text if len(text) <= MAX_CHOICE_CHARACTERS else text[: MAX_CHOICE_CHARACTERS - len(CUT)].rstrip() + CUT


def describe_mount(mount: Mount, directory: str) -> str:
    """Return a mount in a short form that does not depend on where the submission lies.

    `kafka_data:/data`, `bind ./apps:/app`, `tmpfs /run`, with `:ro` behind a read-only one.
    """
    source = mount.source or ""
    if mount.type == "bind":
        source = _inside(source, directory, mount.text)
    kind = "" if mount.type == "volume" else f"{mount.type} "
    text = f"{kind}{source}:{mount.target}" if source else f"{kind}{mount.target}"
    return clean_line(shorten(f"{text}:ro" if mount.read_only else text, MAX_READ_CHARACTERS))


def _inside(source: str, directory: str, text: str | None) -> str:
    if source == directory:
        return "."
    if source.startswith(directory) and source[len(directory) : len(directory) + 1] == "/":
        return f".{source[len(directory) :]}"
    if text is not None and text.startswith(".."):
        return text.partition(":")[0]  # outside the submission: where that is would tell of this machine only
    return source


def _declared(stack: Stack, check: Check) -> str | None:
    keys = sorted(
        f"{volume.key} (external)" if volume.external else volume.key for volume in stack.project.volumes.values()
    )
    return _list(keys)


def _drivers(stack: Stack, check: Check) -> str | None:
    return _list(sorted({volume.driver or NO_DRIVER for volume in stack.project.volumes.values()}))


def _named(stack: Stack, check: Check) -> str | None:
    """Return the declared volumes, and those of services that have no data of their own."""
    stateful = check.parameters["services"]
    texts = sorted(stack.project.volumes)
    for name in stack.project.services:
        if name not in stateful:
            texts += [f"{name}: {mount.source}" for mount in named_mounts(stack, name)]
    return _list(texts)


def _list(texts: list[str]) -> str | None:
    if not texts:
        return None
    shown = ", ".join(texts[:MAX_ITEMS])
    return cut(clean_line(shorten(shown, MAX_READ_CHARACTERS)))


def _refusal(stack: Stack, check: Check) -> str | None:
    """Return the class of what Docker Compose refuses first; its words are in the report."""
    refusals = stack.loaded.refusals
    return f"({refusals[0].kind.replace('_', ' ')})" if refusals else None


def _start(stack: Stack, check: Check) -> str | None:
    """Return what the container would stumble over first; None: it would work, or nobody knows."""
    service = check.parameters["service"]
    here = stack.project.services.get(service)
    if stack.loaded.refusals or here is None or untouched(here):
        return None
    model = stack.containers.of(service)
    if model is None or model.verdict is Verdict.WORKS:
        return None
    problem = next((problem for problem in model.problems if problem.verdict is model.verdict), None)
    cause = "" if problem is None else f": {problem.variable or problem.rule}"
    return f"({model.verdict.value}{cause})"


SPECIAL: dict[str, Callable[[Stack, Check], str | None]] = {
    volumes_declared.KIND: _declared,
    volumes_driver.KIND: _drivers,
    volumes_only_named.KIND: _named,
    compose_accepts.KIND: _refusal,
    container_starts.KIND: _start,
}
