"""What Compose adds to a project that says nothing: default networks, implied dependencies, defaults of a build.

Compose: compose-go 2.9.1 (`loader/normalize.go`).
"""

from typing import Any

from grader.compose.canonical import SHORT
from grader.compose.govalues import panic
from grader.compose.paths import clean
from grader.compose.reading import NORMALISE, Reading
from grader.compose.tree import Map, Place, Seq, map_at, new_map, value_mark

_NAMESPACES = ("network_mode", "ipc", "pid", "uts", "cgroup")
_IMPLYING = frozenset(["links", "volumes_from", *_NAMESPACES])


def normalise(reading: Reading, root: Map) -> None:
    """Complete a project, in place."""
    services = root.get("services")
    if type(services) is not Map:
        return
    default = False
    for name, service in services.items():
        place = services.places[name]
        if "provider" not in service and "network_mode" not in service and not service.get("networks"):
            service["networks"] = map_at(place, {"default": None})
            service.places["networks"] = place
        networks = service.get("networks")
        default = default or (networks is not None and "default" in networks)
        build = service.get("build")
        if build is not None:
            _complete_build(build, service.places["build"])
        if "pid" in service and service["pid"] is None:
            at = value_mark(service.places["pid"])
            reading.refuse_whole(NORMALISE, panic(None), ("services", name, "pid"), at, "schema_type")
        if not _IMPLYING.isdisjoint(service):
            implied = _implied(service)
            if implied:
                _add_dependencies(service, implied)
        for mount in service.get("volumes") or ():
            if SHORT not in mount or not mount["target"]:  # that of a short form is clean already
                mount["target"] = clean(mount["target"])
    if default and (root.get("networks") is None or "default" not in root["networks"]):
        if type(root.get("networks")) is not Map:
            root["networks"] = new_map()
            root.places["networks"] = root.places["services"]
        root["networks"]["default"] = None
        root["networks"].places["default"] = root.places["services"]


def _complete_build(build: Map, place: Place) -> None:
    if build.get("context") is None:
        build["context"] = "."
        build.places["context"] = place
    if build.get("dockerfile") is None and build.get("dockerfile_inline") is None:
        build["dockerfile"] = "Dockerfile"
        build.places["dockerfile"] = place


def _implied(service: Map) -> list[tuple[str, bool, Place]]:
    """Return the services that links, shared namespaces and shared volumes depend on, and whether to restart."""
    found: list[tuple[str, bool, Place]] = []
    links = service.get("links")
    if links is not None:
        for link, place in zip(links, links.places, strict=True):
            parts = link.split(":")
            found.append((parts[0] if len(parts) == 2 else link, True, place))
    for namespace in _NAMESPACES:
        value: Any = service.get(namespace)
        if type(value) is str and value.startswith("service:"):
            found.append((value.removeprefix("service:"), True, service.places[namespace]))
    sources = service.get("volumes_from")
    if type(sources) is Seq:
        for source, place in zip(sources, sources.places, strict=True):
            if not source.startswith("container:"):
                found.append((source.split(":")[0], False, place))
    return found


def _add_dependencies(service: Map, implied: list[tuple[str, bool, Place]]) -> None:
    depends_on = service.get("depends_on")
    if depends_on is None:
        depends_on = service["depends_on"] = new_map()
        service.places["depends_on"] = implied[0][2]
    for name, restart, place in implied:
        if name not in depends_on:
            values = {"condition": "service_started", "restart": restart, "required": True}
            depends_on[name] = map_at(place, values)
            depends_on.places[name] = place
