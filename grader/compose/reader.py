"""From the parser's events to trees, one for every document of a file.

The events are those of PyYAML's C parser; its composer is not used, because it ends the process on 30,000 nested
brackets. What most files do not have (anchors, tags, merge keys, odd keys) is in `grader.compose.oddities`.
"""

from collections.abc import Callable
from typing import Any

from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from grader.compose.budget import TOO_MANY_VALUES
from grader.compose.document import Document
from grader.compose.errors import Unreadable
from grader.compose.odd_keys import ITEM
from grader.compose.oddities import Oddities
from grader.compose.reading import Reading
from grader.compose.scalars import resolve
from grader.compose.tree import Map, Seq, Source, event_mark, new_seq

MAX_DEPTH = 100  # levels of lists and maps inside each other


def read_documents(reading: Reading, name: str, next_event: Callable[[], Any], documents: list[Document]) -> None:
    """Append the documents of the file that marks call `name`; `next_event` gives the parser's events.

    Raises the parser's errors (what was complete before is in `documents`) and `Unreadable` over a limit.
    """
    source = (name, 1)
    reader = _Reader(reading, source, documents)
    steps = {
        ScalarEvent: reader.scalar,
        MappingStartEvent: reader.begin,
        SequenceStartEvent: reader.begin,
        MappingEndEvent: reader.end,
        SequenceEndEvent: reader.end,
        AliasEvent: reader.alias,
        DocumentStartEvent: reader.begin_document,
        DocumentEndEvent: reader.end_document,
    }
    count = 0
    most = reading.budget.values
    while True:
        event = next_event()
        count += 1
        if count > most:
            raise Unreadable(TOO_MANY_VALUES, at=event_mark(event, source))
        kind = event.__class__
        if kind is StreamEndEvent:
            break
        step = steps.get(kind)
        if step is not None:
            step(event)
    reading.budget.spend_values(count, event_mark(event, source))


class _Reader:
    """The list or map at work, and what each event does to it.

    `_key` is that of the value that comes next: `ITEM` in a list, None where a key comes next. A document is the one
    item of a list.
    """

    __slots__ = ("_container", "_documents", "_key", "_key_event", "_odd", "_places", "_source", "_stack")

    def __init__(self, reading: Reading, source: Source, documents: list[Document]) -> None:
        self._documents = documents
        self._source = source
        self._odd = Oddities(reading, source)
        self._stack = self._odd.stack  # the lists and maps around the one at work, each with what belongs to it
        self._container: Any = new_seq()
        self._places: Any = self._container.places
        self._key: Any = ITEM
        self._key_event: Any = None

    def scalar(self, event: Any) -> None:
        """A key, a value of a map, or an item of a list."""
        value, key = event.value, self._key
        if event.tag is not None or event.anchor is not None:
            value = self._odd.scalar(event, self._container, key, self._key_event)
        elif not event.style:
            value = resolve(value, plain=True, tag=None)
        if key is not None:
            if value.__class__ is str and "$" in value:
                self._odd.note_variable(self._container, key)
            self._put(value, event, None)
            return
        is_new = value.__class__ is str and value != "<<" and value not in self._container
        self._key = value if is_new else self._odd.key(event, value, self._container)
        self._key_event = event

    def begin(self, event: Any) -> None:
        """A list or map begins. It has its place at once: what is read of a broken file is kept."""
        is_map = event.__class__ is MappingStartEvent
        value: Any = Map() if is_map else Seq()
        value.places = {} if is_map else []
        if len(self._stack) > MAX_DEPTH:
            raise Unreadable(_TOO_DEEP, at=event_mark(event, self._source))
        key, key_event = self._key, self._key_event
        if event.tag is not None or event.anchor is not None:
            self._odd.container(event, value, self._container, key, key_event)
        if key is not None:
            self._put(value, event, None)
        self._stack.append((self._container, self._places, key, key_event if key is not None else event))
        self._container, self._places = value, value.places
        self._key = None if is_map else ITEM

    def end(self, event: Any) -> None:
        """The list or map at work ends; it was a value, or a key."""
        ended = self._container
        if self._odd.unsettled:
            self._odd.settle(ended)
        self._container, self._places, key, self._key_event = self._stack.pop()
        if key is None:
            self._key, self._key_event = self._odd.complex_key(ended, self._key_event, self._container), event
        else:
            self._key = ITEM if key is ITEM else None

    def alias(self, event: Any) -> None:
        """A value that was written elsewhere, or a key."""
        value, source = self._odd.alias(event, self._container, self._key, self._key_event)
        if self._key is not None:
            self._put(value, event, source)
            return
        self._key, self._key_event = self._odd.key(event, value, self._container), event

    def begin_document(self, event: Any) -> None:
        """Documents are read one by one; anchors stay."""
        self._container = new_seq()
        self._places = self._container.places
        self._odd.start(self._container)

    def end_document(self, event: Any) -> None:
        """What is complete is kept, whatever comes behind it."""
        self._documents.append(self._odd.end())

    def _put(self, value: Any, event: Any, source: Any) -> None:
        """Put a value where it belongs; in a map a key comes next."""
        if self._key is ITEM:
            self._container.append(value)
            self._places.append((None, event, self._source, source))
        else:
            self._container[self._key] = value
            self._places[self._key] = (self._key_event, event, self._source, source)
            self._key = None


_TOO_DEEP = (
    f"The file has lists or maps inside each other more than {MAX_DEPTH} levels deep; "
    "a compose file needs less than ten. Write the part that starts here anew."
)
