"""Parts of a file that a process keeps and lays into every file that holds them, and heads that wait to be laid.

The head of a service that is known waits until the stages of Compose are done, if they have nothing to say about it:
they see the rest of the service only. It comes back in the form that they would have given it.
"""

from functools import lru_cache
from typing import Any

from grader.compose.tree import Map, Seq, Source

MAX_LAID = 384  # heads by the lines where they begin; in a class each of them begins in some dozen


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

    def __init__(self, written: Part, settled: Part | None, plain: dict[str, Any]) -> None:
        self.written = written
        self.settled = settled
        self.plain = plain


class Held:
    """The place of a head in a service, to which it has not come back yet."""

    __slots__ = ("head", "service", "source")

    def __init__(self, head: Head, service: Map, source: Source) -> None:
        self.head = head
        self.service = service
        self.source = source

    def put_back(self, *, is_settled: bool) -> None:
        """Put the head before the rest of the service, as it is written or as the stages leave it."""
        part = self.head.settled if is_settled else None
        self._put((part or self.head.written).laid(self.source))

    def put_back_for_good(self) -> None:
        """Put the head back as the stages leave it, when only `_COMPLETED` parts of it may change any more."""
        part = self.head.settled
        if part is not None:
            self._put(_laid(part, self.source))
            for key, inner in part.inner:
                if key in _COMPLETED:
                    self.service[key] = inner.laid(self.source)

    def _put(self, above: Map) -> None:
        service = self.service
        below, places = service.copy(), service.places
        service.clear()  # and filled again: what was read of it knows it by itself
        service.update(above)
        service.update(below)
        service.places = {**above.places, **places}


_COMPLETED = frozenset(["build", "depends_on"])


class Aside:
    """What stands aside of the `services` of a project: their heads, and of those in `quiet` everything.

    `order` is that of the names of all services.
    """

    __slots__ = ("heads", "order", "quiet", "services")

    def __init__(self, services: Map, heads: dict[str, Held], quiet: dict[str, Map]) -> None:
        self.services = services
        self.heads = heads
        self.quiet = quiet
        self.order = list(services)


@lru_cache(maxsize=MAX_LAID)
def _laid(part: Part, source: Source) -> Map:
    """Return a head as it stands in a source, for all files where it does: only to be copied from."""
    made: Map = part.laid(source)
    return made
