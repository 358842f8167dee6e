"""What most compose files do not have: anchors, aliases, merge keys, tags, and what has to wait for an end.

Compose: go-yaml 3.0.4 (`decode.go`) and compose-go 2.9.1 (`loader/reset.go`).
"""

from typing import Any

from grader.compose.items import Steps
from grader.compose.marks import Mark
from grader.compose.odd_keys import COMPLEX, DROPPED, ITEM, MERGE, OddKeys, without_merges
from grader.compose.reading import PARSE, TREE, TWICE
from grader.compose.scalars import TagMismatch, resolve
from grader.compose.tree import Map, Place, Seq, event_mark, moved, size, value_mark

_ODD_TAGS = frozenset(["!reset", "!override", "tag:yaml.org,2002:null"])  # a document with one is looked at again


class Oddities(OddKeys):
    """The slow paths of the reader for values, and for the ends of lists and maps."""

    def scalar(self, event: Any, container: Any, key: Any, key_event: Any) -> Any:
        """Return the value of a scalar that has an anchor or a tag."""
        tag = event.tag
        value: Any
        if tag in _ODD_TAGS:
            self.document.odd = True
        if tag == "!reset" and key is not None and not self.is_untouched(container):
            self.document.resets.append(self.steps(container, key))
            self.unsettled = True
            self.forgive_key(container)
            value = DROPPED
        else:
            if tag == "!override" and key is not None and not self.is_untouched(container):
                self.document.resets.append(self.steps(container, key))
            try:
                value = resolve(event.value, plain=not event.style, tag=tag)
            except TagMismatch as error:
                value = event.value
                self.refuse(TREE, str(error), self.steps(container, key), event_mark(event, self.source), "yaml_syntax")
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, (key_event, event, self.source, None))
        return value

    def container(self, event: Any, value: Any, container: Any, key: Any, key_event: Any) -> None:
        """Note the anchor and the tag of a list or map that begins."""
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, (key_event, event, self.source, None))
        if event.tag in _ODD_TAGS:
            self.document.odd = True
        if event.tag in ("!reset", "!override") and key is not None and not self.is_untouched(container):
            self.document.resets.append(self.steps(container, key))
            self.unsettled = True
            if event.tag == "!override":
                self.untouched.add(id(value))
            else:
                self.forgive_key(container)
                self.dropped[id(value)] = len(self.reading.ranked)

    def alias(self, event: Any, container: Any, key: Any, key_event: Any) -> tuple[Any, Mark | None]:
        """Return what an alias stands for: the value and where its text comes from."""
        steps = self.steps(container, key)
        at = event_mark(event, self.source)
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
            is_key = key is None or self.is_untouched(container)
            cycle = "" if is_key else self._cycle(value, container, steps)
            if cycle:
                self.refuse(TWICE, cycle, steps, at, "yaml_alias")
            else:  # where a map is merged into itself, Compose never comes to an end; the words are go-yaml's
                self.refuse(TREE, f"anchor '{event.anchor}' value contains itself", steps, at, "yaml_alias")
            return None, source
        self.reading.budget.spend_values(size(value), at)
        copied = moved(value, (key_event, event, self.source, None))
        if self.has_variables:
            self._note_all(copied, steps)
        return copied, source

    def _cycle(self, value: Any, container: Any, steps: Steps) -> str:
        """Return Compose's text: it notices the second time round. Empty if the way round is none: `&a {<<: *a}`."""
        around = [frame[0] for frame in self.stack[1:]] + [container]
        depth = next(index for index, open_one in enumerate(around) if open_one is value)
        path, way = without_merges(steps), without_merges(steps[depth:])
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

    def settle(self, ended: Any) -> None:
        """Do what had to wait for the end of a list or map."""
        self.untouched.discard(id(ended))  # a later map may get the same
        if id(ended) in self.dropped:
            self._forgive_all(self.dropped.pop(id(ended)))
            self._drop(ended)
        if type(ended) is Seq:
            kept = [index for index, item in enumerate(ended) if item is not DROPPED]
            if len(kept) != len(ended):
                ended[:] = [ended[index] for index in kept]
                ended.places[:] = [ended.places[index] for index in kept]
                self._note_anew(ended, self.steps(ended, "")[:-1])
            return
        gone = [key for key, value in ended.items() if value is DROPPED or key == COMPLEX]
        for key in gone:
            del ended[key], ended.places[key]
        doubles = self.doubles.pop(id(ended), ())
        for key, value, place in doubles:
            _join(ended, key, value, place)
        if gone or doubles:
            self._note_anew(ended, self.steps(ended, "")[:-1])
        if MERGE in ended:
            self._merge(ended)

    def _note_anew(self, changed: Any, steps: Steps) -> None:
        """Note the variables inside a list or map again, which has got other items."""
        self._forget(steps, within=steps)
        self._note_all(changed, steps)

    def _forgive_all(self, before: int) -> None:
        """Take back what was refused inside a block with `!reset`, but for what is no YAML: Compose does not look."""
        ranked = self.reading.ranked
        stage = len(self.reading.layer)
        ranked[before:] = [entry for entry in ranked[before:] if entry[0][stage] == PARSE]

    def _drop(self, ended: Any) -> None:
        """Take a list or map with the tag `!reset` out of what is around it."""
        steps = self.steps(ended, "")[:-1]
        container, places, key, _ = self.stack[-1]
        self.stack[-1] = (container, places, ITEM if key is ITEM else COMPLEX, None)
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
        value, place = ended.pop(MERGE), ended.places.pop(MERGE)
        steps = self.steps(ended, "")[:-1]
        self._forget((*steps, MERGE), within=steps)
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
