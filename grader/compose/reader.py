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
from grader.compose.tree import Map, Seq, event_mark, new_seq

MAX_DEPTH = 100  # levels of lists and maps inside each other


def read_documents(reading: Reading, name: str, next_event: Callable[[], Any], documents: list[Document]) -> None:
    """Append the documents of the file that marks call `name`; `next_event` gives the parser's events.

    Raises the parser's errors (what was complete before is in `documents`) and `Unreadable` over a limit.
    """
    odd = Oddities(reading, name)
    stack = odd.stack  # the lists and maps around the one at work, each with what belongs to it
    container: Any = new_seq()  # the one at work; a document is the one item of a list
    places: Any = container.places
    key: Any = ITEM  # of the value that comes next; ITEM in a list, None where a key comes next
    key_event: Any = None
    count = 0
    most = reading.budget.values
    while True:
        event = next_event()
        count += 1
        if count > most:
            raise Unreadable(TOO_MANY_VALUES, at=event_mark(event, name))
        kind = event.__class__
        source = None
        if kind is ScalarEvent:
            value = event.value
            if event.tag is not None or event.anchor is not None:
                value = odd.scalar(event, container, key, key_event)
            elif not event.style:
                value = resolve(value, plain=True, tag=None)
            if key is None:
                if value.__class__ is str and value != "<<" and value not in container:
                    key = value
                else:
                    key = odd.key(event, value, container)
                key_event = event
                continue
            if value.__class__ is str and "$" in value:
                odd.note_variable(container, key)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            ended = container
            if odd.unsettled:
                odd.settle(ended)
            container, places, key, key_event = stack.pop()
            if key is None:
                key, key_event = odd.complex_key(ended, key_event, container), event
            elif key is not ITEM:
                key = None
            continue
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            value = Map() if kind is MappingStartEvent else Seq()
            value.places = {} if kind is MappingStartEvent else []
            if len(stack) > MAX_DEPTH:
                raise Unreadable(_TOO_DEEP, at=event_mark(event, name))
            if event.tag is not None or event.anchor is not None:
                odd.container(event, value, container, key, key_event)
            if key is ITEM:
                container.append(value)
                places.append((None, event, name, None))
            elif key is not None:
                container[key] = value
                places[key] = (key_event, event, name, None)
            stack.append((container, places, key, key_event if key is not None else event))
            container = value
            places = value.places
            key = None if kind is MappingStartEvent else ITEM
            continue
        elif kind is AliasEvent:
            value, source = odd.alias(event, container, key, key_event)
            if key is None:
                key, key_event = odd.key(event, value, container), event
                continue
        elif kind is StreamEndEvent:
            reading.budget.spend_values(count, event_mark(event, name))
            return
        else:
            if kind is DocumentStartEvent:
                container = new_seq()
                places = container.places
                odd.start(container)
            elif kind is DocumentEndEvent:
                documents.append(odd.end())
            continue
        if key is ITEM:
            container.append(value)
            places.append((None, event, name, source))
        else:
            container[key] = value
            places[key] = (key_event, event, name, source)
            key = None


_TOO_DEEP = (
    f"The file has lists or maps inside each other more than {MAX_DEPTH} levels deep; "
    "a compose file needs less than ten. Write the part that starts here anew."
)
