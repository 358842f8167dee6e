"""The head of a service: what stands above its `environment`, given by the exercise and hardly ever changed.

Files of one exercise repeat each other there. A process that reads many of them reads each head once: it is taken out
of a text, a key stands in its place while the rest is read, and what the head holds is put back with the lines it has
now: at once, or when the stages of Compose have seen the rest.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from grader.compose.held import Head, Held
from grader.compose.tree import Map

MAX_HEADS = 256  # that are kept; a class has some dozen
MAX_HEAD_BYTES = 2048

# A key that holds nothing in its own line, and lines further to the right, up to a key in the column of the head or to
# the end of the service: nothing of it can reach beyond, so it means the same when it is read alone. Where a list or
# map ends is where the next thing begins, so that stands behind it then, as many lines below and in the same column.
_BEGINS = (b":\n    image:", b":\n    build:")
_LINES = re.compile(
    rb"(?P<head>  [a-z][\w.-]*:\n(?:    (?!environment:|volumes:)[ #a-z][^\n]*\n)++)"
    rb"(?:(?P<key>    )(?:environment:|volumes:)|(?P<gap>(?: *(?:#[^\n]*)?\n)*+)(?P<end> ? ?[^ #\t\n]|\Z))"
)
_OPEN_END = re.compile(rb"[|>][-+0-9]* *(?:#[^\n]*)?\n")  # a text in lines of its own, to which empty lines may belong
_COLUMN = 4
_ALONE = b"services:\n%b%b%b"  # the head, empty lines, what follows
_LINE = 2  # of `_ALONE` in which the head begins, without its first line

_SIGN = b"\xef\xbf\xbc"  # U+FFFC, the object replacement character: stands in for a head or for what follows it
_STAND_IN = b"    " + _SIGN + b"%d:"
_FOLLOWS = _SIGN + b":\n"
_NOT_UNIX = re.compile(rb"\xc2\x85|\xe2\x80[\xa8\xa9]|\xef\xbf\xbc")  # other line breaks of YAML, and the stand-in

Compose = Callable[[bytes], Map | None]


def take_out(data: bytes, compose: Compose) -> tuple[bytes, dict[str, Head]]:
    """Return a text with a key in place of every head, and the heads. `compose` reads what is alone."""
    heads: dict[str, Head] = {}  # by the key that stands in
    text = data.replace(b"\r\n", b"\n") if b"\r" in data else data
    if b"\r" in text or (not text.isascii() and _NOT_UNIX.search(text)):
        return data, heads
    parts: list[bytes] = []
    done = 0
    for begin in sorted([at for sign in _BEGINS for at in _places(text, sign)]):
        lines = _LINES.match(text, text.rfind(b"\n", 0, begin) + 1)
        head = _read(_alone(lines), compose) if lines and len(lines["head"]) < MAX_HEAD_BYTES else None
        if lines and head:
            key = _STAND_IN % len(heads)
            heads[key[4:-1].decode()] = head
            parts += (text[done : begin + 2], key, b"\n" * (lines["head"].count(b"\n") - 1))
            done = lines.end("head")
    parts.append(text[done:])
    return b"".join(parts), heads


def _places(text: bytes, sign: bytes) -> Iterator[int]:
    """Yield where a sign begins, which takes less than a pattern with alternatives."""
    at = text.find(sign)
    while at != -1:
        yield at
        at = text.find(sign, at + 1)


def _alone(lines: re.Match[bytes]) -> bytes:
    """Return the head as a text of its own."""
    head, key, gap, end = lines.groups()
    if key:
        return _ALONE % (head, key, _FOLLOWS)
    return _ALONE % (head, b"\n" * gap.count(b"\n"), end[:-1] + _FOLLOWS if end else b"")


@lru_cache(maxsize=MAX_HEADS)
def _read(text: bytes, compose: Compose) -> Head | None:
    """Return the head that a text holds; None: it has to be read where it stands."""
    if b"$" in text or _OPEN_END.search(text):  # the places of variables are noted while a whole file is read
        return None
    root = compose(text)
    if root is None:
        return None
    service = next(iter(root["services"].values()))
    sign = _SIGN.decode()
    if sign in service:
        del service[sign], service.places[sign]
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
