"""`extends`: a service that begins as a copy of another.

Compose: compose-go 2.9.1 (`loader/extends.go`). A service of another file is taken as that file spells it, merged and
in its long forms but not validated; the volumes it declares and its `.env` are not looked at.
"""

import posixpath
from collections.abc import Callable
from typing import Any

from grader.compose.gotext import quote
from grader.compose.govalues import panic
from grader.compose.items import Steps
from grader.compose.marks import Mark
from grader.compose.merge import CannotOverride, merge_service
from grader.compose.reading import EXTENDS, Reading
from grader.compose.resets import apply_resets
from grader.compose.tree import Map, Place, clone, moved, size, value_mark

MAX_CHAIN = 50  # services that extend each other

# Reads another file: its project, and the paths its `!reset` and `!override` name. None if it could not be read.
LoadOther = Callable[[str, Mark], tuple[Map, list[Steps]] | None]


class Extender:
    """Follows the `extends` of one document; `shown` is the file's path in Compose's messages."""

    def __init__(self, reading: Reading, shown: str, load_other: LoadOther) -> None:
        self.reading = reading
        self.shown = shown
        self.load_other = load_other
        self.own: Map | None = None  # the services of the document itself, which are looked at in their turn

    def run(self, root: Map, resets: list[Steps]) -> None:
        """Put every service that extends another together, in place. What is no map is refused and taken out."""
        services = root.get("services")
        if type(services) is not Map:
            if "services" in root:
                at = value_mark(root.places["services"])
                message = "services must be a mapping"
                self.reading.refuse(EXTENDS, message, ("services",), at, "services_not_mapping", 0)
                del root["services"], root.places["services"]
            return
        self.own = services
        for name in list(services):
            service = services[name]
            if type(service) is Map:
                if "extends" in service:
                    self._extend(name, services, resets, [])
            elif service is not None:
                place = services.places[name]
                self._refuse(f"services.{name} must be a mapping", (name,), place, "services_not_mapping")
                del services[name], services.places[name]

    def _extend(self, name: str, services: Map, resets: list[Steps], chain: list[tuple[str, str]]) -> Any:
        """Return a service of `services`, put together with what it extends."""
        service = services[name]
        if type(service) is not Map or "extends" not in service:
            if type(service) is not Map and service is not None and services is not self.own:
                place = services.places[name]
                self._refuse(f"services.{name} must be a mapping", (chain[0][0], "extends"), place, "extends_target")
            return service
        place = service.places["extends"]
        found = self._base_of(name, service["extends"], place, services)
        link = (name, found[3] if found else "")
        if found is None or self._is_circle(name, chain, link, place) or len(chain) >= MAX_CHAIN:
            del service["extends"], service.places["extends"]
            return service
        ref, others, other_resets, _ = found
        base = self._extend(ref, others, other_resets, [*chain, link])
        if type(base) is not Map:
            return service
        self.reading.budget.spend_values(size(base), value_mark(place))
        source = moved(clone(base), place)
        apply_resets(resets, source, ("services", name))
        merge_service(source, service, self._on_fault)
        source.pop("extends", None)
        source.places.pop("extends", None)
        services[name] = source
        return source

    def _base_of(self, name: str, extends: Any, place: Place, services: Map) -> Any:
        """Return the name of the service that is extended, the services and resets of its file, and the file."""
        file: Any = None
        ref: Any = extends if type(extends) is str else ""
        if type(extends) is Map:
            ref = extends.get("service")
            file = extends.get("file")
            if type(ref) is not str:
                self._refuse(f"extends.{name}.service is required", (name, "extends"), place, "extends_target")
                return None
        if file is not None and type(file) is not str:
            self._refuse(panic(file), (name, "extends", "file"), place, "extends_target")
            return None
        if file is None:
            if ref in services:
                return ref, services, [], self.shown
            self._not_found(name, self.shown, f"service {quote(ref)} not found", place)
            return None
        path = posixpath.normpath(posixpath.join(self.reading.directory, file))
        loaded = self.load_other(path, value_mark(place))
        if loaded is None:
            return None
        project, resets = loaded
        others = project.get("services")
        if type(others) is Map and ref in others:
            return ref, others, resets, file
        if "services" not in project:
            self._not_found(name, "<f>", "no services section", place)
        elif type(others) is not Map:
            self._not_found(name, "<f>", "services must be a mapping", place)
        else:
            self._not_found(name, self.shown, f"service {quote(ref)} not found in {file}", place)
        return None

    def _is_circle(self, name: str, chain: list[tuple[str, str]], link: tuple[str, str], place: Place) -> bool:
        if link not in chain:
            return False
        (first, file), *others = chain
        lines = [f"  {first} in {file}", *(f"  extends {one} in {where}" for one, where in [*others, link])]
        self._refuse("\n".join(["Circular reference:", *lines]), (name, "extends"), place, "extends_cycle")
        return True

    def _not_found(self, name: str, file: str, reason: str, place: Place) -> None:
        message = f"cannot extend service {quote(name)} in {file}: {reason}"
        self._refuse(message, (name, "extends"), place, "extends_target")

    def _on_fault(self, fault: CannotOverride) -> None:
        self._refuse(str(fault), fault.path[1:], fault.place, "override_type")

    def _refuse(self, message: str, path: tuple[str, ...], place: Place, kind: str) -> None:
        reading = self.reading
        reading.refuse(EXTENDS, message, ("services", *path), value_mark(place), kind, len(reading.ranked) + 1)
