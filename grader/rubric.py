"""The rubric: what is asked, for how many points, with which words. Data in `exercises/NN-name/exercise.yaml`.

RubricError
(raised with file, key and remedy; nothing else leaves this module)
"""

import os
import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from grader.checks.places import Place
from grader.compose.ordinary import read_ordinary
from grader.spelling import nearest

FORMAT = 1
HINTS = 3
MIN_WHY_CHARACTERS = 60
MAX_RUBRIC_BYTES = 1_000_000
CHECK_ID = re.compile(r"[a-z0-9][a-z0-9-]*\.[a-z0-9][a-z0-9-]*")
# the parameters of all kinds that name a service
SERVICE_PARAMETERS = ("service", "server", "broker", "other_service", "services")


class RubricError(Exception):
    """A rubric that cannot be used. The text names the file, the key and the remedy."""


class Check(NamedTuple):
    """One requirement: what is asked, how it is judged, and every text about it.

    `service` is the one its parameters name, None if they name none; `link` is `task` as seen from the workspace.
    """

    id: str
    title: str
    points: int
    kind: str
    parameters: Mapping[str, Any]
    needs: tuple[str, ...]
    hints: tuple[str, ...]
    why: str
    task: str
    wrong: str
    right: str
    exercise: str
    service: str | None
    link: str


class Exercise(NamedTuple):
    """One folder of `exercises/`. `service` is None where no single service is meant."""

    id: str
    title: str
    service: str | None
    checks: tuple[Check, ...]


class Rubric:
    """All exercises in order; `folder` holds them and `skeleton.yml`.

    What every grading asks again (checks in order, their places in the model) is worked out once.
    """

    __slots__ = ("_by_id", "_checks", "asked", "exercises", "folder", "max_score", "owners", "places", "skeleton")

    def __init__(self, folder: str, exercises: tuple[Exercise, ...]) -> None:
        from grader.checks import KINDS

        self.folder = folder
        self.exercises = exercises
        self.skeleton = os.path.join(folder, "skeleton.yml")
        self._checks = tuple(check for exercise in exercises for check in exercise.checks)
        self._by_id = {check.id: check for check in self._checks}
        self.max_score = sum(check.points for check in self._checks)
        # the variables and mounts that each check judges, by its id, and the first check that judges each of them
        self.places: dict[str, tuple[Place, ...]] = {
            check.id: KINDS[check.kind].places(**check.parameters) for check in self._checks
        }
        self.owners: dict[Place, Check] = {}
        for check in self._checks:
            for place in self.places[check.id]:
                self.owners.setdefault(place, check)
        # the variables that are asked of each service
        self.asked: dict[str, list[str]] = {}
        for place in self.owners:
            if place[2] == "environment":
                self.asked.setdefault(place[1], []).append(place[3])

    def checks(self) -> tuple[Check, ...]:
        """Return all checks in order."""
        return self._checks

    def check(self, check_id: str) -> Check:
        """Return one check. Raises KeyError."""
        return self._by_id[check_id]

    def of_kind(self, kind: str) -> Check | None:
        """Return the first check of a kind, None if there is none."""
        return next((check for check in self._checks if check.kind == kind), None)


CHECK_KEYS: dict[str, tuple[type, ...]] = {
    "id": (str,),
    "title": (str,),
    "points": (int,),
    "kind": (str,),
    "with": (dict,),
    "needs": (list,),
    "hints": (list,),
    "why": (str,),
    "task": (str,),
    "wrong": (str,),
    "right": (str,),
}
EXERCISE_KEYS: dict[str, tuple[type, ...]] = {
    "format": (int,),
    "id": (str,),
    "title": (str,),
    "service": (str,),
    "checks": (list,),
}
OPTIONAL = frozenset({"service", "needs"})
TYPE_NAMES = {
    str: "a text",
    int: "a whole number",
    dict: "a mapping",
    list: "a list",
    bool: "true or false",
    object: "a value",
}


def load_rubric(folder: str) -> Rubric:
    """Read and validate every `exercise.yaml` below `folder`. Raises RubricError."""
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise RubricError(f"{folder}: cannot be read as a rubric folder ({error.strerror}); give the folder") from error
    paths = [os.path.join(folder, name, "exercise.yaml") for name in names]
    exercises = tuple(_read_exercise(path) for path in paths if os.path.isfile(path))
    if not exercises:
        raise RubricError(f"{folder}: no NN-name/exercise.yaml in it; give the folder that holds the exercises")
    _validate_ids(folder, exercises)
    rubric = Rubric(folder, exercises)
    if not os.path.isfile(rubric.skeleton):
        raise RubricError(f"{rubric.skeleton}: missing; a rubric needs the skeleton its exercises start from")
    return rubric


def _read_exercise(path: str) -> Exercise:
    data = _read_yaml(path)
    where = f"{path}"
    _validate_keys(data, EXERCISE_KEYS, where)
    if data["format"] != FORMAT:
        raise RubricError(f"{where}: format is {data['format']}, this version reads format {FORMAT}")
    folder = os.path.basename(os.path.dirname(path))
    if data["id"] != folder:
        raise RubricError(f"{where}: id is {data['id']!r}, it must be the folder's name {folder!r}")
    if not data["checks"]:
        raise RubricError(f"{where}: checks is empty; an exercise needs at least one check")
    checks = tuple(_read_check(entry, number, path, folder) for number, entry in enumerate(data["checks"], start=1))
    return Exercise(folder, data["title"], data.get("service"), checks)


def _read_yaml(path: str) -> dict[str, Any]:
    try:
        if os.path.getsize(path) > MAX_RUBRIC_BYTES:
            raise RubricError(f"{path}: larger than {MAX_RUBRIC_BYTES} bytes; this is no exercise.yaml")
        with open(path, "rb") as file:
            text = file.read()
    except OSError as error:
        raise RubricError(f"{path}: cannot be read: {error}") from error
    # PyYAML's loader takes twice as long, and every start of `grade` waits for the rubric
    ordinary = read_ordinary(text, path)
    data = _load(text, path) if ordinary is None else _as_plain(ordinary.root)
    if not isinstance(data, dict):
        raise RubricError(f"{path}: must be a mapping with the keys {', '.join(EXERCISE_KEYS)}")
    return data


def _load(text: bytes, path: str) -> Any:
    import yaml

    try:
        return yaml.load(text.decode(), Loader=yaml.CSafeLoader)  # noqa: TID251 - the safe loader, in its C form
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise RubricError(f"{path}: cannot be read: {error}") from error


def _as_plain(value: Any) -> Any:
    """Return a tree without the places of its parts."""
    if isinstance(value, dict):
        return {key: _as_plain(item) for key, item in value.items()}
    return [_as_plain(item) for item in value] if isinstance(value, list) else value


def _read_check(entry: Any, number: int, path: str, exercise: str) -> Check:
    if not isinstance(entry, dict):
        raise RubricError(f"{path}: check {number} must be a mapping with the keys {', '.join(CHECK_KEYS)}")
    where = f"{path}: check {entry.get('id', number)}"
    _validate_keys(entry, CHECK_KEYS, where)
    if isinstance(entry["points"], bool) or entry["points"] < 1:
        raise RubricError(f"{where}: points is {entry['points']}; give a whole number of at least 1")
    for key in ("needs", "hints"):
        if not all(isinstance(item, str) and item.strip() for item in entry.get(key, [])):
            raise RubricError(f"{where}: {key} must be a list of texts that are not empty; quote what YAML misreads")
    if len(entry["hints"]) != HINTS:
        raise RubricError(
            f"{where}: hints has {len(entry['hints'])} entries; give {HINTS}: where, what, nearly the line"
        )
    if len(entry["why"]) < MIN_WHY_CHARACTERS:
        raise RubricError(f"{where}: why is shorter than {MIN_WHY_CHARACTERS} characters; say what happens otherwise")
    _validate_parameters(entry["kind"], entry["with"], where)
    return Check(
        id=entry["id"],
        title=entry["title"],
        points=entry["points"],
        kind=entry["kind"],
        parameters=entry["with"],
        needs=tuple(entry.get("needs", ())),
        hints=tuple(hint.strip() for hint in entry["hints"]),
        why=" ".join(entry["why"].split()),
        task=entry["task"],
        wrong=entry["wrong"],
        right=entry["right"],
        exercise=exercise,
        service=entry["with"].get("service"),
        link=f"exercises/{exercise}/{entry['task']}",
    )


def _validate_keys(data: dict[str, Any], keys: dict[str, tuple[type, ...]], where: str) -> None:
    for key in data:
        if key not in keys:
            raise RubricError(f"{where}: unknown key {key!r}{_suggest(str(key), keys)}; the keys are {', '.join(keys)}")
    for key, types in keys.items():
        if key not in data:
            if key in OPTIONAL:
                continue
            raise RubricError(f"{where}: the key {key!r} is missing; add it ({TYPE_NAMES[types[0]]})")
        if not isinstance(data[key], types):
            raise RubricError(f"{where}: {key} must be {TYPE_NAMES[types[0]]}, it is {data[key]!r}")
        if data[key] == "":
            raise RubricError(f"{where}: {key} is empty; write a text")


def _validate_parameters(kind: str, given: dict[str, Any], where: str) -> None:
    from grader.checks import KINDS

    if kind not in KINDS:
        raise RubricError(f"{where}: unknown kind {kind!r}{_suggest(kind, KINDS)}; the kinds are {', '.join(KINDS)}")
    wanted = KINDS[kind].PARAMETERS
    for name in given:
        if name not in wanted:
            raise RubricError(f"{where}: kind {kind} has no parameter {name!r}; it takes {', '.join(wanted) or 'none'}")
    for name, of_type in wanted.items():
        if name not in given:
            raise RubricError(f"{where}: kind {kind} needs the parameter {name!r} ({TYPE_NAMES[of_type]}) under with")
        if of_type is object and not isinstance(given[name], str | int):
            raise RubricError(f"{where}: with.{name} must be a single value, it is {given[name]!r}")
        if type(given[name]) is not of_type and of_type is not object:
            raise RubricError(f"{where}: with.{name} must be {TYPE_NAMES[of_type]}, it is {given[name]!r}")


def _validate_ids(folder: str, exercises: tuple[Exercise, ...]) -> None:
    checks = [check for exercise in exercises for check in exercise.checks]
    seen: set[str] = set()
    for check in checks:
        where = os.path.join(folder, check.exercise, "exercise.yaml")
        if not CHECK_ID.fullmatch(check.id):
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


def _suggest(word: str, known: Mapping[str, Any]) -> str:
    found = nearest(word, known)
    return f" (did you mean {found!r}?)" if found is not None else ""
