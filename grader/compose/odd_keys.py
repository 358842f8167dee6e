"""Where the reader is in a document, and keys that are no ordinary new ones: merges, no texts, there already.

Compose: go-yaml 3.0.4 (`decode.go`) and compose-go 2.9.1 (`loader/reset.go`).
"""

from typing import Any

from yaml.events import AliasEvent

from grader.compose.document import Document
from grader.compose.gotext import quote
from grader.compose.govalues import go_syntax
from grader.compose.items import Steps
from grader.compose.marks import Mark
from grader.compose.reading import KEYS, PARSE, TREE, TWICE, Reading
from grader.compose.tree import Map, Place, Seq, Source, event_mark
from grader.light_tuple import NamedTuple

ITEM = "[]\0"  # stands for the key while the items of a list are read; no file can hold a NUL
MERGE = "<<\0"  # the key under which a merge waits for the end of its map
COMPLEX = "{}\0"  # stands for a key that is no scalar; its value is dropped
DROPPED = "!reset\0"  # the value of a `!reset`
MAX_UNMARSHAL_ERRORS = 100  # of one document that are told; nobody reads more
_MERGE_TAG = "tag:yaml.org,2002:merge"

Start = tuple[int, int]  # line and column, from 1


class _Doubled(NamedTuple):
    """The equal keys of one map: where the lists and maps around it begin; pairs of keys, and their text."""

    around: list[Start]
    pairs: list[tuple[Start, Start, str]]


class OddKeys:
    """The slow paths of the reader for keys, and what all of them know: anchors, and the stack of open lists and maps.

    `unsettled` says that some list or map of the document has something to do at its end.
    """

    def __init__(self, reading: Reading, source: Source) -> None:
        self.reading = reading
        self.source = source
        self.file_layer = reading.layer
        self.document = Document(0)
        self.top: Any = None
        self.stack: list[tuple[Any, Any, Any, Any]] = []  # container, its places, key, the key's event
        self.anchors: dict[str, tuple[Any, Place]] = {}
        self.doubles: dict[int, list[tuple[str, Any, Place]]] = {}  # by container: values set aside
        self.dropped: dict[int, int] = {}  # open blocks with `!reset`: how many refusals there were before
        self.untouched: set[int] = set()  # open blocks with `!override`: only go-yaml looks into them
        self.unsettled = False
        self.has_variables = False  # there was a `$` in a text of the file
        self.refused_key: tuple[Any, Any] = (None, None)  # the map it is in, and its refusal
        self.complex_keys: dict[int, dict[str, int]] = {}  # by map: its keys that are no scalars, with their lines
        self.unmarshal_errors: dict[Start, _Doubled] = {}  # of this document, by the map they are in

    def start(self, top: Any) -> None:
        """Begin a document. Anchors stay, as in go-yaml."""
        self.top = top
        self.reading.layer = (*self.file_layer, self.document.number)

    def end(self) -> Document:
        """Return the document that is complete."""
        done = self.document
        if self.top and self.top[0] is not DROPPED:
            done.root, done.place = self.top[0], self.top.places[0]
        self.document = Document(done.number + 1)
        self.doubles.clear()
        self.unmarshal_errors.clear()
        self.complex_keys.clear()
        return done

    def is_untouched(self, container: Any) -> bool:
        """Tell whether `container` lies in a block with `!override`, or in a key: Compose leaves those to go-yaml."""
        if not self.untouched and all(frame[2] is not None for frame in self.stack):
            return False
        around = [frame[0] for frame in self.stack] + [container]
        return any(id(one) in self.untouched for one in around) or self.stack[-1][2] is None

    def steps(self, container: Any, key: Any) -> Steps:
        """Return the path of the value at `key` of the container at work."""
        steps: list[str | int] = []
        for around, _, inside, _ in self.stack[1:]:
            steps.append(len(around) - 1 if inside is ITEM else inside or "")
        if self.stack:
            steps.append(len(container) if key is ITEM else key or "")
        return tuple(steps)

    def note_variable(self, container: Any, key: Any) -> None:
        """Note that the text at `key` has a `$` in it."""
        self.has_variables = True
        self.document.variables.append((container, len(container) if key is ITEM else key, self.steps(container, key)))

    def refuse(self, stage: int, message: str, steps: Steps, at: Mark, kind: str) -> None:
        """Note a refusal of this document; the first stages name the file."""
        if stage in (PARSE, TREE):
            message = f"failed to parse <f>: yaml: {message}"
        if stage != PARSE:
            self.document.odd = True
        if stage == TWICE:
            message = f"failed to parse <f>: {message}"
        path = tuple(str(step) for step in steps if step != MERGE)
        self.reading.refuse(stage, message, path, at, kind)

    def key(self, event: Any, value: Any, container: Any) -> str:
        """Return the key for a scalar that is no ordinary new one: a merge, no text, or there already."""
        is_alias = event.__class__ is AliasEvent
        text: str = event.anchor if is_alias else event.value
        if value == "<<" and not is_alias and not event.style and event.tag in (None, "!", _MERGE_TAG):
            text = "<<"
            key = MERGE
            self.unsettled = True
        elif type(value) is str:
            key = value
        elif type(value) is Map or type(value) is Seq:
            return self.complex_key(value, event, container)
        else:
            key = text
            if not self._is_merged():
                self._refuse_key(event, text, value, container)
            elif value is None:
                return self._dropped_key()
        if key in container and _text_of(container.places[key][0]) == text:  # an alias is another key than its text
            self._note_double(event, key, text, container)
        return key

    def _is_merged(self) -> bool:
        """Tell whether the map at work stands under `<<`, where go-yaml takes any key for a text."""
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame[2] is ITEM and len(self.stack) > 1:
            frame = self.stack[-2]
        return frame is not None and frame[2] == MERGE

    def _dropped_key(self) -> str:
        """Return a key whose value is dropped."""
        self.unsettled = True
        return COMPLEX

    def _refuse_key(self, event: Any, text: str, value: Any, container: Any) -> None:
        steps = without_merges(self.steps(container, "")[:-1] if self.stack else (), items=False)
        where = ""
        for step in steps:
            where += f"[{step}]" if type(step) is int else f".{step}" if where else str(step)
        place = f"in {where}" if where else "at top level"
        message = f"non-string key {place}: {go_syntax(value)}"
        self.refuse(KEYS, message, (*steps, text), event_mark(event, self.source), "non_string_key")
        self._note_key_refused(container)

    def _note_double(self, event: Any, key: str, text: str, container: Any) -> None:
        """Refuse a key that is there already, and set its value aside until the map ends."""
        place = container.places.pop(key)
        steps, at = self.steps(container, text), event_mark(event, self.source)
        if self.is_untouched(container):
            if sum(len(found.pairs) for found in self.unmarshal_errors.values()) < MAX_UNMARSHAL_ERRORS:
                known = [one for name, _, one in self.doubles.get(id(container), ()) if name == key]
                *around, start = self._starts()
                doubled = self.unmarshal_errors.setdefault(start, _Doubled(around, []))
                doubled.pairs.extend((_start(one[0]), _start(event), text) for one in (*known, place))
                self._refuse_unmarshal(steps, at)
        else:
            message = (
                f"line {_start(event)[0]}: mapping key {quote(text)} already defined at line {_start(place[0])[0]}"
            )
            self.refuse(TWICE, message, steps, at, "yaml_duplicate_key")
        self.doubles.setdefault(id(container), []).append((key, container.pop(key), place))
        self.unsettled = True

    def _starts(self) -> list[Start]:
        """Return where the lists and maps around the value at work begin, the one at work last."""
        starts = []
        for _, places, key, event in self.stack:
            opening = event if key is None else (places[-1] if key is ITEM else places[key])[1]
            starts.append(_start(opening))
        return starts

    def _refuse_unmarshal(self, steps: Steps, at: Mark) -> None:
        """Refuse what go-yaml collects: the first refusal of a document names all.

        go-yaml: of each map the pairs of equal keys, by the first of the two. It does not look into such a map.
        """
        found = self.unmarshal_errors
        lines = [
            f"  line {second[0]}: mapping key {quote(text)} already defined at line {first[0]}"
            for start in sorted(found)
            if not any(around in found for around in found[start].around)
            for first, second, text in sorted(found[start].pairs)
        ]
        self.refuse(TREE, "\n".join(["unmarshal errors:", *lines]), steps, at, "yaml_duplicate_key")
        ranked = self.reading.ranked
        told = [index for index, entry in enumerate(ranked) if "yaml: unmarshal errors:\n" in entry[2].message]
        if len(told) > 1:
            rank, order, refusal = ranked[told[0]]
            ranked[told[0]] = (rank, order, refusal._replace(message=ranked[told[-1]][2].message))

    def complex_key(self, key: Any, event: Any, container: Any) -> str:
        """Refuse a list or map as a key of `container`. What follows as its value is dropped."""
        steps = self.steps(container, "")[:-1]
        text, line = _text_of(event), _start(event)[0]
        known = self.complex_keys.setdefault(id(container), {})
        if text in known:
            message = f"line {line}: mapping key {quote(text)} already defined at line {known[text]}"
            self.refuse(TWICE, message, steps, event_mark(event, self.source), "yaml_duplicate_key")
        known[text] = line
        self.refuse(TREE, f"invalid map key: {go_syntax(key)}", steps, event_mark(event, self.source), "yaml_syntax")
        self._note_key_refused(container)
        return self._dropped_key()

    def _note_key_refused(self, container: Any) -> None:
        self.refused_key = (container, self.reading.ranked[-1])

    def forgive_key(self, container: Any) -> None:
        """Take the refusal of a key back whose value is a `!reset`: Compose drops both before it looks at keys."""
        known, refusal = self.refused_key
        if known is container and self.reading.ranked and self.reading.ranked[-1] is refusal:
            self.reading.ranked.pop()


def _text_of(event: Any) -> str:
    """Return what a key is compared by: a list or map has no text."""
    return str(event.anchor if event.__class__ is AliasEvent else getattr(event, "value", ""))


def _start(event: Any) -> Start:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


def without_merges(steps: Steps, *, items: bool = True) -> Steps:
    """Return a path as Compose knows it, to which `<<` is no step, nor the items of a list under it if not `items`."""
    kept: list[str | int] = []
    for index, step in enumerate(steps):
        if step != MERGE and (items or type(step) is str or not index or steps[index - 1] != MERGE):
            kept.append(step)
    return tuple(kept)
