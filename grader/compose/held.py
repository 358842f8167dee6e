"""Parts of a file that a process keeps and lays into every file that holds them, and heads that wait to be laid.

The head of a service that is known waits until the stages of Compose are done, if they have nothing to say about it:
they see the rest of the service only. It comes back in the form that they would have given it.
"""

from typing import Any

from grader.compose.settled import plain, settled
from grader.compose.tree import Map, Seq, Source


class Part:
    """A list or map of a head: its values, their events by key or index, and the lists and maps in it."""

    __slots__ = ("events", "inner", "values")

    def __init__(self, values: Any) -> None:
        is_map = values.__class__ is Map
        keys = list(values) if is_map else range(len(values))
        self.values = values
        self.events = [(key, *values.places[key][:2]) for key in keys]
        self.inner = [(key, Part(values[key])) for key in keys if values[key].__class__ in (Map, Seq)]

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
        self.written = Part(service)
        made = settled(service)
        self.settled = None if made is None else Part(made)
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
