"""What the TASK gives must stay: everything outside `environment`, `env_file`, `volumes` and `x-*`.

Both files are compared as Compose reads them, so comments, order and spelling are free.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from grader.compose.model import Project
from grader.masking import MASK, is_secret, mask_argument
from grader.report import Change

MAX_CHANGES = 30
MAX_COMPARED_ITEMS = 100  # of one list
MAX_VALUE_CHARACTERS = 60

Plain = dict[str, Any]


class Changes(NamedTuple):
    """How a project differs from the skeleton.

    `listed` is for people; `missing` are services of the skeleton that are gone; `parts` are (service, part) pairs
    whose meaning changed, with part one of `image`, `build`, `networks`, `ports`, `container_name`; `names` are
    the container names that the skeleton gives.
    """

    listed: tuple[Change, ...]
    missing: frozenset[str]
    parts: frozenset[tuple[str, str]]
    names: Mapping[str, tuple[str, ...]]


NO_CHANGES = Changes((), frozenset(), frozenset(), {})
PARTS = ("image", "build", "networks", "ports", "container_name")


def compare(skeleton: Project, project: Project) -> Changes:
    """Compare a submission with the skeleton. deepdiff is only imported where something differs."""
    if skeleton.plain == project.plain:
        return NO_CHANGES
    ours: Plain = skeleton.plain.get("services", {})
    theirs: Plain = project.plain.get("services", {})
    missing = frozenset(name for name in ours if name not in theirs)
    parts = {
        (name, part)
        for name in ours
        if name in theirs
        for part in PARTS
        if _essence(part, ours[name].get(part)) != _essence(part, theirs[name].get(part))
    }
    names = {name: (service.container_name,) for name, service in skeleton.services.items() if service.container_name}
    return Changes(_list_changes(skeleton.plain, project), missing, frozenset(parts), names)


def _essence(part: str, value: Any) -> Any:
    """Reduce a part to what the checks rest on: the image's full name, the build's folder, who publishes which port."""
    if part == "image" and isinstance(value, str):
        return _full_image(value)
    if part == "build" and isinstance(value, dict):
        return value.get("context")
    if part == "ports" and isinstance(value, list):
        return {_published(port) for port in value if isinstance(port, dict)}
    return value


def _full_image(name: str) -> str:
    """Docker: an image without a registry is on Docker Hub, one without a tag is `latest`."""
    short = name.removeprefix("docker.io/").removeprefix("library/")
    return short if ":" in short.rpartition("/")[2] or "@" in short else f"{short}:latest"


def _published(port: Plain) -> tuple[str, str, str]:
    return str(port.get("published")), str(port.get("target")), port.get("protocol") or "tcp"


def _list_changes(skeleton: Plain, project: Project) -> tuple[Change, ...]:
    from deepdiff import DeepDiff  # costs 80 ms: only paid by files that differ

    given = _bounded(skeleton, skeleton)  # both as plain dicts: another class would be a difference
    tree = DeepDiff(
        given, _bounded(project.plain, skeleton), view="tree", ignore_order=True, threshold_to_diff_deeper=0
    )
    changes = []
    for kind, levels in tree.items():
        for level in levels:
            path = tuple(str(step) for step in level.path(output_format="list"))
            changes.append(_describe(kind, path, level.t1, level.t2, project))
    changes.sort(key=lambda change: (change.line or 0, change.path))
    return tuple(changes[:MAX_CHANGES])


def _bounded(value: Any, given: Any) -> Any:
    """Return a part of a project without the bulk of what the skeleton lacks: comparing long lists takes long."""
    if isinstance(value, dict):
        pattern = given if isinstance(given, dict) else {}
        others = [key for key in value if key not in pattern][:MAX_CHANGES]
        kept = {key for key in value if key in pattern}.union(others)
        return {key: _bounded(item, pattern.get(key)) for key, item in value.items() if key in kept}
    if isinstance(value, list):
        return [_bounded(item, None) for item in value[:MAX_COMPARED_ITEMS]]
    return value


def _describe(kind: str, path: tuple[str, ...], before: Any, after: Any, project: Project) -> Change:
    name = ".".join(path)
    old, new = (_short(value, secret=is_secret(path[-1])) for value in (before, after))
    if kind.endswith("_removed"):
        message = f"{name} of the skeleton is gone (it was {old})"
    elif kind.endswith("_added"):
        message = f"{name} is not in the skeleton ({new})"
    else:
        message = f"{name} was {old} in the skeleton and is {new} here"
    return Change(name, message, _line(path, project))


def _line(path: tuple[str, ...], project: Project) -> int | None:
    for length in range(len(path), 0, -1):
        mark = project.places.get(path[:length])
        if mark is not None:
            return mark.line
    return None


def _short(value: Any, *, secret: bool) -> str:
    if isinstance(value, dict | list) or value is None:
        return "a block" if value else "empty"
    text = MASK if secret else mask_argument(str(value))
    return text if len(text) <= MAX_VALUE_CHARACTERS else text[: MAX_VALUE_CHARACTERS - 3] + "..."
