"""What a service is beside its environment and volumes, as plain data that is equal for every spelling of the same.

A `Map` of the tree is a dict and a `Seq` a list, so what needs no change is taken as it is.
"""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from grader.compose.reading import Reading
from grader.compose.scalars import to_text
from grader.compose.tree import Map, Seq
from grader.compose.units import duration_text, parse_duration, parse_size, split_command

_LEFT_OUT = frozenset(["environment", "env_file", "volumes", "extends"])
_DURATIONS = ("interval", "timeout", "start_period", "start_interval")


def plain_service(reading: Reading, service: Map, head: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a service in Compose's canonical form, without `environment`, `env_file`, `volumes` and `x-*`.

    Paths inside the project are relative to it: `./apps/x`. The keys of `head`, with which the service begins, are
    known already.
    """
    if head is None:
        return _plain(reading, service, service)
    made = head.copy()
    made.update(_plain(reading, service, _COMPLETED.intersection(head)))
    made.update(_plain(reading, service, islice(service, len(head), None)))
    return made


# Later stages may add something to these.
_COMPLETED = frozenset(["build", "depends_on", "networks"])


def _plain(reading: Reading, service: Map, keys: Iterable[str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key in keys:
        if key in _LEFT_OUT or key[:2] == "x-":
            continue
        value = service[key]
        form = _FORMS.get(key)
        made[key] = value if form is None or value is None else form(reading, value)
    return made


def plain_project(reading: Reading, root: Map, services: dict[str, Any]) -> dict[str, Any]:
    """Return the project: its services, networks and the rest, without volumes and `x-*`."""
    made: dict[str, Any] = {"services": services}
    for key, value in root.items():
        if key not in ("services", "volumes") and key[:2] != "x-":
            made[key] = value
    networks = made.get("networks")
    if networks is not None:
        made["networks"] = {name: {} if item is None else item for name, item in networks.items()}
    return made


def _build(reading: Reading, value: Any) -> Any:
    made = dict(value)
    context = made.get("context")
    if type(context) is str:
        made["context"] = reading.led_out.get(context) or _relative(context, reading.directory)
    for key in ("args", "labels"):
        if key in made:
            made[key] = _pairs(reading, made[key])
    return made


def _relative(path: str, folder: str) -> str:
    if path == folder:
        return "."
    return "./" + path[len(folder) + 1 :] if path.startswith(folder + "/") else path


def _command(reading: Reading, value: Any) -> Any:
    return split_command(value) if type(value) is str else value


def _healthcheck(reading: Reading, value: Any) -> Any:
    made = dict(value)
    if type(made.get("test")) is str:
        made["test"] = ["CMD-SHELL", made["test"]]
    for key in _DURATIONS:
        if type(made.get(key)) is str:
            made[key] = duration_text(parse_duration(made[key]))
    return made


def _duration(reading: Reading, value: Any) -> Any:
    return duration_text(parse_duration(value)) if type(value) is str else value


def _size(reading: Reading, value: Any) -> Any:
    return parse_size(value) if type(value) is str else value


def _pairs(reading: Reading, value: Any) -> Any:
    """A map, or a list of `key=value`."""
    if type(value) is Map:
        return {key: None if item is None else to_text(item) for key, item in value.items()}
    pairs = (item.partition("=") for item in value)
    return {key: text if equals else None for key, equals, text in pairs}


def _strings(reading: Reading, value: Any) -> Any:
    return [value] if type(value) is str else value


def _ports(reading: Reading, value: Any) -> Any:
    if type(value) is not Seq:
        return value
    return [_port(port) for port in value]


def _port(port: Map) -> Any:
    if "protocol" in port and "mode" in port and type(port.get("published")) is not int:
        return port
    made = {"mode": "ingress", "protocol": "tcp", **port}
    if "published" in made:
        made["published"] = str(made["published"])
    return made


_FORMS: dict[str, Callable[[Reading, Any], Any]] = {
    "annotations": _pairs,
    "build": _build,
    "command": _command,
    "dns": _strings,
    "dns_search": _strings,
    "entrypoint": _command,
    "healthcheck": _healthcheck,
    "labels": _pairs,
    "mem_limit": _size,
    "ports": _ports,
    "shm_size": _size,
    "stop_grace_period": _duration,
    "sysctls": _pairs,
    "tmpfs": _strings,
}
