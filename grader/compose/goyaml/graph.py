"""The events of a parser as the nodes of go-yaml, in which an alias is a node of its own.

go-yaml: 3.0.4 (`decode.go`, `parser`).
"""

from collections.abc import Callable
from typing import Any

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from grader.compose.scalars import short_tag, tag_of

MERGE_TAG = "!!merge"
_KINDS = {MappingStartEvent: "map", SequenceStartEvent: "seq", ScalarEvent: "scalar", AliasEvent: "alias"}


class Node:
    """A map (keys and values in turn), a list, a scalar or an alias.

    `tag` is short, and empty where none is written; `value` is the text of a scalar or the name behind `*`; `target`
    is what an alias stands for.
    """

    __slots__ = ("content", "event", "kind", "tag", "target", "value")

    def __init__(self, event: Any) -> None:
        self.event = event
        self.kind: str = _KINDS[event.__class__]
        self.value: str = event.anchor if self.kind == "alias" else getattr(event, "value", "")
        self.tag = short_tag(event.tag or "") if self.kind != "alias" else ""
        if self.tag == "!":
            self.tag = ""
        self.content: list[Node] = []
        self.target: Node | None = None

    @property
    def line(self) -> int:
        """The number of the line it begins in, from 1."""
        return int(self.event.start_mark.line) + 1

    def is_merge(self) -> bool:
        """Tell whether it is a key `<<`."""
        if self.kind != "scalar" or self.value != "<<":
            return False
        return self.tag == MERGE_TAG or not (self.tag or self.event.style)

    def shown_tag(self) -> str:
        """Return the tag that it has, or has by what it holds."""
        if self.kind == "alias":
            return "" if self.target is None else self.target.shown_tag()
        if self.tag or self.kind != "scalar":
            return self.tag or f"!!{self.kind}"
        if self.event.style:
            return "!!str"
        return MERGE_TAG if self.value == "<<" else tag_of(self.value)


def read_graphs(next_event: Callable[[], Any]) -> list[Node | None]:
    """Return the nodes of the documents that are complete; None for an empty one.

    What follows an error of the parser, or an alias to nothing, is left out.
    """
    documents: list[Node | None] = []
    stack: list[Node] = []
    anchors: dict[str, Node] = {}
    root: Node | None = None
    try:
        while True:
            event = next_event()
            kind = event.__class__
            if kind is StreamEndEvent:
                return documents
            if kind is DocumentEndEvent:
                documents.append(root)
                root = None
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                stack.pop()
            elif kind in _KINDS:
                node = Node(event)
                if stack:
                    stack[-1].content.append(node)
                else:
                    root = node
                if kind is AliasEvent:
                    node.target = anchors.get(event.anchor)
                    if node.target is None:
                        return documents
                    continue
                if event.anchor is not None:
                    anchors[event.anchor] = node
                if kind is not ScalarEvent:
                    stack.append(node)
    except YAMLError:
        return documents
