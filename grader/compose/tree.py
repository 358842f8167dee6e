"""The tree of a compose file: plain data, and beside it where every part of it stands.

A `Map` is a dict and a `Seq` a list of plain values, so every stage works on data; `places` runs parallel to them.
Whoever moves a value moves its place along.
"""

from typing import Any

from yaml.nodes import ScalarNode

from grader.compose.marks import Mark, Marks

# The file's name as marks use it, and the number of the line in it that the text of the events begins with.
Source = tuple[str, int]

# The key's event, the value's event (an alias where one is written), their source, and where the text comes from if
# that is elsewhere. The first is None for an item of a list. Events are those of the parser, or its nodes, which have
# the same marks.
Place = tuple[Any, Any, Source, Mark | None]


class Map(dict[str, Any]):
    """A mapping. `places` has a `Place` for every key."""

    __slots__ = ("places",)

    places: dict[str, Place]


class Seq(list[Any]):
    """A sequence. `places` has a `Place` for every item."""

    __slots__ = ("places",)

    places: list[Place]


_CONTAINERS = frozenset([Map, Seq])


def new_map() -> Map:
    """Return an empty mapping."""
    made = Map()
    made.places = {}
    return made


def new_seq() -> Seq:
    """Return an empty sequence."""
    made = Seq()
    made.places = []
    return made


def map_at(place: Place, values: dict[str, Any]) -> Map:
    """Return a mapping that the file spells shorter: everything in it stands at `place`."""
    made = Map(values)
    made.places = dict.fromkeys(values, place)
    return made


def seq_at(place: Place, values: list[Any]) -> Seq:
    """Return a sequence that the file spells shorter: everything in it stands at `place`."""
    made = Seq(values)
    made.places = [place] * len(values)
    return made


def clone(value: Any) -> Any:
    """Return a copy that shares nothing that can change; places stay."""
    kind = type(value)
    if kind is Map:
        made = Map()
        made.places = value.places.copy()
        for key, item in value.items():
            made[key] = clone(item)
        return made
    if kind is Seq:
        copied = Seq([clone(item) for item in value])
        copied.places = value.places.copy()
        return copied
    return value


def moved(value: Any, written: Place) -> Any:
    """Return a copy of what an alias or an `extends` brings in: written at `written`, its text elsewhere."""
    kind = type(value)
    if kind is not Map and kind is not Seq:
        return value
    # what holds texts only is not looked through: aliases of aliases may bring in thousands
    _, event, source, _ = written
    made: Any
    if kind is Map:
        made = Map(value)
        made.places = {
            key: (event, event, source, place[3] or value_mark(place)) for key, place in value.places.items()
        }
        if not _CONTAINERS.isdisjoint(map(type, value.values())):
            for key, item in value.items():
                made[key] = moved(item, written)
    else:
        made = Seq(value)
        made.places = [(event, event, source, place[3] or value_mark(place)) for place in value.places]
        if not _CONTAINERS.isdisjoint(map(type, value)):
            made[:] = [moved(item, written) for item in value]
    return made


def size(value: Any) -> int:
    """Return the number of nodes in `value`, itself included."""
    count = 1
    rest = [value] if type(value) is Map or type(value) is Seq else []
    while rest:
        container = rest.pop()
        count += len(container)
        items = container.values() if type(container) is Map else container
        if not _CONTAINERS.isdisjoint(map(type, items)):
            rest += [item for item in items if type(item) is Map or type(item) is Seq]
    return count


_made = tuple.__new__  # of a named tuple: half the time of its own constructor, and marks are made by the dozen


def event_mark(event: Any, source: Source) -> Mark:
    """Return the mark of one event of the parser."""
    start = event.start_mark
    end = event.end_mark
    line = start.line
    column = start.column
    return _made(Mark, (source[0], line + source[1], column + 1, end.column - column if end.line == line else 0))


def last_line(value: Any, place: Place) -> int:
    """Return the number of the last line (from 1) that the value at `place` reaches to."""
    while type(value) in (Map, Seq) and value:
        key: Any = next(reversed(value)) if type(value) is Map else -1
        value, place = value[key], value.places[key]
    event = place[1]
    end = event.end_mark
    if end.column == 0 and end.line > event.start_mark.line:
        return int(end.line) + place[2][1] - 1  # a text in lines of its own ends where the next line begins
    return int(event.start_mark.line if type(value) in (Map, Seq) else end.line) + place[2][1]


def key_mark(place: Place) -> Mark:
    """Return the mark of an entry's key, or of an item."""
    return event_mark(place[1] if place[0] is None else place[0], place[2])


def value_mark(place: Place) -> Mark:
    """Return the mark of an entry's value, of its key where the value is empty or a block below the key."""
    key, event, source, _ = place
    start = event.start_mark
    end = event.end_mark
    line = start.line
    column = start.column
    width = end.column - column if end.line == line else -1
    if key is not None:
        # of a text that is not empty nothing more is asked: most marks are those of texts
        is_block = event.__class__ is not ScalarNode and getattr(event, "flow_style", None) is False
        if not width or is_block:
            return event_mark(key, source)
    return _made(Mark, (source[0], line + source[1], column + 1, width if width > 0 else 0))


def one_or_both(place: Place) -> Mark | Marks:
    """Return where an entry's value is written, with where its text comes from if that is elsewhere."""
    _, event, source, elsewhere = place
    start = event.start_mark
    end = event.end_mark
    line = start.line
    column = start.column
    width = end.column - column
    if end.line == line and width and event.__class__ is ScalarNode:  # as `value_mark`, which is asked for less
        written = _made(Mark, (source[0], line + source[1], column + 1, width))
    else:
        written = value_mark(place)
    return written if elsewhere is None or elsewhere == written else _made(Marks, (written, elsewhere))


def both_marks(place: Place) -> Marks:
    """Return where an entry's value is written and where its text comes from."""
    found = one_or_both(place)
    return found if found.__class__ is Marks else _made(Marks, (found, found))
