"""Texts that stand for something else: durations, sizes, command lines, booleans, hosts.

Compose: compose-go 2.9.1 decodes the merged project into records (`types/`), those of inactive profiles too; what is no
such value ends the run, and all that is wrong comes in one message.
"""

from collections.abc import Iterator
from typing import Any

from grader.compose.decoders import (
    Panic,
    cpus,
    device_count,
    file_mode,
    no_fraction,
    parse_int,
    read_boolean,
    unsigned,
    whole,
)
from grader.compose.extensions import NAME as EXTENSIONS
from grader.compose.govalues import type_name, unconvertible
from grader.compose.items import path_of
from grader.compose.marks import Mark
from grader.compose.reading import DECODE, Path, Reading
from grader.compose.timestamps import Timestamp
from grader.compose.tree import Map, Place, Seq, key_mark, value_mark
from grader.compose.units import parse_duration, parse_size, split_command
from grader.light_tuple import NamedTuple

MAX_FAILURES = 20  # that are refused one by one; the first message names them all

_HEADING = "decoding failed due to the following error(s):\n\n"
_SPACE_BYTES = b"\t\n\v\f\r \x85\xa0"  # Compose looks at the last byte, so a name that ends in `à` is one too


class Failure(NamedTuple):
    """One value that cannot be decoded; `shown` is its place in Compose's message."""

    shown: str
    text: str
    path: Path
    at: Mark
    kind: str


def check_values(reading: Reading, root: Map) -> None:
    """Refuse the values of a project that cannot be decoded, and take them out."""
    services = root.get("services")
    found: list[Failure] = []
    for name, service in services.items() if type(services) is Map else ():
        if type(service) is Map:
            _check_map(reading, service, _SERVICE, f"services[{name}]", ("services", name), found)
            if type(service.get("environment")) is Seq:
                found += bad_names(name, service["environment"])
            if "extra_hosts" in service:
                found += _bad_hosts(service, ("services", name))
            build = service.get("build")
            if type(build) is Map and "extra_hosts" in build:
                found += _bad_hosts(build, ("services", name, "build"))
            for key in ("group_add", "storage_opt"):
                if key in service:
                    found += _bad_texts(("services", name, key), service[key])
    secrets = root.get("secrets")
    for name, secret in secrets.items() if type(secrets) is Map else ():
        if type(secret) is Map and type(secret.get("driver_opts")) is Map:
            found += _bad_texts(("secrets", name, "driver_opts"), secret["driver_opts"])
    found += _bad_models(root.get("models"))
    found.sort(key=_order)
    for index, failure in enumerate(found[:MAX_FAILURES]):
        first_of_each = {other.shown: other.text for other in reversed(found[index:])}
        texts = "\n".join(f"'{shown}' {first_of_each[shown]}" for shown in sorted(first_of_each, key=_order_of))
        reading.refuse_whole(DECODE, _HEADING + texts, failure.path, failure.at, failure.kind, index)


def _order(failure: Failure) -> tuple[bool, str]:
    return _order_of(failure.shown)


def _order_of(shown: str) -> tuple[bool, str]:
    """Services are decoded first."""
    return not shown.startswith("services"), shown


def _check_map(
    reading: Reading, values: Map, rules: dict[str, Any], shown: str, steps: tuple[Any, ...], found: list[Failure]
) -> None:
    """Decode the entries of a map that have a rule."""
    for key in [key for key in values if key in rules]:
        rule, value = rules[key], values[key]
        if rule.__class__ is not dict:
            if value.__class__ is not str and rule not in _OF_NUMBERS:
                continue
            try:
                if rule is _boolean:
                    values[key] = rule(value, reading, values.places[key])
                else:
                    rule(value)
            except ValueError as error:
                path = path_of((*steps, key))
                at = value_mark(values.places[key])
                if isinstance(error, Panic):
                    reading.refuse_whole(DECODE, str(error), path, at, "decoding", -1)
                else:
                    found.append(Failure(f"{shown}.{_name_of(key, shown)}", str(error), path, at, "decoding"))
                del values[key], values.places[key]
        elif type(value) is Map:
            every = rule.get("*")
            if every is None:
                _check_map(reading, value, rule, f"{shown}.{key}", (*steps, key), found)
                continue
            for name, item in value.items():
                if type(item) is Map and not every.keys().isdisjoint(item):
                    _check_map(reading, item, every, f"{shown}.{key}[{name}]", (*steps, key, name), found)
        elif type(value) is Seq and "*" in rule:
            for index, item in enumerate(value):
                if type(item) is Map and not rule["*"].keys().isdisjoint(item):
                    _check_map(reading, item, rule["*"], f"{shown}.{key}[{index}]", (*steps, key, index), found)


def _name_of(key: str, shown: str) -> str:
    """Return the name of a field in messages; some have only the one they have in Go."""
    return key.capitalize() if key in ("rate", "value") or (key == "weight" and shown[-1] == "]") else key


def _boolean(value: str, reading: Reading, place: Place) -> Any:
    said, warning = read_boolean(value)
    if warning:
        reading.warn_whole(DECODE, warning, value_mark(place))
    return said


_uint64 = unsigned(64)
_uint32 = unsigned(32)
_uint16 = unsigned(16)
_OF_NUMBERS = frozenset(
    [_uint64, _uint32, _uint16, cpus, device_count, file_mode, no_fraction, whole]
)  # the others are asked about texts only

_ROLLOUT = {"delay": parse_duration, "monitor": parse_duration, "parallelism": _uint64}
_RESOURCES = {
    "cpus": cpus,
    "devices": {"*": {"count": device_count}},
    "generic_resources": {"*": {"discrete_resource_spec": {"value": parse_int}}},
    "memory": parse_size,
    "pids": parse_int,
}
_FILES = {"*": {"mode": file_mode}}
_RATES = {"*": {"rate": parse_size}}
_LIMITS = {"*": {"hard": whole, "soft": whole}}
_HOOKS = {"*": {"command": split_command, "privileged": _boolean}}
_SERVICE: dict[str, Any] = {
    "attach": _boolean,
    "blkio_config": {
        "device_read_bps": _RATES,
        "device_read_iops": _RATES,
        "device_write_bps": _RATES,
        "device_write_iops": _RATES,
        "weight": _uint16,
        "weight_device": {"*": {"weight": _uint16}},
    },
    "build": {
        "no_cache": _boolean,
        "privileged": _boolean,
        "pull": _boolean,
        "secrets": _FILES,
        "shm_size": parse_size,
        "ulimits": _LIMITS,
    },
    "command": split_command,
    "depends_on": {"*": {"restart": _boolean}},
    "configs": _FILES,
    "deploy": {
        "placement": {"max_replicas_per_node": _uint64},
        "resources": {"limits": _RESOURCES, "reservations": _RESOURCES},
        "restart_policy": {"delay": parse_duration, "max_attempts": _uint64, "window": parse_duration},
        "rollback_config": _ROLLOUT,
        "update_config": _ROLLOUT,
    },
    "develop": {"watch": {"*": {"exec": _HOOKS["*"]}}},
    "entrypoint": split_command,
    "env_file": {"*": {"required": _boolean}},
    "gpus": {"*": {"count": device_count}},
    "healthcheck": {
        "interval": parse_duration,
        "retries": _uint64,
        "start_interval": parse_duration,
        "start_period": parse_duration,
        "timeout": parse_duration,
    },
    "mem_limit": parse_size,
    "mem_reservation": parse_size,
    "mem_swappiness": parse_size,
    "memswap_limit": parse_size,
    "ports": {"*": {"published": no_fraction, "target": _uint32}},
    "post_start": _HOOKS,
    "pre_stop": _HOOKS,
    "secrets": _FILES,
    "shm_size": parse_size,
    "stop_grace_period": parse_duration,
    "ulimits": _LIMITS,
    "volumes": {"*": {"bind": {"create_host_path": _boolean}, "tmpfs": {"mode": _uint32, "size": parse_size}}},
}


def bad_names(service: str, environment: Seq) -> Iterator[Failure]:
    """Yield the items `KEY =value` of a list: only the first of them is in Compose's message."""
    for item, place in zip(environment, environment.places, strict=True):
        name = item.partition("=")[0]
        if name and name.encode("utf-8", "surrogatepass")[-1] in _SPACE_BYTES:
            text = f"environment variable {name} is declared with a trailing space"
            path = ("services", service, "environment", name.strip())
            yield Failure(f"services[{service}].environment", text, path, key_mark(place), "env_key_space")


def _bad_hosts(values: Map, path: Path) -> Iterator[Failure]:
    """Yield what is wrong with `extra_hosts`: a list of `host=address` or `host:address`, or a map."""
    hosts = values["extra_hosts"]
    names = []
    problem = None
    if type(hosts) is Map and EXTENSIONS in hosts:
        problem = "unexpected value type map[string]interface {} for extra_hosts entry"
    for item in hosts:
        found = next((sep for sep in "=:" if sep in item), None) if type(hosts) is Seq else ""
        if found is None and problem is None:
            problem = f"invalid additional host, missing IP: {item}"
        names.append(item.partition(found)[0] if found else item)
    bad = next((name for name in names if not name or ":" in name or "=" in name), None)
    if problem is None and bad is not None:
        problem = f"bad host name '{bad}'"
    if problem is not None:
        at = value_mark(values.places["extra_hosts"])
        shown = ".".join((f"services[{path[1]}]", *path[2:], "extra_hosts"))
        yield Failure(shown, problem, (*path, "extra_hosts"), at, "decoding")


def _bad_models(models: Any) -> Iterator[Failure]:
    """Yield the models that are no maps, of a name for which the schema has no rule; for Go a time is a record too."""
    for name, model in models.items() if type(models) is Map else ():
        if model is not None and type(model) not in (Map, Timestamp):
            kind = "slice" if type(model) is Seq else type_name(model)
            at = value_mark(models.places[name])
            text = f'expected a map or struct, got "{kind}"'
            yield Failure(f"models[{name}]", text, ("models", name), at, "schema_type")


def _bad_texts(place: tuple[str, str, str], values: Any) -> Iterator[Failure]:
    """Yield the values of a list or map that are neither a text nor a whole number, which the schema lets pass."""
    for key, value in values.items() if type(values) is Map else enumerate(values):
        text = unconvertible(value)
        if text:
            at = value_mark(values.places[key])
            section, name, inner = place
            yield Failure(f"{section}[{name}].{inner}[{key}]", text, (*place, str(key)), at, "decoding")
