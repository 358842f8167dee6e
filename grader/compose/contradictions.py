"""What does not fit together in one service, in Compose's words.

Compose: compose-go 2.9.1 (`loader/validate.go`).
"""

from collections.abc import Iterator
from typing import Any

from grader.compose.errors import INVALID
from grader.compose.gotext import quote
from grader.compose.reading import CONSISTENCY, Path, Reading
from grader.compose.scaling import Contradiction, of_build, of_build_secrets, of_scale, of_watch
from grader.compose.schema import TEST_WORDS
from grader.compose.tree import Map, Place, key_mark, seq_at, value_mark


class Contradictions:
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

    def _refuse(self, message: str, path: Path, place: Place, kind: str) -> None:
        at = value_mark(place) if path else key_mark(place)
        self.reading.refuse_whole(CONSISTENCY, message, ("services", self.name, *path), at, kind, self.order)

    def _note(self, found: Iterator[Contradiction]) -> None:
        for message, key, kind in found:
            self._refuse(message, (key,), self.service.places[key], kind)

    def check(self) -> None:
        """Refuse whatever does not fit together."""
        service = self.service
        if not service.get("build") and not service.get("image") and not service.get("provider"):
            text = f"service {quote(self.name)} has neither an image nor a build context specified: {INVALID}"
            self._refuse(text, (), self.place, "no_image")
        if "build" in service:
            self._note(of_build(self.name, service, self.active))
        self._check_networks()
        self._check_healthcheck()
        self._check_depends_on()
        self._check_volumes()
        if "build" in service:
            self._note(of_build_secrets(self.name, service, self.root.get("secrets")))
        for section, word in (("configs", "config"), ("models", "model"), ("secrets", "secret")):
            if section in service:
                self._check_uses(section, word)
        if "scale" in service or "deploy" in service:
            self._note(of_scale(self.name, service))
        if "develop" in service:
            self._note(of_watch(self.name, service))
        self._check_targets()

    def _check_networks(self) -> None:
        networks = self.service.get("networks")
        if not networks:
            return
        if self.service.get("network_mode"):
            text = f"service {self.name} declares mutually exclusive `network_mode` and `networks`: {INVALID}"
            self._refuse(text, ("network_mode",), self.service.places["network_mode"], "network_mode")
        declared = self.root.get("networks") or {}
        for name in networks:
            if name not in declared:
                text = f"service {quote(self.name)} refers to undefined network {name}: {INVALID}"
                self._refuse(text, ("networks", name), _name_place(networks.places[name]), "undefined_network")

    def _check_healthcheck(self) -> None:
        healthcheck = self.service.get("healthcheck")
        test = healthcheck.get("test") if healthcheck else None
        if type(test) is not str and test and test[0] not in TEST_WORDS:
            text = 'healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"'
            self._refuse(text, ("healthcheck", "test"), test.places[0], "healthcheck")

    def _check_depends_on(self) -> None:
        depends_on = self.service.get("depends_on")
        if depends_on is None:
            return
        for name, entry in depends_on.items():
            if name in self.active or (not entry.get("required", True) and name in (self.root["services"])):
                continue
            text = f"service {quote(self.name)} depends on undefined service {quote(name)}: {INVALID}"
            self._refuse(text, ("depends_on", name), _name_place(depends_on.places[name]), "undefined_service")

    def _check_volumes(self) -> None:
        volumes = self.service.get("volumes")
        if volumes is None:
            return
        declared = self.root.get("volumes") or {}
        for index, mount in enumerate(volumes):
            source = mount.get("source")
            if mount.get("type") == "volume" and source and source not in declared:
                text = f"service {quote(self.name)} refers to undefined volume {source}: {INVALID}"
                path = ("volumes", str(index), mount["target"])
                self._refuse(text, path, volumes.places[index], "undefined_volume")

    def _check_uses(self, section: str, word: str) -> None:
        declared = self.root.get(section) or {}
        used = self.service[section]
        for key, item in used.items() if type(used) is Map else enumerate(used):
            name = key if type(used) is Map else item.get("source", "")
            if name not in declared:
                text = f"service {quote(self.name)} refers to undefined {word} {name}: {INVALID}"
                self._refuse(text, (section, str(key)), used.places[key], f"undefined_{word}")

    def _check_targets(self) -> None:
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
            self._refuse(text, (key, str(index), target), place, "double_target")
        seen[target] = location


def _name_place(place: Place) -> Place:
    """Return the place of a key as that of a value."""
    return place if place[0] is None else (None, place[0], place[2], place[3])
