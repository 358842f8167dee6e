"""The head of a service: what stands above its `environment`, given by the exercise and hardly ever changed.

Files of one exercise repeat each other there. A process that reads many of them reads each head once: it is taken out
of a text, a key stands in its place while the rest is read, and what the head holds is put back with the lines it has
now.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from grader.compose.tree import Map, Seq, Source

MAX_HEADS = 256  # that are kept; a class has some dozen
MAX_HEAD_BYTES = 2048

# A key that holds nothing in its own line, and lines further to the right. When another key in the column of the head
# follows, nothing of it can reach beyond, so it means the same when it is read alone.
_BEGINS = (b":\n    image:", b":\n    build:")
_LINES = rb"  [a-z][\w.-]*:\n(?:    [ #a-z][^\n]*\n)+"
_FOLLOWS = b"\n    environment:"
_COLUMN = 4
_ALONE = b"services:\n%b    environment:\n"
_LINE = 2  # of `_ALONE` in which the head begins, without its first line

_STAND_IN = b"    \xef\xbf\xbc%d:"  # U+FFFC, the object replacement character
_NOT_UNIX = re.compile(rb"\xc2\x85|\xe2\x80[\xa8\xa9]|\xef\xbf\xbc")  # other line breaks of YAML, and the stand-in

Compose = Callable[[bytes], Map | None]
Heads = dict[str, "_Part"]  # by the key that stands in


class _Part:
    """A list or map of a head: its values, their events by key or index, and the lists and maps in it."""

    __slots__ = ("events", "inner", "values")

    def __init__(self, values: Any) -> None:
        is_map = values.__class__ is Map
        keys = list(values) if is_map else range(len(values))
        self.values = values
        self.events = [(key, *values.places[key][:2]) for key in keys]
        self.inner = [(key, _Part(values[key])) for key in keys if values[key].__class__ in (Map, Seq)]

    def laid(self, source: Source) -> Any:
        """Return the list or map as it stands in another source."""
        made: Any
        if self.values.__class__ is Map:
            made = Map(self.values)
            made.places = {key: (key_event, event, source, None) for key, key_event, event in self.events}
        else:
            made = Seq(self.values)
            made.places = [(None, event, source, None) for _, _, event in self.events]
        for key, part in self.inner:
            made[key] = part.laid(source)
        return made


def take_out(data: bytes, compose: Compose) -> tuple[bytes, Heads]:
    """Return a text with a key in place of every head, and the heads. `compose` reads what is alone."""
    heads: Heads = {}
    if b"\r" in data or (not data.isascii() and _NOT_UNIX.search(data)):
        return data, heads
    parts: list[bytes] = []
    done = 0
    end = data.find(_FOLLOWS) + 1
    while end:
        begin = max(data.find(_BEGINS[0], done, end), data.find(_BEGINS[1], done, end))
        text = data[data.rfind(b"\n", done, begin) + 1 : end] if 0 <= begin and end - begin < MAX_HEAD_BYTES else b""
        head = _read(text, compose)
        if head is not None:
            key = _STAND_IN % len(heads)
            heads[key[4:-1].decode()] = head
            parts += (data[done : begin + 2], key, b"\n" * (text.count(b"\n") - 1))
            done = end
        end = data.find(_FOLLOWS, end) + 1
    parts.append(data[done:])
    return b"".join(parts), heads


@lru_cache(maxsize=MAX_HEADS)
def _read(text: bytes, compose: Compose) -> _Part | None:
    """Return the part of a service that a text holds; None: it is no head, or has to be read where it stands."""
    if b"$" in text or not re.fullmatch(_LINES, text):  # the places of variables are noted while a whole file is read
        return None
    root = compose(_ALONE % text)
    if root is None:
        return None
    (service,) = root["services"].values()
    del service["environment"], service.places["environment"]
    return _Part(service)


def put_back(root: Map, heads: Heads, name: str) -> bool:
    """Put the heads back into the services of the file that marks call `name`; tell whether all had their place."""
    services = root.get("services")
    if services.__class__ is not Map:
        return False
    for key, service in services.items():
        stand_in = next(iter(service)) if service.__class__ is Map and service else ""
        head = heads.pop(stand_in, None)
        if head is None:
            continue
        event = service.places[stand_in][0]
        below, places = service.copy(), service.places
        del below[stand_in], places[stand_in]
        above = head.laid((name, event.start_mark.line + 1 - _LINE))
        is_block = not services.places[key][1].flow_style and event.start_mark.column == _COLUMN
        if not is_block or not above.keys().isdisjoint(below):
            return False
        service.clear()  # and filled again: what was read of it knows it by itself
        service.update(above)
        service.update(below)
        service.places = above.places
        service.places.update(places)
    return not heads
