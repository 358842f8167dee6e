"""`${NAME}` in every value of a file, and the casts that come with it.

Compose: compose-go 2.9.1 (`interpolation/`, `loader/interpolate.go`). A cast turns the text of certain keys into a
boolean or a number, whether it holds a variable or not.
"""

from typing import Any

from grader.compose.decoders import parse_float, parse_int, read_boolean
from grader.compose.document import Document
from grader.compose.items import Steps
from grader.compose.reading import INTERPOLATE, Reading
from grader.compose.tree import Map, Place, Seq, value_mark


def interpolate(reading: Reading, document: Document) -> None:
    """Fill in all variables of a document and cast its values, in place."""
    fill_in(reading, document)
    cast(reading, document)


def fill_in(reading: Reading, document: Document) -> None:
    """Fill in all variables of a document, in place. A text that cannot be filled in stays as it is."""
    if document.variables:
        from grader.compose.filling import fill  # here, because many files have none

        stopped: set[int] = set()
        for container, key, steps in document.variables:
            fill(reading, container, key, steps, stopped)


def cast(reading: Reading, document: Document) -> None:
    """Turn the texts of certain keys into booleans and numbers, in place."""
    if type(document.root) is Map:
        _cast_services(reading, document.root.get("services"))
        _cast_all(reading, document.root, _CASTS, ())


def _to_boolean(text: str, reading: Reading, place: Place) -> Any:
    value, warning = read_boolean(text)
    if warning:
        reading.warn(INTERPOLATE, warning, value_mark(place))
    return value


def _to_int(text: str, reading: Reading, place: Place) -> Any:
    return parse_int(text, function="Atoi")


def _to_int64(text: str, reading: Reading, place: Place) -> Any:
    return parse_int(text)


def _to_float(text: str, reading: Reading, place: Place) -> Any:
    return parse_float(text)


_ANY = "*"  # every key of a map, and every item of a list
_EACH = "[]"  # every item of a list
_EXTERNAL = {_ANY: {"external": _to_boolean}}
_ROLLOUT = {"parallelism": _to_int, "max_failure_ratio": _to_float}
_SERVICE = {
    "cpu_count": _to_int64,
    "cpu_percent": _to_float,
    "cpu_period": _to_int64,
    "cpu_quota": _to_int64,
    "cpu_rt_period": _to_int64,
    "cpu_rt_runtime": _to_int64,
    "cpus": _to_float,
    "cpu_shares": _to_int64,
    "init": _to_boolean,
    "deploy": {
        "replicas": _to_int,
        "update_config": _ROLLOUT,
        "rollback_config": _ROLLOUT,
        "restart_policy": {"max_attempts": _to_int},
        "placement": {"max_replicas_per_node": _to_int},
    },
    "healthcheck": {"retries": _to_int, "disable": _to_boolean},
    "oom_kill_disable": _to_boolean,
    "oom_score_adj": _to_int64,
    "pids_limit": _to_int64,
    "ports": {_EACH: {"target": _to_int}},
    "privileged": _to_boolean,
    "read_only": _to_boolean,
    "scale": _to_int,
    "stdin_open": _to_boolean,
    "tty": _to_boolean,
    "ulimits": {_ANY: {"": _to_int, "hard": _to_int, "soft": _to_int}},
    "volumes": {_EACH: {"read_only": _to_boolean, "volume": {"nocopy": _to_boolean}}},
}
_CASTS: dict[str, Any] = {
    "networks": {
        _ANY: {
            "external": _to_boolean,
            "internal": _to_boolean,
            "attachable": _to_boolean,
            "enable_ipv4": _to_boolean,
            "enable_ipv6": _to_boolean,
        }
    },
    "volumes": _EXTERNAL,
    "secrets": _EXTERNAL,
    "configs": _EXTERNAL,
}


def _cast_services(reading: Reading, services: Any) -> None:
    """Cast what `_SERVICE` names inside every service."""
    if type(services) is not Map:
        if type(services) is Seq:
            _cast_all(reading, services, {_EACH: _SERVICE}, ("services",))
        return
    for name, service in services.items():
        if type(service) is not Map:
            continue
        for key in [key for key in service if key in _SERVICE]:
            value = service[key]
            if type(value) is not Seq or key == "ulimits" or Map in set(map(type, value)):
                _cast_one(reading, service, key, _SERVICE[key], ("services", name, key))


def _cast_all(reading: Reading, value: Any, casts: Any, steps: Steps) -> None:
    """Cast what `casts` names inside `value`."""
    every = casts.get(_ANY)
    if type(value) is Map:
        for name in [name for name in value if every is not None or name in casts]:
            _cast_one(reading, value, name, every or casts[name], (*steps, name))
    elif type(value) is Seq:
        every = every or casts.get(_EACH)
        for index in range(len(value)) if every is not None else ():
            _cast_one(reading, value, index, every, (*steps, index))


def _cast_one(reading: Reading, container: Any, key: Any, cast: Any, steps: Steps) -> None:
    value = container[key]
    kind = type(value)
    if kind is Map or kind is Seq:
        if type(cast) is dict:
            _cast_all(reading, value, cast, steps)
        return
    if type(cast) is dict:
        cast = cast.get("")
    if kind is not str or cast is None:
        return
    place = container.places[key]
    try:
        container[key] = cast(value, reading, place)
    except ValueError as error:
        from grader.compose.filling import dotted, refuse

        text = f"error while interpolating {dotted(steps)}: failed to cast to expected type: {error}"
        refuse(reading, text, "interpolation_cast", steps, value, place)
        if type(container) is Map:
            del container[key], container.places[key]
