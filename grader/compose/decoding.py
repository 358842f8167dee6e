"""Texts that stand for something else: durations, sizes, command lines, booleans, hosts.

Compose: compose-go 2.9.1 decodes the merged project into records (`types/`), those of inactive profiles too; what is no
such value ends the run, and all that is wrong comes in one message.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from grader.compose.items import path_of
from grader.compose.marks import Mark
from grader.compose.reading import DECODE, Path, Reading
from grader.compose.scalars import go_type
from grader.compose.tree import Map, Seq, key_mark, value_mark
from grader.compose.units import parse_duration, parse_size, split_command

MAX_FAILURES = 20  # that are refused one by one; the first message names them all

_HEADING = "decoding failed due to the following error(s):\n\n"
_SPACE_BYTES = b"\t\n\v\f\r \x85\xa0"  # Compose looks at the last byte, so a name that ends in `à` is one too
_BOOLEANS = frozenset(["true", "false", "y", "yes", "on", "n", "no", "off"])


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
    if type(services) is not Map:
        return
    found: list[Failure] = []
    for name, service in services.items():
        if type(service) is Map:
            _check_map(service, _SERVICE, f"services[{name}]", ("services", name), found)
            if type(service.get("environment")) is Seq:
                found += _bad_names(name, service["environment"])
            if "extra_hosts" in service:
                found += _bad_hosts(name, service)
            if "storage_opt" in service:
                found += _bad_options(name, service["storage_opt"])
    found.sort(key=_shown)
    for index, failure in enumerate(found[:MAX_FAILURES]):
        first_of_each = {other.shown: other.text for other in reversed(found[index:])}
        texts = "\n".join(f"'{shown}' {first_of_each[shown]}" for shown in sorted(first_of_each))
        reading.refuse_whole(DECODE, _HEADING + texts, failure.path, failure.at, failure.kind, index)


def _shown(failure: Failure) -> str:
    return failure.shown


def _check_map(values: Map, rules: dict[str, Any], shown: str, steps: tuple[Any, ...], found: list[Failure]) -> None:
    """Check the entries of a map that have a rule."""
    for key in [key for key in values if key in rules]:
        rule = rules[key]
        value = values[key]
        if callable(rule):
            if value.__class__ is not str:
                continue
            try:
                rule(value)
            except ValueError as error:
                path = path_of((*steps, key))
                at = value_mark(values.places[key])
                found.append(Failure(f"{shown}.{key}", str(error), path, at, "decoding"))
                del values[key], values.places[key]
        elif type(value) is Map:
            every = rule.get("*")
            if every is None:
                _check_map(value, rule, f"{shown}.{key}", (*steps, key), found)
                continue
            for name, item in value.items():
                if type(item) is Map and not every.keys().isdisjoint(item):
                    _check_map(item, every, f"{shown}.{key}[{name}]", (*steps, key, name), found)
        elif type(value) is Seq and "*" in rule:
            for index, item in enumerate(value):
                if type(item) is Map and not rule["*"].keys().isdisjoint(item):
                    _check_map(item, rule["*"], f"{shown}.{key}[{index}]", (*steps, key, index), found)


def _boolean(text: str) -> None:
    if text.lower() not in _BOOLEANS:
        raise ValueError(f"invalid boolean: {text}")


_ROLLOUT = {"delay": parse_duration, "monitor": parse_duration}
_RESOURCES = {"memory": parse_size}
_HOOKS = {"*": {"command": split_command, "privileged": _boolean}}
_SERVICE: dict[str, Any] = {
    "attach": _boolean,
    "build": {
        "no_cache": _boolean,
        "privileged": _boolean,
        "pull": _boolean,
        "shm_size": parse_size,
    },
    "command": split_command,
    "depends_on": {"*": {"restart": _boolean}},
    "deploy": {
        "resources": {"limits": _RESOURCES, "reservations": _RESOURCES},
        "restart_policy": {"delay": parse_duration, "window": parse_duration},
        "rollback_config": _ROLLOUT,
        "update_config": _ROLLOUT,
    },
    "entrypoint": split_command,
    "env_file": {"*": {"required": _boolean}},
    "healthcheck": {
        "interval": parse_duration,
        "start_interval": parse_duration,
        "start_period": parse_duration,
        "timeout": parse_duration,
    },
    "mem_limit": parse_size,
    "mem_reservation": parse_size,
    "mem_swappiness": parse_size,
    "memswap_limit": parse_size,
    "post_start": _HOOKS,
    "pre_stop": _HOOKS,
    "shm_size": parse_size,
    "stop_grace_period": parse_duration,
    "volumes": {"*": {"bind": {"create_host_path": _boolean}, "tmpfs": {"size": parse_size}}},
}


def _bad_names(service: str, environment: Seq) -> Iterator[Failure]:
    """Yield the items `KEY =value` of a list: only the first of them is in Compose's message."""
    for item, place in zip(environment, environment.places, strict=True):
        name = item.partition("=")[0]
        if name and name.encode("utf-8", "surrogatepass")[-1] in _SPACE_BYTES:
            text = f"environment variable {name} is declared with a trailing space"
            path = ("services", service, "environment", name.strip())
            yield Failure(f"services[{service}].environment", text, path, key_mark(place), "env_key_space")


def _bad_hosts(service: str, values: Map) -> Iterator[Failure]:
    """Yield what is wrong with `extra_hosts`: a list of `host=address` or `host:address`, or a map."""
    hosts = values["extra_hosts"]
    names = []
    problem = None
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
        yield Failure(f"services[{service}].extra_hosts", problem, ("services", service, "extra_hosts"), at, "decoding")


def _bad_options(service: str, options: Any) -> Iterator[Failure]:
    """Yield the values of `storage_opt` that are neither a text nor a whole number, which the schema lets pass."""
    for name, value in options.items() if type(options) is Map else ():
        kind = _go_kind(value)
        if kind:
            text = f"expected type 'string', got unconvertible type '{kind}'"
            path = ("services", service, "storage_opt", name)
            yield Failure(
                f"services[{service}].storage_opt[{name}]", text, path, value_mark(options.places[name]), "decoding"
            )


def _go_kind(value: Any) -> str:
    """Return the name that Go has for the type of a value that is not turned into a text, `""` if it is."""
    if value is None or type(value) is int:
        return ""
    if type(value) is Map:
        return "map[string]interface {}"
    if type(value) is Seq:
        return "[]interface {}"
    return "" if isinstance(value, str) else go_type(value)
