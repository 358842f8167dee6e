"""What a key that Compose does not know was meant to be, where that is certain.

Compose refuses `enviroment`, variables that are not indented under `environment`, blocks one level too high. The
refusal stays; what stands there is read as what was meant. The wrong key is left behind, empty, for the schema to
refuse.
"""

import re
from collections.abc import Container
from typing import Any

from grader.compose.reading import EXTENDS, SCHEMA, Reading
from grader.compose.schema_rules import PROJECT, SERVICE
from grader.compose.tree import Map, Place, Seq, new_map, value_mark

MAX_SLIPS = 2  # letters that differ

_IN_SERVICE = ("environment", "volumes", "env_file")
_AT_TOP = ("services", "volumes", "networks")
_VARIABLE = r"[A-Z][A-Z0-9_]*"
_SECTIONS = PROJECT.fields.keys() - {"include"}
_KEYS = SERVICE.fields.keys() - {"extends"}
_DECLARATION_KEYS = frozenset(["driver", "driver_opts", "external", "labels", "name"])


def read_as_meant(reading: Reading, root: Map, before: Map) -> None:
    """Move misplaced and misspelt parts of a document to where they belong, in place. `before` is what came earlier."""
    unknown = [name for name in root if name not in PROJECT.fields]
    bent = bool(unknown) or type(root.get("volumes")) is Seq
    for name in unknown:
        wanted = nearest(name, _AT_TOP)
        if wanted is not None:
            _move(root, name, root, wanted)
    services = root.get("services")
    if type(services) is Map:
        _misplaced_environment(reading, root, services)
        _misplaced_declarations(reading, root, services)
        networks = root.get("networks")
        if type(networks) is Map:
            _misplaced_declarations(reading, root, networks)
        _listed_declarations(reading, root, services)
        for name, service in services.items():
            if type(service) is Map and not SERVICE.fields.keys() >= service.keys():
                _service(reading, name, service, before)
                bent = True
    if bent or reading.husks:
        reading.bend((*reading.layer, EXTENDS))


def is_as_meant(root: Map, held: Container[str]) -> bool:
    """Tell at a glance whether a document is put together of itself only, and `read_as_meant` has nothing to do in it.

    Of the services `held` the head is known and says no more than what they are.
    """
    services, networks = root.get("services"), root.get("networks")
    if type(services) is not Map or not _SECTIONS.issuperset(root) or type(root.get("volumes")) is Seq:
        return False
    for name, service in services.items():
        if type(service) is not Map or not _KEYS.issuperset(service):
            return False
        if name not in held and (not _is_service(service) or _are_declarations(service)):
            return False
    return type(networks) is not Map or not any(nearest(name, ("volumes",)) for name in networks)


def nearest(name: str, known: tuple[str, ...]) -> str | None:
    """Return the known key that `name` is one slip away from: case, singular or plural, one or two letters."""
    lower = name.lower().replace("-", "_").strip("_ ")
    for wanted in known:
        if lower.rstrip("s") == wanted.rstrip("s") or lower.replace("_", "") == wanted.replace("_", ""):
            return wanted
        if lower[:1] == wanted[0] and len(lower) > 4 and _distance(lower, wanted) <= MAX_SLIPS:
            return wanted
    return None


def _distance(one: str, other: str) -> int:
    """Return how many letters must be changed, added, left out or swapped; MAX_SLIPS + 1 stands for more."""
    if abs(len(one) - len(other)) > MAX_SLIPS:
        return MAX_SLIPS + 1
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def _move(source: Map, name: str, target: Map, wanted: str) -> None:
    """Put the value of `name` where it belongs; what is there already wins. The key stays, without a value."""
    value, place = source[name], source.places[name]
    source[name] = None
    _add(target, wanted, value, place)


def _add(target: Map, wanted: str, value: Any, place: Place) -> None:
    there = target.get(wanted)
    if there is None:
        target[wanted] = value
        target.places[wanted] = place
    elif type(there) is Map and type(value) is Map:
        for key, item in value.items():
            if key not in there:
                there[key] = item
                there.places[key] = value.places[key]
    elif type(there) is Seq and type(value) is Seq:
        there.extend(value)
        there.places.extend(value.places)


def _service(reading: Reading, name: str, service: Map, before: Map) -> None:
    unknown = [key for key in service if key not in SERVICE.fields and not key.startswith("x-")]
    for key in unknown:
        wanted = nearest(key, _IN_SERVICE)
        if wanted is not None:
            _move(service, key, service, wanted)
    variables = [key for key in unknown if re.fullmatch(_VARIABLE, key) and type(service[key]) not in (Map, Seq)]
    if variables and "environment" in service and type(service["environment"]) in (Map, type(None)):
        _outdented(reading, name, service, variables, before)


def _outdented(reading: Reading, name: str, service: Map, variables: list[str], before: Map) -> None:
    """Read variables that stand beside `environment` instead of under it."""
    place = service.places["environment"]
    if service["environment"] is None:
        service["environment"] = new_map()
        if not _has_environment(before, name) and "extends" not in service:
            message = f"validating <f>: services.{name}.environment must be a mapping"
            path = ("services", name, "environment")
            reading.refuse(SCHEMA, message, path, value_mark(place), "services_not_mapping", -len(path), -1)
    environment = service["environment"]
    for key in variables:
        if key not in environment:
            environment[key] = service[key]
            environment.places[key] = service.places[key]
        service[key] = None


def _has_environment(before: Map, name: str) -> bool:
    services = before.get("services")
    service = services.get(name) if type(services) is Map else None
    return type(service) is Map and "environment" in service


def _misplaced_environment(reading: Reading, root: Map, services: Map) -> None:
    """An `environment` (or a list of mounts) between services, or at the top, belongs to the service before it."""
    previous: Any = None
    for name in list(services):
        value = services[name]
        # an empty map is a service without anything: Compose misses its image
        wanted = None if _is_service(value) or value == {} else nearest(name, _IN_SERVICE)
        if wanted is None or (wanted == "volumes" and type(value) is Map):
            previous = value if type(value) is Map else previous
            continue
        reading.husks.append((services, name))
        if type(previous) is Map and value is not None:
            services[name] = _give_back(previous, wanted, value, services.places[name])
    for name in [key for key in root if key not in PROJECT.fields and nearest(key, ("environment",))]:
        if type(previous) is Map and previous.get("environment") is None:
            _move(root, name, previous, "environment")


def _is_service(value: Any) -> bool:
    return type(value) is Map and ("image" in value or "build" in value)


def _give_back(service: Map, wanted: str, value: Any, place: Place) -> Any:
    """Put a block that stands beside a service into it, and return what the schema will refuse in its place."""
    if type(value) is not Map:
        _add(service, wanted, value, place)
        return value
    made = new_map()
    husk = new_map()
    for key, item in value.items():
        if key in SERVICE.fields:
            _add(service, key, item, value.places[key])
        else:
            made[key] = item
            made.places[key] = value.places[key]
            husk[key] = None
            husk.places[key] = value.places[key]
    _add(service, wanted, made, place)
    return husk


def _husk(value: Map) -> Map:
    """Return what the schema will refuse in place of a map that has been moved."""
    made = new_map()
    for key, place in value.places.items():
        made[key] = None
        made.places[key] = place
    return made


def _misplaced_declarations(reading: Reading, root: Map, section: Map) -> None:
    """A `volumes` with declarations under `services` or `networks` is the one that belongs at the top."""
    for name in list(section):
        value = section[name]
        if type(value) is Map and _are_declarations(value) and nearest(name, ("volumes",)):
            _add(root, "volumes", value, section.places[name])
            section[name] = _husk(value)
            reading.husks.append((section, name))


def _are_declarations(value: Map) -> bool:
    for item in value.values():
        if item is not None and (type(item) is not Map or not _DECLARATION_KEYS.issuperset(item)):
            return False
    return bool(value)


def _listed_declarations(reading: Reading, root: Map, services: Map) -> None:
    """A list under the top-level `volumes`: names are declarations, mounts belong to the service before it."""
    listed = root.get("volumes")
    if type(listed) is not Seq or not all(type(item) is str for item in listed):
        return
    place = root.places["volumes"]
    last = next((service for service in reversed(services.values()) if type(service) is Map), None)
    if last is not None and last.get("volumes") is None and any("/" in item for item in listed):
        last["volumes"] = listed
        last.places["volumes"] = place
    declared = new_map()
    for item, at in zip(listed, listed.places, strict=True):
        if "/" not in item:
            declared[item.rstrip(":")] = None
            declared.places[item.rstrip(":")] = at
    root["volumes"] = declared
    reading.refuse(
        SCHEMA, "validating <f>: volumes must be a mapping", ("volumes",), value_mark(place), "schema_type", -1, -1
    )
