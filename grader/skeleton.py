"""What the TASK gives must stay: everything outside `environment`, `env_file`, `volumes` and `x-*`.

Both files are compared as Compose reads them, so comments, order and spelling are free.
"""

from collections.abc import Callable, Mapping
from typing import Any

from grader.compose.model import Project
from grader.light_tuple import NamedTuple
from grader.report import Change

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


def compare(skeleton: Project, project: Project, hide: Callable[[str], str]) -> Changes:
    """Compare a submission with the skeleton; `hide` takes the passwords out of a text that is to be shown."""
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
    from grader.differences import list_changes  # here, because in most files the skeleton is as it was

    return Changes(list_changes(skeleton.plain, project, hide), missing, frozenset(parts), names)


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
