"""The rubric: what is asked, for how many points, with which words. Data in `exercises/NN-name/exercise.yaml`.

RubricError
(raised with file, key and remedy; nothing else leaves this module)
"""

import os
from collections.abc import Callable, Collection
from types import FunctionType
from typing import cast

from grader.checks import KINDS, compose_accepts, container_starts
from grader.exercise import Check, Exercise, RubricError
from grader.exercise_file import read_exercise
from grader.findings import Finding
from grader.places import Place
from grader.stack import Stack

_SIGNS_OF_ID = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
# the parameters of all kinds that name a service
SERVICE_PARAMETERS = ("service", "server", "broker", "other_service", "services")


class Rubric:
    """All exercises in order; `folder` holds them and `skeleton.yml`.

    What every grading asks again (checks in order, their places in the model) is worked out once.
    """

    __slots__ = (
        "_by_id",
        "_by_kind",
        "_checks",
        "asked",
        "asked_again",
        "asked_sorted",
        "by_service",
        "exercises",
        "folder",
        "looks",
        "max_score",
        "mounts",
        "needing",
        "of_acceptance",
        "of_starts",
        "owned",
        "owners",
        "places",
        "skeleton",
    )

    def __init__(self, folder: str, exercises: tuple[Exercise, ...]) -> None:
        self.folder = folder
        self.exercises = exercises
        self.skeleton = os.path.join(folder, "skeleton.yml")
        self._checks = tuple(check for exercise in exercises for check in exercise.checks)
        self._by_id = {check.id: check for check in self._checks}
        self._by_kind = {check.kind: check for check in reversed(self._checks)}  # the first of each kind
        # the checks that look at what became of the others
        self.of_acceptance = tuple(check for check in self._checks if check.kind == compose_accepts.KIND)
        self.of_starts = tuple(check for check in self._checks if check.kind == container_starts.KIND)
        last = {check.id for check in (*self.of_acceptance, *self.of_starts)}
        # each of the others with its id and with what judges it: a stack is all that is left to say
        self.looks: tuple[tuple[Check, str, Callable[[Stack], Finding]], ...] = tuple(
            (check, check.id, _with_parameters(check)) for check in self._checks if check.id not in last
        )
        self.needing = tuple(check for check in self._checks if check.needs)
        self.max_score = sum(check.points for check in self._checks)
        # the variables and mounts that each check judges, by its id, the first check that judges each of them, and what
        # it is the first to judge
        self.places: dict[str, tuple[Place, ...]] = {
            check.id: KINDS[check.kind].places(**check.parameters) for check in self._checks
        }
        self.owners: dict[Place, Check] = {}
        for check in self._checks:
            for place in self.places[check.id]:
                self.owners.setdefault(place, check)
        self.owned: dict[str, list[Place]] = {check.id: [] for check in self._checks}
        for place, check in self.owners.items():
            self.owned[check.id].append(place)
        # the checks of each service, in order
        self.by_service: dict[str | None, list[Check]] = {}
        for check in self._checks:
            self.by_service.setdefault(check.service, []).append(check)
        # the variables that are asked of each service, and the folders of its mounts with the checks that judge them
        self.asked: dict[str, list[str]] = {}
        self.mounts: dict[str, list[tuple[str, Check]]] = {}
        for place, check in self.owners.items():
            if place[2] == "environment":
                self.asked.setdefault(place[1], []).append(place[3])
            elif place[2] == "volumes":
                self.mounts.setdefault(place[1], []).append((place[3], check))
        # of each check the variables it is the first to judge whose names are asked of another service as well
        names = [name for asked in self.asked.values() for name in asked]
        self.asked_again = {
            check_id: again
            for check_id, places in self.owned.items()
            if (again := [place for place in places if place[2] == "environment" and names.count(place[3]) > 1])
        }
        self.asked_sorted = {service: tuple(sorted(names)) for service, names in self.asked.items()}

    def checks(self) -> tuple[Check, ...]:
        """Return all checks in order."""
        return self._checks

    def check(self, check_id: str) -> Check:
        """Return one check. Raises KeyError."""
        return self._by_id[check_id]

    def of_kind(self, kind: str) -> Check | None:
        """Return the first check of a kind, None if there is none."""
        return self._by_kind.get(kind)


def _with_parameters(check: Check) -> Callable[[Stack], Finding]:
    """Return what judges a check: the function of its kind with the parameters as defaults.

    `partial` would do, but puts the parameters together anew for each stack, and that takes as long as a short check.
    """
    judge = cast(FunctionType, KINDS[check.kind].check)
    made = FunctionType(judge.__code__, judge.__globals__, judge.__name__, judge.__defaults__, judge.__closure__)
    made.__kwdefaults__ = dict(check.parameters)
    return made


def load_rubric(folder: str) -> Rubric:
    """Read and validate every `exercise.yaml` below `folder`. Raises RubricError."""
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise RubricError(f"{folder}: cannot be read as a rubric folder ({error.strerror}); give the folder") from error
    paths = [os.path.join(folder, name, "exercise.yaml") for name in names]
    exercises = tuple(read_exercise(path) for path in paths if os.path.isfile(path))
    if not exercises:
        raise RubricError(f"{folder}: no NN-name/exercise.yaml in it; give the folder that holds the exercises")
    _validate_ids(folder, exercises)
    rubric = Rubric(folder, exercises)
    if not os.path.isfile(rubric.skeleton):
        raise RubricError(f"{rubric.skeleton}: missing; a rubric needs the skeleton its exercises start from")
    return rubric


def _validate_ids(folder: str, exercises: tuple[Exercise, ...]) -> None:
    checks = [check for exercise in exercises for check in exercise.checks]
    seen: set[str] = set()
    for check in checks:
        where = os.path.join(folder, check.exercise, "exercise.yaml")
        if not _is_check_id(check.id):
            raise RubricError(
                f"{where}: the check id {check.id!r} must be like kafka.node-id: small letters, digits, - and one dot"
            )
        if check.id in seen:
            raise RubricError(f"{where}: the check id {check.id} is used twice; ids must be unique")
        seen.add(check.id)
    for check in checks:
        for need in check.needs:
            if need not in seen or need == check.id:
                where = os.path.join(folder, check.exercise, "exercise.yaml")
                raise RubricError(f"{where}: check {check.id} needs {need!r}, which is no other check of this rubric")


def _is_check_id(text: str) -> bool:
    parts = text.split(".")
    return len(parts) == 2 and all(part and part[0] != "-" and _SIGNS_OF_ID.issuperset(part) for part in parts)


def unknown_service(rubric: Rubric, services: Collection[str]) -> str | None:
    """Return a complaint about a check that names a service which the skeleton (with `services`) does not have."""
    for check in rubric.checks():
        for parameter in SERVICE_PARAMETERS:
            given = check.parameters.get(parameter, ())
            for name in [given] if isinstance(given, str) else given:
                if name not in services:
                    where = os.path.join(rubric.folder, check.exercise, "exercise.yaml")
                    known = ", ".join(services)
                    return f"{where}: check {check.id}: with.{parameter} names {name!r}; the skeleton has {known}"
    return None
