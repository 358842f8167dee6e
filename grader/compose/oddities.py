"""What most compose files do not have: anchors, aliases, merge keys, tags, keys that are there twice or are no text.

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
from grader.compose.scalars import TagMismatch, resolve
from grader.compose.tree import Map, Place, Seq, event_mark, moved, size, value_mark

ITEM = "[]\0"  # stands for the key while the items of a list are read; no file can hold a NUL
_MERGE = "<<\0"  # the key under which a merge waits for the end of its map
_COMPLEX = "{}\0"  # stands for a key that is no scalar; its value is dropped
_DROPPED = "!reset\0"  # the value of a `!reset`
_MERGE_TAG = "tag:yaml.org,2002:merge"


class Oddities:
    """The slow paths of the reader, and what they need to know: anchors, and the stack of open lists and maps.

    `unsettled` says that some list or map of the document has something to do at its end.
    """

    def __init__(self, reading: Reading, name: str) -> None:
        self.reading = reading
        self.name = name
        self.file_layer = reading.layer
        self.document = Document(0)
        self.top: Any = None
        self.stack: list[tuple[Any, Any, Any, Any]] = []  # container, its places, key, the key's event
        self.anchors: dict[str, tuple[Any, Place]] = {}
        self.doubles: dict[int, list[tuple[str, Any, Place]]] = {}  # by container: values set aside
        self.dropped: set[int] = set()
        self.unsettled = False
        self.refused_key: tuple[Any, Any] = (None, None)  # the map it is in, and its refusal

    def start(self, top: Any) -> None:
        """Begin a document. Anchors stay, as in go-yaml."""
        self.top = top
        self.reading.layer = (*self.file_layer, self.document.number)

    def end(self) -> Document:
        """Return the document that is complete."""
        done = self.document
        if self.top and self.top[0] is not _DROPPED:
            done.root, done.place = self.top[0], self.top.places[0]
        self.document = Document(done.number + 1)
        self.doubles.clear()
        return done

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
        self.document.variables.append((container, len(container) if key is ITEM else key, self.steps(container, key)))

    def refuse(self, stage: int, message: str, steps: Steps, at: Mark, kind: str) -> None:
        """Note a refusal of this document; the first stages name the file."""
        if stage in (PARSE, TREE):
            message = f"failed to parse <f>: yaml: {message}"
        elif stage == TWICE:
            message = f"failed to parse <f>: {message}"
        path = tuple(str(step) for step in steps if step != _MERGE)
        self.reading.refuse(stage, message, path, at, kind)

    # Scalars and containers with an anchor or a tag

    def scalar(self, event: Any, container: Any, key: Any, key_event: Any) -> Any:
        """Return the value of a scalar that has an anchor or a tag."""
        tag = event.tag
        value: Any
        if tag == "!reset" and key is not None:
            self.document.resets.append(self.steps(container, key))
            self.unsettled = True
            self._forgive_key(container)
            value = _DROPPED
        else:
            if tag == "!override" and key is not None:
                self.document.resets.append(self.steps(container, key))
            try:
                value = resolve(event.value, plain=not event.style, tag=tag)
            except TagMismatch as error:
                value = event.value
                self.refuse(TREE, str(error), self.steps(container, key), event_mark(event, self.name), "yaml_syntax")
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, (key_event, event, self.name, None))
        return value

    def container(self, event: Any, value: Any, container: Any, key: Any, key_event: Any) -> None:
        """Note the anchor and the tag of a list or map that begins."""
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, (key_event, event, self.name, None))
        if event.tag in ("!reset", "!override") and key is not None:
            self.document.resets.append(self.steps(container, key))
            if event.tag == "!reset":
                self.dropped.add(id(value))
                self.unsettled = True
                self._forgive_key(container)

    def alias(self, event: Any, container: Any, key: Any, key_event: Any) -> tuple[Any, Mark | None]:
        """Return what an alias stands for: the value and where its text comes from."""
        steps = self.steps(container, key)
        at = event_mark(event, self.name)
        known = self.anchors.get(event.anchor)
        if known is None:
            self.refuse(PARSE, f"unknown anchor '{event.anchor}' referenced", steps, at, "yaml_alias")
            return f"*{event.anchor}", None
        value, place = known
        source = place[3] or value_mark(place)
        if type(value) is not Map and type(value) is not Seq:
            if type(value) is str and "$" in value and key is not None:
                self.note_variable(container, key)
            return value, source
        if value is container or any(value is frame[0] for frame in self.stack):
            cycle = self._cycle(value, container, steps) if key is not None else ""
            if cycle:
                self.refuse(TWICE, cycle, steps, at, "yaml_alias")
            else:  # where a map is merged into itself, Compose never comes to an end; the words are go-yaml's
                self.refuse(TREE, f"anchor '{event.anchor}' value contains itself", steps, at, "yaml_alias")
            return None, source
        self.reading.budget.spend_values(size(value), at)
        copied = moved(value, (key_event, event, self.name, None))
        self._note_all(copied, steps)
        return copied, source

    def _cycle(self, value: Any, container: Any, steps: Steps) -> str:
        """Return Compose's text: it notices the second time round. Empty if the way round is none: `&a {<<: *a}`."""
        around = [frame[0] for frame in self.stack[1:]] + [container]
        depth = next(index for index, open_one in enumerate(around) if open_one is value)
        path, way = _without_merges(steps), _without_merges(steps[depth:])
        if not way:
            return ""
        once = ".".join(map(str, path))
        again = ".".join(map(str, path + way))
        return f"cycle detected: node at path {again} references node at path {once}"

    def _note_all(self, value: Any, steps: Steps) -> None:
        """Note every text with a `$` inside `value`."""
        entries = value.items() if type(value) is Map else enumerate(value)
        for key, item in entries:
            if type(item) is str:
                if "$" in item:
                    self.document.variables.append((value, key, (*steps, key)))
            elif type(item) is Map or type(item) is Seq:
                self._note_all(item, (*steps, key))

    # Keys

    def key(self, event: Any, value: Any, container: Any) -> str:
        """Return the key for a scalar that is no ordinary new one: a merge, no text, or there already."""
        is_alias = event.__class__ is AliasEvent
        text: str = event.anchor if is_alias else event.value
        if value == "<<" and not is_alias and not event.style and event.tag in (None, "!", _MERGE_TAG):
            text = "<<"
            key = _MERGE
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
        if key in container:
            self._note_double(event, key, text, container)
        return key

    def _is_merged(self) -> bool:
        """Tell whether the map at work stands under `<<`, where go-yaml takes any key for a text."""
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame[2] is ITEM and len(self.stack) > 1:
            frame = self.stack[-2]
        return frame is not None and frame[2] == _MERGE

    def _dropped_key(self) -> str:
        """Return a key whose value is dropped."""
        self.unsettled = True
        return _COMPLEX

    def _refuse_key(self, event: Any, text: str, value: Any, container: Any) -> None:
        steps = _without_merges(self.steps(container, "")[:-1] if self.stack else (), items=False)
        where = ""
        for step in steps:
            where += f"[{step}]" if type(step) is int else f".{step}" if where else str(step)
        place = f"in {where}" if where else "at top level"
        message = f"non-string key {place}: {go_syntax(value)}"
        self.refuse(KEYS, message, (*steps, text), event_mark(event, self.name), "non_string_key")
        self._note_key_refused(container)

    def _note_double(self, event: Any, key: str, text: str, container: Any) -> None:
        """Refuse a key that is there already, and set its value aside until the map ends."""
        place = container.places.pop(key)
        line = event.start_mark.line + 1
        first = place[0].start_mark.line + 1
        stage, message = TWICE, f"line {line}: mapping key {quote(text)} already defined at line {first}"
        if self.stack and self.stack[-1][2] is None:  # the map is a key itself: only go-yaml looks at it
            stage, message = TREE, f"unmarshal errors:\n  {message}"
        steps = self.steps(container, text)
        self.refuse(stage, message, steps, event_mark(event, self.name), "yaml_duplicate_key")
        self.doubles.setdefault(id(container), []).append((key, container.pop(key), place))
        self.unsettled = True

    def complex_key(self, key: Any, event: Any, container: Any) -> str:
        """Refuse a list or map as a key of `container`. What follows as its value is dropped."""
        steps = self.steps(container, "")[:-1]
        self.refuse(TREE, f"invalid map key: {go_syntax(key)}", steps, event_mark(event, self.name), "yaml_syntax")
        self._note_key_refused(container)
        return self._dropped_key()

    def _note_key_refused(self, container: Any) -> None:
        self.refused_key = (container, self.reading.ranked[-1])

    def _forgive_key(self, container: Any) -> None:
        """Take the refusal of a key back whose value is a `!reset`: Compose drops both before it looks at keys."""
        known, refusal = self.refused_key
        if known is container and self.reading.ranked and self.reading.ranked[-1] is refusal:
            self.reading.ranked.pop()

    # Ends

    def settle(self, ended: Any) -> None:
        """Do what had to wait for the end of a list or map."""
        if id(ended) in self.dropped:
            self._drop(ended)
        if type(ended) is Seq:
            kept = [index for index, item in enumerate(ended) if item is not _DROPPED]
            if len(kept) != len(ended):
                ended[:] = [ended[index] for index in kept]
                ended.places[:] = [ended.places[index] for index in kept]
                self._note_anew(ended, self.steps(ended, "")[:-1])
            return
        gone = [key for key, value in ended.items() if value is _DROPPED or key == _COMPLEX]
        for key in gone:
            del ended[key], ended.places[key]
        doubles = self.doubles.pop(id(ended), ())
        for key, value, place in doubles:
            _join(ended, key, value, place)
        if gone or doubles:
            self._note_anew(ended, self.steps(ended, "")[:-1])
        if _MERGE in ended:
            self._merge(ended)

    def _note_anew(self, changed: Any, steps: Steps) -> None:
        """Note the variables inside a list or map again, which has got other items."""
        self._forget(steps, within=steps)
        self._note_all(changed, steps)

    def _drop(self, ended: Any) -> None:
        """Take a list or map with the tag `!reset` out of what is around it."""
        steps = self.steps(ended, "")[:-1]
        container, places, key, _ = self.stack[-1]
        self.stack[-1] = (container, places, ITEM if key is ITEM else _COMPLEX, None)
        at = len(container) - 1 if key is ITEM else key
        del container[at], places[at]
        self._forget(steps, within=steps)

    def _forget(self, steps: Steps, *, within: Steps) -> None:
        """Forget the variables below a path. All of them have been noted since the list or map `within` began."""
        variables = self.document.variables
        start = len(variables)
        while start and variables[start - 1][2][: len(within)] == within:
            start -= 1
        variables[start:] = [known for known in variables[start:] if known[2][: len(steps)] != steps]

    def _merge(self, ended: Map) -> None:
        """Put what stands under `<<` into its map: own keys win, then the first of several."""
        value, place = ended.pop(_MERGE), ended.places.pop(_MERGE)
        steps = self.steps(ended, "")[:-1]
        self._forget((*steps, _MERGE), within=steps)
        for source in value if type(value) is Seq else (value,):
            if type(source) is not Map:
                message = "map merge requires map or sequence of maps as the value"
                self.refuse(TREE, message, steps, value_mark(place), "yaml_alias")
                continue
            for key, item in source.items():
                if key in ended:
                    continue
                ended[key] = item
                ended.places[key] = source.places[key]
                if type(item) is str:
                    if "$" in item:
                        self.document.variables.append((ended, key, (*steps, key)))
                elif type(item) is Map or type(item) is Seq:
                    self._note_all(item, (*steps, key))


def _join(container: Map, key: str, value: Any, place: Place) -> None:
    """Put the earlier value of a key that is there twice into the later one, where both are lists or both maps."""
    later = container.get(key)
    if type(later) is Map and type(value) is Map:
        for inner, item in value.items():
            if inner in later:
                _join(later, inner, item, value.places[inner])
            else:
                later[inner] = item
                later.places[inner] = value.places[inner]
    elif type(later) is Seq and type(value) is Seq:
        later[:0] = value
        later.places[:0] = value.places
    elif later is None:
        container[key] = value
        container.places[key] = place


def _without_merges(steps: Steps, *, items: bool = True) -> Steps:
    """Return a path as Compose knows it, to which `<<` is no step, nor the items of a list under it if not `items`."""
    kept: list[str | int] = []
    for index, step in enumerate(steps):
        if step != _MERGE and (items or type(step) is str or not index or steps[index - 1] != _MERGE):
            kept.append(step)
    return tuple(kept)
