"""Values of the tree in messages as Go's `fmt` prints them: `%T`, `%#v` and `%s`."""

from typing import Any

from grader.compose.gotext import quote
from grader.compose.scalars import MAX_INT, go_type, resolve, to_text
from grader.compose.timestamps import Timestamp
from grader.compose.tree import Map

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class GoMap:
    """A map of Go, of which the keys may be of any kind: `entries` by the type and the value of a key.

    `is_general` tells that Go's type for it is not that of a map with texts as keys.
    """

    __slots__ = ("entries", "is_general")

    def __init__(self, *, is_general: bool) -> None:
        self.is_general = is_general
        self.entries: dict[tuple[type, Any], Any] = {}


def type_name(value: Any) -> str:
    """Return the type of a value (`%T`)."""
    if isinstance(value, dict):
        return "map[string]interface {}"
    if isinstance(value, list):
        return "[]interface {}"
    return go_type(value)


def panic(value: Any, wanted: str = "string") -> str:
    """Return the first line of Compose's panic over a value that it takes for a text without looking."""
    found = "nil" if value is None else type_name(value)
    return f"panic: interface conversion: interface {{}} is {found}, not {wanted}"


def unconvertible(value: Any) -> str:
    """Return Compose's text for a value that is not turned into a text where one is wanted, `""` if it is."""
    if value is None or isinstance(value, str) or (type(value) is int and value <= MAX_INT):
        return ""
    return f"expected type 'string', got unconvertible type '{type_name(value)}'"


def go_syntax(value: Any) -> str:
    """Return a value as `%#v` prints it: `1`, `"x"`, `<nil>`."""
    return "<nil>" if value is None else _inner_syntax(value)


def _inner_syntax(value: Any) -> str:
    if value is None:
        return "interface {}(nil)"
    if isinstance(value, GoMap):
        return _map_syntax([(key, item) for (_, key), item in value.entries.items()], is_general=value.is_general)
    if isinstance(value, dict):
        entries = [(_key_value(value, key), item) for key, item in value.items()]
        return _map_syntax(entries, is_general=not all(isinstance(key, str) for key, _ in entries))
    if isinstance(value, Timestamp):
        zone = "time.UTC" if not value.offset else 'time.Location("")'
        clock = f"{value.hour}, {value.minute}, {value.second}, {value.nanosecond}"
        return f"time.Date({value.year}, time.{_MONTHS[value.month - 1]}, {value.day}, {clock}, {zone})"
    if isinstance(value, list):
        return f"[]interface {{}}{{{', '.join(map(_inner_syntax, value))}}}"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, int) and value > MAX_INT:
        return hex(value)
    return to_text(value)


def _map_syntax(entries: list[tuple[Any, Any]], *, is_general: bool) -> str:
    entries.sort(key=lambda entry: _key_order(entry[0]))
    items = ", ".join(f"{_inner_syntax(key)}:{_inner_syntax(item)}" for key, item in entries)
    return f"map[{'interface {}' if is_general else 'string'}]interface {{}}{{{items}}}"


def _key_value(container: dict[str, Any], key: str) -> Any:
    """Return what the key of a map is as it stands in the file: a map of the tree has only texts as keys."""
    event: Any = container.places[key][0] if isinstance(container, Map) else None
    if event is None or not hasattr(event, "value") or event.style or event.tag:
        return key
    return resolve(event.value, plain=True, tag=None)


def _key_order(key: Any) -> tuple[int, Any]:
    """Go prints keys of one type after the other."""
    kinds = (type(None), str, int, float, bool)
    place = kinds.index(type(key)) if type(key) in kinds else len(kinds)
    return place, key if place in (1, 2, 3, 4) else 0


def go_value(value: Any) -> str:
    """Return a value as `%v` prints it: `map[b:c]`, `[1 2]`, `<nil>`."""
    if isinstance(value, dict):
        return f"map[{' '.join(f'{key}:{go_value(value[key])}' for key in sorted(value))}]"
    if isinstance(value, list):
        return f"[{' '.join(map(go_value, value))}]"
    return to_text(value)


def go_string(value: Any) -> str:
    """Return a value as `%s` prints it, which complains about what is no text: `%!s(int=1)`."""
    return "%!s(<nil>)" if value is None else _inner_string(value)


def _inner_string(value: Any) -> str:
    if value is None:
        return "<nil>"
    if isinstance(value, dict):
        return f"map[{' '.join(f'{key}:{_inner_string(value[key])}' for key in sorted(value))}]"
    if isinstance(value, str | Timestamp):
        return str(value)
    if isinstance(value, list):
        return f"[{' '.join(map(_inner_string, value))}]"
    return f"%!s({go_type(value)}={to_text(value)})"
