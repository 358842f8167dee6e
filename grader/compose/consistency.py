"""What Compose checks on the finished model, service by service, once profiles are applied.

Compose: compose-go 2.9.1 (`loader/validate.go`, `graph/cycle.go`, `types/project.go`).
"""

from collections.abc import Iterator
from typing import Any

from grader.compose.gotext import quote
from grader.compose.reading import CONSISTENCY, NAMES, Path, Reading
from grader.compose.scaling import INVALID, Contradiction, of_build, of_scale
from grader.compose.tree import Map, Place, key_mark, seq_at, value_mark

_TEST_WORDS = frozenset(["CMD", "CMD-SHELL", "NONE"])
_AFTER_SERVICES = 1_000_000  # the rank of what is checked after all services


def check_consistency(reading: Reading, root: Map, active: dict[str, Map], defined: Map) -> None:
    """Refuse what does not fit together in the `active` services; `defined` are those of inactive profiles too."""
    networks, volumes = root.get("networks") or {}, root.get("volumes") or {}
    for order, (name, service) in enumerate(active.items()):
        if not _is_plain(service) or not _fits(service, active, networks, volumes):
            _Service(reading, root, active, defined, name, order).check()
    _check_secrets(reading, root)
    _check_cycles(reading, active, defined)
    _check_container_names(reading, active)


# Keys with checks of their own beside those of `_fits`.
_CHECKED_KEYS = frozenset(
    ["configs", "deploy", "healthcheck", "models", "network_mode", "provider", "scale", "secrets", "tmpfs"]
)
_CHECKED_BUILD_KEYS = frozenset(["additional_contexts", "dockerfile_inline", "platforms", "secrets"])


def _is_plain(service: Map) -> bool:
    """Tell whether a service has none of the rarer keys, so `_fits` says all there is to say."""
    if _CHECKED_KEYS.isdisjoint(service):
        return True
    if service.keys() & _CHECKED_KEYS != {"healthcheck"}:
        return False
    test = service["healthcheck"].get("test") or "shell"
    return type(test) is str or test[0] in _TEST_WORDS


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
    mounts = service.get("volumes") or ()
    targets = {mount["target"] for mount in mounts}
    return len(targets) == len(mounts) and all(
        mount.get("type") != "volume" or not mount.get("source") or mount["source"] in volumes for mount in mounts
    )


class _Service:
    """The checks of one service, in Compose's order."""

    def __init__(
        self, reading: Reading, root: Map, active: dict[str, Map], defined: Map, name: str, order: int
    ) -> None:
        self.reading = reading
        self.root = root
        self.active = active
        self.name = name
        self.service = active[name]
        self.place: Place = defined.places[name]
        self.order = order

    def refuse(self, message: str, path: Path, place: Place, kind: str) -> None:
        at = value_mark(place) if path else key_mark(place)
        self.reading.refuse_whole(CONSISTENCY, message, ("services", self.name, *path), at, kind, self.order)

    def note(self, found: Iterator[Contradiction]) -> None:
        for message, key, kind in found:
            self.refuse(message, (key,), self.service.places[key], kind)

    def check(self) -> None:
        service = self.service
        if not service.get("build") and not service.get("image") and not service.get("provider"):
            text = f"service {quote(self.name)} has neither an image nor a build context specified: {INVALID}"
            self.refuse(text, (), self.place, "no_image")
        if "build" in service:
            self.note(of_build(self.name, service, self.active))
        self.check_networks()
        self.check_healthcheck()
        self.check_depends_on()
        self.check_volumes()
        for section, word in (("configs", "config"), ("models", "model"), ("secrets", "secret")):
            if section in service:
                self.check_uses(section, word)
        if "scale" in service or "deploy" in service:
            self.note(of_scale(self.name, service))
        self.check_targets()

    def check_networks(self) -> None:
        networks = self.service.get("networks")
        if not networks:
            return
        if self.service.get("network_mode"):
            text = f"service {self.name} declares mutually exclusive `network_mode` and `networks`: {INVALID}"
            self.refuse(text, ("network_mode",), self.service.places["network_mode"], "network_mode")
        declared = self.root.get("networks") or {}
        for name in networks:
            if name not in declared:
                text = f"service {quote(self.name)} refers to undefined network {name}: {INVALID}"
                self.refuse(text, ("networks", name), _name_place(networks.places[name]), "undefined_network")

    def check_healthcheck(self) -> None:
        healthcheck = self.service.get("healthcheck")
        test = healthcheck.get("test") if healthcheck else None
        if type(test) is not str and test and test[0] not in _TEST_WORDS:
            text = 'healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"'
            self.refuse(text, ("healthcheck", "test"), test.places[0], "healthcheck")

    def check_depends_on(self) -> None:
        depends_on = self.service.get("depends_on")
        if depends_on is None:
            return
        for name, entry in depends_on.items():
            if name in self.active or (not entry.get("required", True) and name in (self.root["services"])):
                continue
            text = f"service {quote(self.name)} depends on undefined service {quote(name)}: {INVALID}"
            self.refuse(text, ("depends_on", name), _name_place(depends_on.places[name]), "undefined_service")

    def check_volumes(self) -> None:
        volumes = self.service.get("volumes")
        if volumes is None:
            return
        declared = self.root.get("volumes") or {}
        for index, mount in enumerate(volumes):
            source = mount.get("source")
            if mount.get("type") == "volume" and source and source not in declared:
                text = f"service {quote(self.name)} refers to undefined volume {source}: {INVALID}"
                path = ("volumes", str(index), mount["target"])
                self.refuse(text, path, volumes.places[index], "undefined_volume")

    def check_uses(self, section: str, word: str) -> None:
        declared = self.root.get(section) or {}
        used = self.service[section]
        for key, item in used.items() if type(used) is Map else enumerate(used):
            name = key if type(used) is Map else item.get("source")
            if name not in declared:
                text = f"service {quote(self.name)} refers to undefined {word} {name}: {INVALID}"
                self.refuse(text, (section, str(key)), used.places[key], f"undefined_{word}")

    def check_targets(self) -> None:
        """Refuse a second mount at one place."""
        seen: dict[str, str] = {}
        tmpfs: Any = self.service.get("tmpfs")
        volumes = self.service.get("volumes")
        if not tmpfs and not volumes:
            return
        if type(tmpfs) is str:
            tmpfs = seq_at(self.service.places["tmpfs"], [tmpfs])
        for index, text in enumerate(tmpfs or ()):
            self._claim(seen, text.partition(":")[0], "tmpfs", index, tmpfs.places[index])
        for index, mount in enumerate(volumes or ()):
            self._claim(seen, mount["target"], "volumes", index, self.service["volumes"].places[index])

    def _claim(self, seen: dict[str, str], target: str, key: str, index: int, place: Place) -> None:
        location = f"services.{self.name}.{key}[{index}]"
        if target in seen:
            text = f"{location}: target {target} already mounted as {seen[target]}"
            self.refuse(text, (key, str(index), target), place, "double_target")
        seen[target] = location


def _name_place(place: Place) -> Place:
    """Return the place of a key as that of a value."""
    return place if place[0] is None else (None, place[0], place[2], place[3])


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
