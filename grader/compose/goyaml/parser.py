"""From tokens to events, those of PyYAML: the states outside of documents."""

from collections.abc import Sequence
from typing import Any

from yaml.events import DocumentEndEvent, DocumentStartEvent, StreamEndEvent, StreamStartEvent

from grader.compose.goyaml.cursor import Position
from grader.compose.goyaml.nodes import Nodes, empty

_DEFAULT_TAGS = {"!": "!", "!!": "tag:yaml.org,2002:"}
_MARKERS = frozenset(["%YAML", "%TAG", "document start", "stream end"])


class Parser(Nodes):
    """Hands out the events of a text. Raises PyYAML's errors with go-yaml's texts and positions.

    `broken` is the reason for which the bytes behind the text could not be decoded.
    """

    def __init__(self, text: str, broken: str | None = None) -> None:
        super().__init__(text, broken)
        self.state = self.stream_start

    def begin_at(self, place: Position, blocks: Sequence[Position]) -> None:
        """Begin in front of a key. `blocks` are the places where the maps around it begin, its own last."""
        self.scanner.begin_at(place, [block.column for block in blocks])
        self.tags = _DEFAULT_TAGS
        self.marks = [*blocks]
        self.states = [self.document_end] + [self.block_key] * (len(blocks) - 1)
        self.state = self.block_key

    def get_event(self) -> Any:
        """Return the next event."""
        return self.state()

    def stream_start(self) -> Any:
        token = self.scanner.take()
        self.state = self.first_document
        return StreamStartEvent(token.start, token.end)

    def first_document(self) -> Any:
        if self.scanner.peek().kind in _MARKERS:
            return self.document_start()
        self.process_directives()
        token = self.scanner.peek()
        self.states.append(self.document_end)
        self.state = self.block_node
        return DocumentStartEvent(token.start, token.end, explicit=False)

    def document_start(self) -> Any:
        scanner = self.scanner
        while scanner.peek().kind == "document end":
            scanner.take()
        token = scanner.peek()
        if token.kind == "stream end":
            self.state = self.stream_end
            return StreamEndEvent(token.start, token.end)
        self.process_directives()
        marker = scanner.peek()
        if marker.kind != "document start":
            self.fail("did not find expected <document start>", marker.start)
        self.states.append(self.document_end)
        self.state = self.document_content
        scanner.take()
        return DocumentStartEvent(token.start, marker.end, explicit=True)

    def stream_end(self) -> Any:
        token = self.scanner.peek()
        return StreamEndEvent(token.start, token.end)

    def document_content(self) -> Any:
        token = self.scanner.peek()
        if token.kind in _MARKERS or token.kind == "document end":
            self.pop()
            return empty(token.start)
        return self.node(block=True)

    def document_end(self) -> Any:
        token = self.scanner.peek()
        end = token.start
        if token.kind == "document end":
            end = token.end
            self.scanner.take()
        self.tags = {}
        self.state = self.document_start
        return DocumentEndEvent(token.start, end)

    def process_directives(self) -> None:
        scanner = self.scanner
        version = False
        while (token := scanner.peek()).kind in ("%YAML", "%TAG"):
            if token.kind == "%YAML":
                if version:
                    self.fail("found duplicate %YAML directive", token.start)
                if token.value != (1, 1):
                    self.fail("found incompatible YAML document", token.start)
                version = True
            else:
                handle, prefix = token.value
                if handle in self.tags:
                    self.fail("found duplicate %TAG directive", token.start)
                self.tags[handle] = prefix
            scanner.take()
        self.tags = {**_DEFAULT_TAGS, **self.tags}
