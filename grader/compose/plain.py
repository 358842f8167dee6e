"""What a service is beside its environment and volumes, as plain data that means the same for every spelling."""

from typing import Any

from grader.compose.reading import Reading
from grader.compose.tree import Map, Seq

_LEFT_OUT = frozenset(["environment", "env_file", "volumes", "extends", "profiles"])


def plain_service(reading: Reading, service: Map) -> dict[str, Any]:
    """Return a service in Compose's canonical form, without `environment`, `env_file`, `volumes` and `x-*`."""
    made = {key: to_plain(value) for key, value in service.items() if key not in _LEFT_OUT and key[:2] != "x-"}
    build = made.get("build")
    if build is not None and type(build.get("context")) is str:
        build["context"] = _relative(build["context"], reading.directory)
    return made


def plain_project(reading: Reading, root: Map, services: dict[str, Any]) -> dict[str, Any]:
    """Return the project: its services, networks and the rest, without volumes and `x-*`."""
    made: dict[str, Any] = {"services": services}
    for key, value in root.items():
        if key not in ("services", "volumes") and key[:2] != "x-":
            made[key] = to_plain(value)
    return made


def to_plain(value: Any) -> Any:
    """Return a value of the tree as dicts and lists without places."""
    kind = type(value)
    if kind is Map:
        return {key: to_plain(item) for key, item in value.items()}
    if kind is Seq:
        return [to_plain(item) for item in value]
    return value


def _relative(path: str, folder: str) -> str:
    if path == folder:
        return "."
    return "./" + path[len(folder) + 1 :] if path.startswith(folder + "/") else path
