"""What stands at the places of a check: variables and mounts of one service."""

from grader.batch.choices.passwords import hash_logins, hash_of
from grader.batch.choices.texts import EMPTY, MAX_ITEMS, MAX_READ_CHARACTERS, cleaned, cut, describe_mount
from grader.checks.named_volume import find_target
from grader.checks.variable import nearest_asked
from grader.compose.model import Service, Variable
from grader.masking import is_secret
from grader.places import mount_place
from grader.reports.clean import clean_line
from grader.rubric import Rubric
from grader.shortening import shorten
from grader.stack import Stack

MAX_CACHED_CHARACTERS = 200  # of a value
MAX_NAME_CHARACTERS = 100  # of a variable that may be a slip of the pen
MAX_STRANGE_NAMES = 20  # a service with more of them is not searched for slips of the pen
NO_VALUE = "(no value)"
REFUSED = "(refused by Docker Compose)"


class Reader:
    """Reads variables and mounts of one submission as short texts."""

    __slots__ = ("_asked", "_refused", "_salt", "_slips", "_stack")

    def __init__(self, stack: Stack, rubric: Rubric, salt: bytes) -> None:
        self._stack = stack
        self._salt = salt
        self._asked = rubric.asked
        self._refused = {
            refusal.path[1:4:2] for refusal in stack.loaded.refusals if refusal.path[2:3] == ("environment",)
        }
        self._slips: dict[str, dict[str, Variable]] = {}

    def is_blank(self, service: Service) -> bool:
        """Tell whether there is nothing at the places of any check."""
        return not (service.environment or service.volumes or self._refused)

    def read(self, service: Service, variables: tuple[str, ...], targets: tuple[str, ...]) -> str | None:
        """Return what stands at the places of one check; None: nothing."""
        if not variables:
            return self._mounts(service, targets)
        if len(variables) == 1 and not targets:
            return self._variable(service, variables[0])
        texts = [f"{name}={text}" for name in variables if (text := self._variable(service, name)) is not None]
        if targets and (mounts := self._mounts(service, targets)) is not None:
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
        if is_secret(variable.name):
            return hash_of(value, self._salt) if value.strip() else EMPTY
        if len(value) > MAX_CACHED_CHARACTERS or ("@" in value and ":" in value):
            value = hash_logins(shorten(value, MAX_READ_CHARACTERS), self._salt)
            return cut(clean_line(value)) or EMPTY
        return cleaned(value)

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
                    meant = nearest_asked(name, missing) if len(name) <= MAX_NAME_CHARACTERS else None
                    if meant is not None:
                        slips.setdefault(meant, service.environment[name])
        return slips

    def _mounts(self, service: Service, targets: tuple[str, ...]) -> str | None:
        """Return the mounts at the paths of a check; if there are none, those that no check asks for."""
        if not service.volumes:
            return None
        found = [mount for target in targets if (mount := find_target(service, target)) is not None]
        if not found:
            asked = self._stack.asked_places
            found = [mount for mount in service.volumes if mount_place(service.name, mount.target) not in asked]
        if not found:
            return None
        directory, led_out = self._stack.project.directory, self._stack.loaded.led_out
        return cut(", ".join([describe_mount(mount, directory, led_out) for mount in found[:MAX_ITEMS]]))
