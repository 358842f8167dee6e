"""The head of a service: what stands above its `environment`, given by the exercise and hardly ever changed.

Files of one exercise repeat each other there. A process that reads many of them reads each head once: it is taken out
of a text, a key stands in its place while the rest is read, and what the head holds is put back with the lines it has
now: at once, or when the stages of Compose have seen the rest.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from grader.compose.settled import plain, settled
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
            made.places = [(key_event, event, source, None) for _, key_event, event in self.events]
        for key, part in self.inner:
            made[key] = part.laid(source)
        return made


class Head:
    """What was read of a head: as it is written, and as the stages of Compose leave it (None: not known before).

    `plain` is what `plain_service` makes of the second.
    """

    __slots__ = ("plain", "settled", "written")

    def __init__(self, service: Map) -> None:
        self.written = _Part(service)
        made = settled(service)
        self.settled = None if made is None else _Part(made)
        self.plain = {} if made is None else plain(made)


class Held:
    """The place of a head in a service, to which it has not come back yet."""

    __slots__ = ("head", "service", "source")

    def __init__(self, head: Head, service: Map, source: Source) -> None:
        self.head = head
        self.service = service
        self.source = source

    def put_back(self, *, is_settled: bool) -> None:
        """Put the head before the rest of the service, as it is written or as the stages leave it."""
        service = self.service
        part = self.head.settled if is_settled else None
        above = (part or self.head.written).laid(self.source)
        below, places = service.copy(), service.places
        service.clear()  # and filled again: what was read of it knows it by itself
        service.update(above)
        service.update(below)
        service.places = above.places
        service.places.update(places)


def take_out(data: bytes, compose: Compose) -> tuple[bytes, dict[str, Head]]:
    """Return a text with a key in place of every head, and the heads. `compose` reads what is alone."""
    heads: dict[str, Head] = {}  # by the key that stands in
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
def _read(text: bytes, compose: Compose) -> Head | None:
    """Return the head of a service that a text holds; None: it is no head, or has to be read where it stands."""
    if b"$" in text or not re.fullmatch(_LINES, text):  # the places of variables are noted while a whole file is read
        return None
    root = compose(_ALONE % text)
    if root is None:
        return None
    (service,) = root["services"].values()
    del service["environment"], service.places["environment"]
    return Head(service)


def hold(root: Map, heads: dict[str, Head], name: str) -> dict[str, Held] | None:
    """Return by service where the heads belong in the file that marks call `name`; None: not all have their place.

    What stood in for them is gone then, and a head that the stages have to see is put back already.
    """
    services = root.get("services")
    if services.__class__ is not Map:
        return None
    held = {}
    for key, service in services.items():
        stand_in = next(iter(service)) if service.__class__ is Map and service else ""
        head = heads.pop(stand_in, None)
        if head is None:
            continue
        event = service.places[stand_in][0]
        del service[stand_in], service.places[stand_in]
        is_block = not services.places[key][1].flow_style and event.start_mark.column == _COLUMN
        if not is_block or not head.written.values.keys().isdisjoint(service):
            return None
        held[key] = Held(head, service, (name, event.start_mark.line + 1 - _LINE))
        if head.settled is None:
            held.pop(key).put_back(is_settled=False)
    return held if not heads else None
