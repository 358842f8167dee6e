"""What Compose checks on the finished model, service by service, once profiles are applied.

Compose: compose-go 2.9.1 (`loader/validate.go`, `graph/cycle.go`, `types/project.go`).
"""

from collections.abc import Iterator
from typing import Any

from grader.compose.errors import INVALID
from grader.compose.gotext import quote
from grader.compose.reading import CONSISTENCY, NAMES, Reading
from grader.compose.schema import TEST_WORDS
from grader.compose.tree import Map, key_mark, value_mark

_AFTER_SERVICES = 1_000_000  # the rank of what is checked after all services


def check_consistency(reading: Reading, root: Map, active: dict[str, Map], defined: Map) -> None:
    """Refuse what does not fit together in the `active` services; `defined` are those of inactive profiles too."""
    networks, volumes = root.get("networks") or {}, root.get("volumes") or {}
    for order, (name, service) in enumerate(active.items()):
        if not _is_plain(service) or not _fits(service, active, networks, volumes):
            from grader.compose.contradictions import Contradictions  # here, because most services have none

            Contradictions(reading, root, active, defined, name, order).check()
    _check_secrets(reading, root)
    _check_cycles(reading, active, defined)
    _check_container_names(reading, active)


# Keys with checks of their own beside those of `_fits`.
_CHECKED_KEYS = frozenset(
    ["configs", "deploy", "develop", "healthcheck", "models", "network_mode", "provider", "scale", "secrets", "tmpfs"]
)
_CHECKED_BUILD_KEYS = frozenset(["additional_contexts", "dockerfile_inline", "platforms", "secrets"])


def _is_plain(service: Map) -> bool:
    """Tell whether a service has none of the rarer keys, so `_fits` says all there is to say."""
    if _CHECKED_KEYS.isdisjoint(service):
        return True
    if service.keys() & _CHECKED_KEYS != {"healthcheck"}:
        return False
    test = service["healthcheck"].get("test") or "shell"
    return type(test) is str or test[0] in TEST_WORDS


def _fits(service: Map, active: dict[str, Map], networks: Any, volumes: Any) -> bool:
    """Tell whether a service has an image or a plain build, and everything it refers to is there."""
    build = service.get("build")
    if not service.get("image") if build is None else not _CHECKED_BUILD_KEYS.isdisjoint(build):
        return False
    if not networks.keys() >= service["networks"].keys():
        return False
    depends_on = service.get("depends_on")
    if depends_on and not active.keys() >= depends_on.keys():
        return False
    targets = set()
    for mount in service.get("volumes") or ():
        target = mount["target"]
        if target in targets:
            return False
        targets.add(target)
        if mount.get("type") == "volume":
            source = mount.get("source")
            if source and source not in volumes:
                return False
    return True


def _check_secrets(reading: Reading, root: Map) -> None:
    secrets = root.get("secrets")
    if secrets is None:
        return
    for name, secret in secrets.items():
        if not secret.get("external") and not secret.get("file") and not secret.get("environment"):
            text = f"secret {quote(name)} must declare either `file` or `environment`: {INVALID}"
            at = key_mark(secrets.places[name])
            reading.refuse_whole(CONSISTENCY, text, ("secrets", name), at, "declaration", _AFTER_SERVICES)


def _check_cycles(reading: Reading, active: dict[str, Map], defined: Map) -> None:
    """Refuse services that wait for each other. Compose goes through the services in the order of their names."""
    waiting_for = {name: service["depends_on"] for name, service in active.items() if service.get("depends_on")}
    if not any(not waiting_for.keys().isdisjoint(names) for names in waiting_for.values()):
        return  # nobody waits for one that waits itself
    done: set[str] = set()
    for start in sorted(active):
        if start in done:
            continue
        waiting = [(start, _dependencies(active[start]))]
        position = {start: 0}  # of every service on the way from `start`
        while waiting:
            name, names = waiting[-1]
            following = next(names, None)
            if following is None:
                done.add(name)
                waiting.pop()
                del position[name]
            elif following in position:
                way = [known for known, _ in waiting[position[following] :]]
                text = f"dependency cycle detected: {' -> '.join([*way, following])}"
                at = key_mark(defined.places[following])
                path = ("services", following, "depends_on")
                reading.refuse_whole(CONSISTENCY, text, path, at, "dependency_cycle", _AFTER_SERVICES, 1)
                return
            elif following in active and following not in done:
                position[following] = len(waiting)
                waiting.append((following, _dependencies(active[following])))


def _dependencies(service: Map) -> Iterator[str]:
    return iter(sorted(service.get("depends_on") or ()))


def _check_container_names(reading: Reading, active: dict[str, Map]) -> None:
    seen: set[str] = set()
    for name, service in active.items():
        container = service.get("container_name")
        if not container:
            continue
        if container in seen:
            text = f'services.{name}: container name {quote(container)} is already in use by service {{}}"'
            at = value_mark(service.places["container_name"])
            reading.refuse_whole(NAMES, text, ("services", name, "container_name"), at, "container_name")
        seen.add(container)
