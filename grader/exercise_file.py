"""One `exercise.yaml`: read, and validated key by key, so that every mistake is named with its remedy."""

import os
from collections.abc import Mapping
from typing import Any

from grader.checks import KINDS
from grader.compose.ordinary import read_ordinary
from grader.exercise import Check, Exercise, RubricError

FORMAT = 1
HINTS = 3
MIN_WHY_CHARACTERS = 60
MAX_RUBRIC_BYTES = 1_000_000

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


def read_exercise(path: str) -> Exercise:
    """Return the exercise of an `exercise.yaml`, its checks in order. Raises RubricError."""
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
    data = _load(text, path) if ordinary is None else ordinary.root
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
    parameters = _as_plain(entry["with"])
    _validate_parameters(entry["kind"], parameters, where)
    return Check(
        id=entry["id"],
        title=entry["title"],
        points=entry["points"],
        kind=entry["kind"],
        parameters=parameters,
        needs=tuple(entry.get("needs", ())),
        hints=tuple(hint.strip() for hint in entry["hints"]),
        why=" ".join(entry["why"].split()),
        task=entry["task"],
        wrong=entry["wrong"],
        right=entry["right"],
        exercise=exercise,
        service=parameters.get("service"),
        link=f"exercises/{exercise}/{entry['task']}",
    )


def _validate_keys(data: dict[str, Any], keys: dict[str, tuple[type, ...]], where: str) -> None:
    if data.keys() - keys:
        key = next(key for key in data if key not in keys)
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


def _suggest(word: str, known: Mapping[str, Any]) -> str:
    from grader.spelling import nearest  # here, because a rubric that is used has no mistakes

    found = nearest(word, known)
    return f" (did you mean {found!r}?)" if found is not None else ""
