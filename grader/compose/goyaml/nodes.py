"""From tokens to the events of nodes: a state for every place in a list or map.

node   ::= alias | properties? (block | flow | scalar)
block  ::= (`- ` node?)+ | (key node? value node?)+
flow   ::= `[` entries `]` | `{` entries `}`
"""

from collections.abc import Callable
from typing import Any, NoReturn

from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.parser import ParserError

from grader.compose.goyaml.cursor import Cursor
from grader.compose.goyaml.scanner import Scanner, Token

State = Callable[[], Any]


class Nodes:
    """The states inside a document. `states` are those to go back to, `marks` where open lists and maps begin."""

    def __init__(self, text: str, broken: str | None = None) -> None:
        self.scanner = Scanner(Cursor(text, broken))
        self.states: list[State] = []
        self.state: State = self.block_node
        self.marks: list[Any] = []
        self.tags: dict[str, str] = {}

    def pop(self) -> None:
        self.state = self.states.pop()

    def fail(self, problem: str, at: Any, context: str | None = None, begun: Any = None) -> NoReturn:
        raise ParserError(context, begun, problem, at)

    def fail_in(self, what: str, problem: str, at: Any) -> NoReturn:
        """Raise an error inside the list or map that was begun last."""
        self.fail(problem, at, f"while parsing a {what}", self.marks.pop())

    def block_node(self) -> Any:
        return self.node(block=True)

    def node(self, *, block: bool, indentless: bool = False) -> Any:
        scanner = self.scanner
        token = scanner.peek()
        if token.kind == "alias":
            self.pop()
            scanner.take()
            return AliasEvent(token.value, token.start, token.end)
        start = end = token.start
        anchor, tag = None, None
        kinds = ["anchor", "tag"]
        while token.kind in kinds:
            kinds.remove(token.kind)
            scanner.take()
            if token.kind == "anchor":
                anchor = token.value
            else:
                tag = token
            end = token.end
            token = scanner.peek()
        name = None if tag is None else self.full_tag(tag, start)
        return self.content(token, start, end, anchor, name, block=block, indentless=indentless)

    def full_tag(self, token: Token, start: Any) -> str:
        handle, suffix = token.value
        if not handle:
            return str(suffix)
        prefix = self.tags.get(handle)
        if prefix is None or not prefix + suffix:
            self.fail("found undefined tag handle", token.start, "while parsing a node", start)
        return f"{prefix}{suffix}"

    def content(
        self, token: Token, start: Any, end: Any, anchor: Any, tag: Any, *, block: bool, indentless: bool
    ) -> Any:
        kind = token.kind
        implicit = tag is None
        if indentless and kind == "-":
            self.state = self.indentless_entry
            return SequenceStartEvent(anchor, tag, implicit, start, token.end, flow_style=False)
        if kind == "scalar":
            self.pop()
            self.scanner.take()
            flags = (implicit and not token.style, implicit and token.style != "")
            return ScalarEvent(anchor, tag, flags, token.value, start, token.end, style=token.style)
        if kind in ("[", "{"):
            self.state = self.first_flow_item if kind == "[" else self.first_flow_key
            made = SequenceStartEvent if kind == "[" else MappingStartEvent
            return made(anchor, tag, implicit, start, token.end, flow_style=True)
        if block and kind in ("sequence start", "mapping start"):
            self.state = self.first_block_entry if kind == "sequence start" else self.first_block_key
            made = SequenceStartEvent if kind == "sequence start" else MappingStartEvent
            return made(anchor, tag, implicit, start, token.end, flow_style=False)
        if anchor is not None or tag is not None:
            self.pop()
            return ScalarEvent(anchor, tag, (implicit, False), "", start, end, style="")
        context = "while parsing a block node" if block else "while parsing a flow node"
        self.fail("did not find expected node content", token.start, context, start)

    # Blocks

    def first_block_entry(self) -> Any:
        self.marks.append(self.scanner.take().start)
        return self.block_entry()

    def block_entry(self) -> Any:
        token = self.scanner.peek()
        if token.kind == "-":
            return self.entry_content(token, self.block_entry, ("-", "block end"))
        if token.kind == "block end":
            return self.end(SequenceEndEvent)
        self.fail_in("block collection", "did not find expected '-' indicator", token.start)

    def indentless_entry(self) -> Any:
        token = self.scanner.peek()
        if token.kind == "-":
            return self.entry_content(token, self.indentless_entry, ("-", "key", "value", "block end"))
        self.pop()
        return SequenceEndEvent(token.start, token.start)

    def entry_content(self, token: Token, state: State, ends: tuple[str, ...], *, indentless: bool = False) -> Any:
        """Take an indicator and return what follows it: a node, or nothing before one of `ends`."""
        self.scanner.take()
        if self.scanner.peek().kind in ends:
            self.state = state
            return empty(token.end)
        self.states.append(state)
        return self.node(block=True, indentless=indentless)

    def end(self, event: Any) -> Any:
        """End the list or map that was begun last."""
        self.pop()
        self.marks.pop()
        token = self.scanner.take()
        return event(token.start, token.end)

    def first_block_key(self) -> Any:
        self.marks.append(self.scanner.take().start)
        return self.block_key()

    def block_key(self) -> Any:
        token = self.scanner.peek()
        if token.kind == "key":
            return self.entry_content(token, self.block_value, ("key", "value", "block end"), indentless=True)
        if token.kind == "block end":
            return self.end(MappingEndEvent)
        self.fail_in("block mapping", "did not find expected key", token.start)

    def block_value(self) -> Any:
        token = self.scanner.peek()
        if token.kind == "value":
            return self.entry_content(token, self.block_key, ("key", "value", "block end"), indentless=True)
        self.state = self.block_key
        return empty(token.start)

    # Flow

    def first_flow_item(self) -> Any:
        self.marks.append(self.scanner.take().start)
        return self.flow_item(first=True)

    def flow_item(self, *, first: bool = False) -> Any:
        scanner = self.scanner
        token = self.past_comma("]", "flow sequence", first=first)
        if token.kind == "]":
            return self.end(SequenceEndEvent)
        if token.kind == "key":
            self.state = self.pair_key
            scanner.take()
            return MappingStartEvent(None, None, True, token.start, token.end, flow_style=True)
        self.states.append(self.flow_item)
        return self.node(block=False)

    def past_comma(self, closing: str, what: str, *, first: bool) -> Token:
        """Return the token behind the comma that must separate entries."""
        token = self.scanner.peek()
        if first or token.kind == closing:
            return token
        if token.kind != ",":
            self.fail_in(what, f"did not find expected ',' or '{closing}'", token.start)
        self.scanner.take()
        return self.scanner.peek()

    def pair_key(self) -> Any:
        token = self.scanner.peek()
        if token.kind in ("value", ",", "]"):
            self.scanner.take()
            self.state = self.pair_value
            return empty(token.end)
        self.states.append(self.pair_value)
        return self.node(block=False)

    def pair_value(self) -> Any:
        token = self.scanner.peek()
        if token.kind == "value":
            self.scanner.take()
            if self.scanner.peek().kind not in (",", "]"):
                self.states.append(self.pair_end)
                return self.node(block=False)
        self.state = self.pair_end
        return empty(token.start)

    def pair_end(self) -> Any:
        self.state = self.flow_item
        start = self.scanner.peek().start
        return MappingEndEvent(start, start)

    def first_flow_key(self) -> Any:
        self.marks.append(self.scanner.take().start)
        return self.flow_key(first=True)

    def flow_key(self, *, first: bool = False) -> Any:
        token = self.past_comma("}", "flow mapping", first=first)
        if token.kind == "}":
            return self.end(MappingEndEvent)
        if token.kind != "key":
            self.states.append(self.flow_no_value)
            return self.node(block=False)
        self.scanner.take()
        token = self.scanner.peek()
        if token.kind in ("value", ",", "}"):
            self.state = self.flow_value
            return empty(token.start)
        self.states.append(self.flow_value)
        return self.node(block=False)

    def flow_no_value(self) -> Any:
        self.state = self.flow_key
        return empty(self.scanner.peek().start)

    def flow_value(self) -> Any:
        token = self.scanner.peek()
        if token.kind == "value":
            self.scanner.take()
            token = self.scanner.peek()
            if token.kind not in (",", "}"):
                self.states.append(self.flow_key)
                return self.node(block=False)
        self.state = self.flow_key
        return empty(token.start)


def empty(at: Any) -> ScalarEvent:
    return ScalarEvent(None, None, (True, False), "", at, at, style="")
