"""The short way for a process that reads many files of one exercise: a file is put together from parts.

Such files repeat each other: what is given of a service, and line by line what is written into it. A file is cut where
a key stands alone in its line, in the column of sections, of services, or of the blocks that are to be written. Each
part is read once, and what it holds is laid where it stands now; a block is put together from its lines.

No part reaches beyond its lines: what is left open in it is an error when it is read alone, and all else ends at a line
that is not further to the right. What cannot be cut like this is read as a whole.
"""

import re
from typing import Any

from yaml.nodes import MappingNode, SequenceNode

from grader.compose.composer import KeyTwice, NotOrdinary, Variables, map_of, may_have_variables
from grader.compose.document import Document
from grader.compose.held import Held
from grader.compose.items import Steps
from grader.compose.kept import (
    ABOVE,
    ABOVE_BLOCK,
    BLOCKS,
    END,
    ITEM,
    KEY_LINE,
    MAX_PART_BYTES,
    OTHER,
    REMARK,
    collection,
    kept_head,
    kept_part,
    line_of,
    lines,
    read_alone,
)
from grader.compose.tree import Map, Place, Seq, new_map, new_seq

_NOT_UNIX = re.compile(rb"\xc2\x85|\xe2\x80[\xa8\xa9]")  # other line breaks of YAML

_SERVICES = ("services",)


def read_parts(data: bytes, name: str) -> Document:
    """Return the document of the file that marks call `name`. Raises `NotOrdinary` and the errors of PyYAML."""
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    if b"\r" in data or (not data.isascii() and _NOT_UNIX.search(data)):
        raise NotOrdinary
    if b"\n..." in data:  # a document may end before its file does
        raise NotOrdinary
    document = Document(0)
    joined = _Joined(name, data.split(b"\n"), document.variables if may_have_variables(data) else None)
    document.root, document.place = joined.file()
    document.held = joined.held
    return document


class _Joined:
    """The lines of one file on the way to a tree. Lines count from 0; `at` is the number of the part that is next."""

    __slots__ = ("at", "cuts", "end", "found", "held", "name", "texts", "variables")

    def __init__(self, name: str, texts: list[bytes], variables: Variables | None) -> None:
        self.name = name
        self.texts = texts
        self.variables = variables
        self.held: dict[str, Held] = {}
        found: Any = list(map(lines.get, texts))
        if not all(found):
            found = [line or line_of(text) for line, text in zip(found, texts, strict=True)]
        self.end = len(texts)  # the line in which the parser comes to the end
        if not texts[-1]:
            self.end -= 1
        elif found[-1][0] == REMARK:
            raise NotOrdinary  # lists and maps end in this line, and not behind it
        self.cuts = [number for number, line in enumerate(found) if line[0] <= BLOCKS]
        self.cuts.append(len(texts))
        found.append((END, "", None, None, None))
        self.found = found
        self.at = 0

    def file(self) -> tuple[Map, Place]:
        """Return the whole tree and its place."""
        root = self._part(-1, 0, ABOVE[0], 0, ()) or new_map()
        self._entries(0, root, ())
        if not root:
            raise NotOrdinary
        return root, (None, self._node(root, 0, 1), (self.name, 1), None)

    def _entries(self, level: int, owner: Map, steps: Steps) -> None:
        """Put the parts of a level, each with those below it, into the map that they belong to."""
        inside = level + 1
        while True:
            line = self.cuts[self.at]
            kind, key, value, key_node, node = self.found[line]
            if kind != level:
                break
            self.at += 1
            below = (*steps, key)
            source = (self.name, line + 1 - KEY_LINE)
            if level == BLOCKS:
                column = self._column(line)
                if column == OTHER:
                    self._add_other(line, owner, steps)
                    continue
                if column != REMARK:
                    value = self._block(line, column, below)
            else:
                column = 2 * inside
                value = self._part(line, line + 1, ABOVE[inside], inside, below)
                if self.found[self.cuts[self.at]][0] > level:
                    if value is None:
                        value = new_map()
                    self._entries(inside, value, below)
            if value is not None:
                node = self._node(value, column, source[1], self.held.get(key) if steps == _SERVICES else None)
            if key in owner:
                raise KeyTwice
            owner[key] = value
            owner.places[key] = (key_node, node, source, None)
        if kind > level:
            raise NotOrdinary

    def _part(self, line: int, start: int, above: bytes, level: int, steps: Steps) -> Map | None:
        """Return what the lines from `start` to the next part hold at a level; `line` is that of the part's key."""
        end = self.cuts[self.at]
        for entry in self.found[start:end]:
            if entry[0] != REMARK:
                break
        else:
            return None
        text = above + b"\n".join(self.texts[start:end])
        following = self.found[end][0]
        source = (self.name, line + 1 - KEY_LINE)
        if len(text) > MAX_PART_BYTES or (self.variables is not None and may_have_variables(text)):
            node = read_alone(text, level, following)
            return None if node is None else map_of(node, source, steps, self.variables)
        if steps[:-1] == _SERVICES and above is not ABOVE_BLOCK:
            head = kept_head(text, following)
            if head is not None:
                return self._service(str(steps[-1]), Held(head, new_map(), source))
        part = kept_part(text, level, following)
        return None if part is None else part.laid(source)

    def _service(self, name: str, held: Held) -> Map:
        """Return a service to which its head comes back when the stages of Compose are done, if that can wait."""
        if held.head.settled is None:
            held.put_back(is_settled=False)
        else:
            self.held[name] = held
        return held.service

    def _add_other(self, line: int, owner: Map, steps: Steps) -> None:
        """Add to a service a block that is not an entry in each line, and the keys that come behind it."""
        more = self._part(line, line, ABOVE_BLOCK, BLOCKS, steps)
        if more is None or not owner.keys().isdisjoint(more):
            raise NotOrdinary
        owner.update(more)
        owner.places.update(more.places)
        if self.variables is not None:
            self.variables[:] = [(owner if made is more else made, *at) for made, *at in self.variables]

    def _column(self, line: int) -> int:
        """Tell where all lines of the block below a key have their entries, as lines do; `REMARK`: there are none."""
        kinds = {entry[0] for entry in self.found[line + 1 : self.cuts[self.at]]}
        kinds.discard(REMARK)
        if not kinds:
            return REMARK
        return kinds.pop() if len(kinds) == 1 else OTHER

    def _block(self, line: int, column: int, steps: Steps) -> Map | Seq:
        """Return the map or list that the lines below a key make, an entry each."""
        name = self.name
        made: Any = new_seq() if column >= ITEM else new_map()
        places = made.places
        for number, (kind, key, value, key_node, node) in enumerate(
            self.found[line + 1 : self.cuts[self.at]], line + 2 - KEY_LINE
        ):
            if kind == REMARK:
                continue
            if column >= ITEM:
                made.append(value)
                places.append((None, node, (name, number), None))
                continue
            if key in places:
                raise KeyTwice
            made[key] = value
            places[key] = (key_node, node, (name, number), None)
        if self.variables is not None:
            entries = enumerate(made) if column >= ITEM else made.items()
            self.variables += [
                (made, at, (*steps, at)) for at, value in entries if value.__class__ is str and "$" in value
            ]
        return made  # type: ignore[no-any-return]

    def _node(self, value: Map | Seq, column: int, number: int, held: Held | None = None) -> Any:
        """Return the node of a map or list in lines of its own, for a source that begins with a line number."""
        end = self.cuts[self.at]
        end_column = 2 * max(self.found[end][0], 0)
        last = min(end, self.end) + 1 - number
        if held is not None:
            if not held.head.written.values.keys().isdisjoint(value):
                raise NotOrdinary
            return collection(MappingNode, held.head.written.events[0][1].start_mark.line, column, last, end_column)
        if isinstance(value, Map):
            first = next(iter(value.places.values()))
            return collection(MappingNode, first[0].start_mark.line + first[2][1] - number, column, last, end_column)
        return collection(SequenceNode, KEY_LINE + value.places[0][2][1] - number, column - ITEM, last, end_column)
