"""One project laid on another: an override file, a further document, a service that extends one.

Compose: compose-go 2.9.1 (`override/merge.go`). Values and places move together.
"""

from collections.abc import Callable
from typing import Any

from grader.compose.govalues import go_value, panic, type_name
from grader.compose.tree import Map, Place, Seq, map_at, new_map, new_seq


class CannotOverride(Exception):
    """A list laid on a map or the like; `path` is the place, `place` that of the value laid on."""

    def __init__(self, path: tuple[str, ...], place: Place, message: str = "") -> None:
        super().__init__(message or f"cannot override {'.'.join(path)}")
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
    return _laid_on(merger, base, over, place, path, _BUILD_RULES)


def _laid_on(merger: _Merger, base: Any, over: Any, place: Place, path: tuple[str, ...], rules: Any) -> Map:
    """Lay a map on a map. Anything else is a map without entries for Compose, into which none can be put either."""
    if type(base) is not Map:
        if type(over) is Map and over:
            raise CannotOverride(path, place, "panic: assignment to entry in nil map")
        base = new_map()
    laid_on: Map = base
    if type(over) is Map:
        merger.maps(laid_on, over, path, rules)
    return laid_on


def as_map(value: Any, path: tuple[str, ...], entry: dict[str, Any] | None = None) -> Any:
    """Return a list of names as a map, anything else as it is; Compose takes the items for texts without looking."""
    if type(value) is not Seq:
        return value
    made = new_map()
    for item, at in zip(value, value.places, strict=True):
        if type(item) is not str:
            raise CannotOverride(path, at, panic(item))
        made[item] = None if entry is None else map_at(at, dict(entry))
        made.places[item] = at
    return made


def _names(merger: _Merger, old: Any, value: Any, at: Place, place: Place, path: tuple[str, ...]) -> Any:
    return _laid_on(merger, as_map(old, path), as_map(value, path), place, path, {})


def _depends_on(merger: _Merger, old: Any, value: Any, at: Place, place: Place, path: tuple[str, ...]) -> Any:
    started = {"condition": "service_started", "required": True}
    return _laid_on(merger, as_map(old, path, started), as_map(value, path, started), place, path, {})


def _logging(merger: _Merger, old: Any, value: Any, at: Place, place: Place, path: tuple[str, ...]) -> Any:
    """Options are merged only where both sides use the same driver, or one names none."""
    for part in (old, value):
        if type(part) is not Map:
            raise CannotOverride(path, place, panic(part, "map[string]interface {}"))
    if "driver" in old and "driver" in value:
        drivers = {type(old["driver"]), type(value["driver"])}
        if drivers in ({Map}, {Seq}):
            name = type_name(old["driver"])
            raise CannotOverride(path, place, f"panic: runtime error: comparing uncomparable type {name}")
        if old["driver"] != value["driver"]:
            return value
    merger.maps(old, value, path, {})
    return old


def _subnets(merger: _Merger, old: Any, value: Any, at: Place, place: Place, path: tuple[str, ...]) -> Any:
    """Lay the address ranges of a network on others, as Compose does: in place, so that one range may become another.

    A range of `old` is merged with that of the same subnet, and with each whose subnet is in the result already.
    """
    if type(old) is not Seq or type(value) is not Seq:
        raise CannotOverride(path, place, f"{'.'.join(path)}: unexpected type []interface {{}}")
    made = new_seq()
    for item, item_at in zip(old, old.places, strict=True):
        base = as_map(item, path)
        for over, over_at in zip(value, value.places, strict=True):
            laid = as_map(over, path)
            laid = laid if type(laid) is Map else new_map()
            subnet = laid.get("subnet")
            if subnet != base.get("subnet") and all(one.get("subnet") != subnet for one in made):
                made.append(laid)
                made.places.append(over_at)
                continue
            merger.maps(base, laid, path, {})
            same = [index for index, one in enumerate(made) if one.get("subnet") == base.get("subnet")]
            if same:
                made[same[0]], made.places[same[0]] = base, item_at
            else:
                made.append(base)
                made.places.append(item_at)
    return made


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
