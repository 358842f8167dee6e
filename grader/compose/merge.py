"""One project laid on another: an override file, a further document, a service that extends one.

Compose: compose-go 2.9.1 (`override/merge.go`). Values and places move together.
"""

from collections.abc import Callable
from typing import Any

from grader.compose.govalues import go_value
from grader.compose.tree import Map, Place, Seq, map_at, new_map, new_seq


class CannotOverride(Exception):
    """A list laid on a map or the like; `path` is the place, `place` that of the value laid on."""

    def __init__(self, path: tuple[str, ...], place: Place) -> None:
        super().__init__(f"cannot override {'.'.join(path)}")
        self.path = path
        self.place = place


OnFault = Callable[[CannotOverride], None]


def merge_projects(base: Map, over: Map, on_fault: OnFault) -> None:
    """Lay the project `over` on `base`, in place. What does not fit is told to `on_fault` and left out."""
    _Merger(on_fault).maps(base, over, (), _PROJECT)


def merge_service(base: Map, over: Map, on_fault: OnFault) -> None:
    """Lay a service on the one it extends, in place."""
    _Merger(on_fault).maps(base, over, ("services", "x"), _SERVICE)


Special = Callable[["_Merger", Any, Any, Place, Place, tuple[str, ...]], Any]


class _Merger:
    def __init__(self, on_fault: OnFault) -> None:
        self.on_fault = on_fault

    def maps(self, base: Map, over: Map, path: tuple[str, ...], rules: Any) -> None:
        """Lay a map on a map. `rules` says by key what is special below it."""
        for key, value in over.items():
            place = over.places[key]
            if key not in base:
                base[key] = value
                base.places[key] = place
                continue
            rule = rules.get(key) or rules.get("*")
            try:
                self.entry(base, key, value, place, (*path, key), rule)
            except CannotOverride as fault:
                self.on_fault(fault)

    def entry(self, base: Map, key: str, value: Any, place: Place, path: tuple[str, ...], rule: Any) -> None:
        old = base[key]
        special, below = rule if type(rule) is tuple else (None, rule)
        if special is not None:
            merged = special(self, old, value, base.places[key], place, path)
            base[key] = merged
            if merged is value:
                base.places[key] = place
            return
        if value is None:
            return
        if type(old) is Map:
            if type(value) is not Map:
                raise CannotOverride(path, place)
            self.maps(old, value, path, below or {})
        elif type(old) is Seq:
            if type(value) is not Seq:
                raise CannotOverride(path, place)
            old.extend(value)
            old.places.extend(value.places)
        else:
            base[key] = value
            base.places[key] = place


def _to_list(value: Any, place: Place) -> Seq:
    """Return a map as a list of `KEY=value`, a text as a list of one; anything else is empty."""
    if type(value) is Seq:
        return value
    made = new_seq()
    if type(value) is str:
        made.append(value)
        made.places.append(place)
    if type(value) is not Map:
        return made
    items: list[tuple[str, Place]] = []
    for key, item in value.items():
        at = value.places[key]
        if item is None:
            items.append((key, at))
        elif type(item) is Seq:
            items.extend((f"{key}={go_value(one)}", at) for one in item)
        else:
            items.append((f"{key}={go_value(item)}", at))
    items.sort(key=_text_of)
    for text, at in items:
        made.append(text)
        made.places.append(at)
    return made


def _text_of(item: tuple[str, Place]) -> str:
    return item[0]


def _joined(merger: _Merger, old: Any, value: Any, at: Place, place: Place, path: tuple[str, ...]) -> Any:
    joined = new_seq()
    for part in (_to_list(old, at), _to_list(value, place)):
        joined.extend(part)
        joined.places.extend(part.places)
    return joined


def _joined_hosts(merger: _Merger, old: Any, value: Any, at: Place, place: Place, path: tuple[str, ...]) -> Any:
    joined = _joined(merger, old, None, at, place, path)
    known = list(joined)
    added = _to_list(value, place)
    for item, item_place in zip(added, added.places, strict=True):
        if item not in known:
            joined.append(item)
            joined.places.append(item_place)
    return joined


def _replaced(merger: _Merger, old: Any, value: Any, at: Place, place: Place, path: tuple[str, ...]) -> Any:
    return value


def _build(merger: _Merger, old: Any, value: Any, at: Place, place: Place, path: tuple[str, ...]) -> Any:
    base, over = (map_at(p, {"context": v}) if type(v) is str else v for v, p in ((old, at), (value, place)))
    if type(base) is not Map or type(over) is not Map:
        return base if type(over) is not Map else over
    merger.maps(base, over, path, _BUILD_RULES)
    return base


def _to_map(value: Any, place: Place, entry: dict[str, Any] | None) -> Map:
    if type(value) is Map:
        return value
    made = new_map()
    if type(value) is Seq:
        for item, at in zip(value, value.places, strict=True):
            if type(item) is str:
                made[item] = None if entry is None else map_at(at, dict(entry))
                made.places[item] = at
    return made


def _names(merger: _Merger, old: Any, value: Any, at: Place, place: Place, path: tuple[str, ...]) -> Any:
    base = _to_map(old, at, None)
    merger.maps(base, _to_map(value, place, None), path, {})
    return base


def _depends_on(merger: _Merger, old: Any, value: Any, at: Place, place: Place, path: tuple[str, ...]) -> Any:
    started = {"condition": "service_started", "required": True}
    base = _to_map(old, at, started)
    merger.maps(base, _to_map(value, place, started), path, {})
    return base


def _logging(merger: _Merger, old: Any, value: Any, at: Place, place: Place, path: tuple[str, ...]) -> Any:
    """Options are merged only where both sides use the same driver, or one names none."""
    if type(old) is not Map or type(value) is not Map:
        return value
    if "driver" in old and "driver" in value and old["driver"] != value["driver"]:
        return value
    merger.maps(old, value, path, {})
    return old


def _subnets(merger: _Merger, old: Any, value: Any, at: Place, place: Place, path: tuple[str, ...]) -> Any:
    """Address ranges of a network: the same subnet is merged, others are added."""
    if type(old) is not Seq or type(value) is not Seq:
        raise CannotOverride(path, place)
    return _joined(merger, old, value, at, place, path)


_LIST: Any = (_joined, None)
_HOSTS: Any = (_joined_hosts, None)
_OVER: Any = (_replaced, None)
_BUILD_RULES = {"args": _LIST, "additional_contexts": _LIST, "extra_hosts": _HOSTS, "labels": _LIST}
_SERVICE = {
    "annotations": _LIST,
    "build": (_build, None),
    "command": _OVER,
    "depends_on": (_depends_on, None),
    "deploy": {"labels": _LIST},
    "dns": _LIST,
    "dns_opt": _LIST,
    "dns_search": _LIST,
    "entrypoint": _OVER,
    "env_file": _LIST,
    "environment": _LIST,
    "extra_hosts": _HOSTS,
    "healthcheck": {"test": _OVER},
    "label_file": _LIST,
    "labels": _LIST,
    "logging": (_logging, None),
    "models": (_names, None),
    "networks": (_names, None),
    "sysctls": _LIST,
    "tmpfs": _LIST,
    "ulimits": {"*": _OVER},
}
_PROJECT: dict[str, Any] = {
    "networks": {"*": {"ipam": {"config": (_subnets, None)}, "labels": _LIST}},
    "services": {"*": _SERVICE},
    "volumes": {"*": {"labels": _LIST}},
}
