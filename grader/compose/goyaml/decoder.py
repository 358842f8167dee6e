"""What go-yaml makes of the nodes of a document, and what it refuses.

go-yaml: 3.0.4 (`decode.go`). A list or map that does not fit ends the reading; of keys that are there twice go-yaml
makes a list, and the message when it is at the end.
"""

from typing import Any

from grader.compose.gotext import quote
from grader.compose.govalues import GoMap, go_syntax
from grader.compose.goyaml.graph import MERGE_TAG, Node
from grader.compose.scalars import TagMismatch, Value, resolve

MAX_STEPS = 20_000  # of one document; aliases of aliases ask for more
MAX_DEPTH = 150  # nodes inside each other

_SHOWN_CHARACTERS = 7  # of a longer text
_MAX_SHOWN_CHARACTERS = 10


class TooMuch(Exception):
    """The document asks for more steps than are worth it."""


class Refused(Exception):
    """What is refused; `line` is where, None where that is not known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class Steps:
    """Counts what is done for one document."""

    def __init__(self) -> None:
        self.left = MAX_STEPS

    def take(self, depth: int, count: int = 1) -> None:
        """Count steps. Raises `TooMuch`."""
        self.left -= count
        if self.left < 0 or depth > MAX_DEPTH:
            raise TooMuch


class Decoder:
    """Reads one document. `collected` are the lines about keys that are there twice, and the line of the first."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._open: set[int] = set()  # aliases that are being followed
        self._depth = 0
        self._collected: list[tuple[str, int]] = []

    def run(self, root: Node, into: str = "interface {}") -> Any:
        """Return what a document holds, for a target of the Go type `into`. Raises `Refused` and `TooMuch`."""
        _, value = self._any(root) if into == "interface {}" else self._into(root, into)
        if self._collected:
            lines = "\n".join(f"  {text}" for text, _ in self._collected)
            raise Refused(f"unmarshal errors:\n{lines}", self._collected[0][1])
        return value

    def _into(self, root: Node, into: str) -> tuple[bool, Any]:
        """Read the top of a document into a record without any field that has a name."""
        if root.kind == "map":
            if not self._has_doubles(root):
                merged = [value for key, value in _pairs(root) if key.is_merge()]
                for key, _ in _pairs(root):
                    if not key.is_merge():
                        self._text(key)
                if merged:
                    self._merge(merged[-1], None)
        elif root.kind == "seq":
            self._misfit(root, into)
        return False, None

    def _any(self, node: Node) -> tuple[bool, Any]:
        """Return whether there is a value, and the value."""
        self._depth += 1
        self._steps.take(self._depth)
        try:
            if node.kind == "alias":
                return self._alias(node)
            if node.kind == "scalar":
                return True, _scalar(node)
            if node.kind == "seq":
                return True, [value for there, value in map(self._any, node.content) if there]
            if self._has_doubles(node):
                return False, None
            made = GoMap(is_general=not all(key.shown_tag() in ("!!str", MERGE_TAG) for key, _ in _pairs(node)))
            self._fill(node, made, None)
            return True, made
        finally:
            self._depth -= 1

    def _alias(self, node: Node) -> tuple[bool, Any]:
        if id(node) in self._open:
            raise Refused(f"anchor '{node.value}' value contains itself", node.line)
        self._open.add(id(node))
        assert node.target is not None
        found = self._any(node.target)
        self._open.discard(id(node))
        return found

    def _fill(self, node: Node, made: GoMap, merged: set[tuple[type, Any]] | None) -> None:
        """Put the entries of a map into `made`; `merged` are the keys that win, if `node` stands under `<<`."""
        under_merge = None
        own: set[tuple[type, Any]] = {(str, "<<")}
        for key_node, value_node in _pairs(node):
            if key_node.is_merge():
                under_merge = value_node
                continue
            there, key = self._any(key_node) if made.is_general else self._text(key_node)
            if not there:
                continue
            if isinstance(key, GoMap | list):
                raise Refused(f"invalid map key: {go_syntax(key)}", key_node.line)
            entry = (type(key), key)
            if merged is not None and entry in merged:
                continue
            (own if merged is None else merged).add(entry)
            there, value = self._any(value_node)
            if there:
                made.entries[entry] = value
        if under_merge is not None:
            self._merge(under_merge, made, own if merged is None else merged)

    def _merge(self, source: Node, made: GoMap | None, merged: set[tuple[type, Any]] | None = None) -> None:
        for one in source.content if source.kind == "seq" else [source]:
            target = one.target if one.kind == "alias" else one
            if target is None or target.kind != "map":
                raise Refused("map merge requires map or sequence of maps as the value", one.line)
            if one.kind == "alias" and id(one) in self._open:
                raise Refused(f"anchor '{one.value}' value contains itself", one.line)
            self._open.add(id(one))
            self._depth += 1
            self._steps.take(self._depth)
            if made is not None and not self._has_doubles(target):
                self._fill(target, made, merged)
            elif made is None:
                self._into(target, "")
            self._depth -= 1
            self._open.discard(id(one))

    def _text(self, key: Node) -> tuple[bool, Any]:
        """Return a key that must be a text."""
        node = key.target if key.kind == "alias" else key
        assert node is not None
        if node.kind == "scalar":
            return (False, None) if _scalar(node) is None else (True, node.value)
        if node.kind == "seq" or not self._has_doubles(node):
            self._misfit(node, "string")
        return False, None

    def _misfit(self, node: Node, into: str) -> None:
        value = node.value
        shown = ""
        if node.shown_tag() not in ("!!seq", "!!map"):
            short = value if len(value) <= _MAX_SHOWN_CHARACTERS else f"{value[:_SHOWN_CHARACTERS]}..."
            shown = f" `{short}`"
        self._collected.append((f"line {node.line}: cannot unmarshal {node.shown_tag()}{shown} into {into}", node.line))

    def _has_doubles(self, node: Node) -> bool:
        """Note the keys of a map that are there twice, in pairs, and tell whether there are any."""
        seen: dict[tuple[str, str], list[Node]] = {}
        for key, _ in _pairs(node):
            seen.setdefault((key.kind, key.value), []).append(key)
        if len(seen) * 2 == len(node.content):
            return False
        self._steps.take(self._depth, sum(len(keys) * (len(keys) - 1) // 2 for keys in seen.values()))
        order = {id(key): number for number, (key, _) in enumerate(_pairs(node))}
        pairs = [
            (first, second)
            for keys in seen.values()
            for number, first in enumerate(keys)
            for second in keys[number + 1 :]
        ]
        for first, second in sorted(pairs, key=lambda pair: (order[id(pair[0])], order[id(pair[1])])):
            text = f"line {second.line}: mapping key {quote(second.value)} already defined at line {first.line}"
            self._collected.append((text, second.line))
        return True


def _pairs(node: Node) -> list[tuple[Node, Node]]:
    return list(zip(node.content[::2], node.content[1::2], strict=True))


def _scalar(node: Node) -> Value:
    try:
        return resolve(node.value, plain=not node.event.style, tag=node.tag or None)
    except TagMismatch as error:
        raise Refused(str(error), node.line) from None
