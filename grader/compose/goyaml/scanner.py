"""From characters to tokens.

Whether a text is a key shows only at the `:` behind it, so tokens wait in a queue until that is settled. go-yaml also
reads two tokens ahead of the one it hands out, which decides which of two errors is met first.
"""

import re
from collections.abc import Sequence
from typing import Any, NoReturn

from grader.compose.goyaml.cursor import BLANKS_OR_END, END, Cursor, Position
from grader.compose.goyaml.scalars import scan_block, scan_plain, scan_quoted
from grader.compose.goyaml.tags import scan_anchor, scan_directive, scan_tag
from grader.light_tuple import NamedTuple

MAX_KEY_CHARACTERS = 1024  # between the start of a key and its `:`
TOKENS_AHEAD = 2

_SPACES = re.compile(" +")
_SPACES_AND_TABS = re.compile("[ \t]+")
_COMMENT = re.compile("#[^\r\n\x85\u2028\u2029\0]*")
_NOT_PLAIN = frozenset("-?:,[]{}#&*!|>'\"%@`")


class Token(NamedTuple):
    """One token. `kind` is a word like `key`, `[` or `scalar`; `value` and `style` are those of scalars and tags."""

    kind: str
    start: Any
    end: Any
    value: Any = None
    style: str = ""


class _Key:
    """A place where a key may have begun. `required` says that nothing else can stand there."""

    __slots__ = ("number", "position", "possible", "required")

    def __init__(self, position: Position, number: int, *, required: bool, possible: bool) -> None:
        self.position = position
        self.number = number  # of the token that begins it
        self.required = required
        self.possible = possible


class Scanner:
    """Hands out the tokens of a text. Raises PyYAML's `ScannerError` and `ReaderError` with go-yaml's texts."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.queue: list[Token] = []
        self.after_dash = False
        self.taken = 0  # tokens handed out
        self.indent = -1
        self.indents: list[int] = []
        self.flow_level = 0
        self.key_allowed = True
        start = cursor.position()
        self.keys = [_Key(start, 0, required=False, possible=False)]  # one for every flow level
        self.level_of_key: dict[int, int] = {}  # by token number
        self.queue.append(Token("stream start", start, start))

    def begin_at(self, place: Position, columns: Sequence[int]) -> None:
        """Begin at the start of a line, inside blocks in these columns, the innermost last."""
        self.cursor.index, self.cursor.line, self.cursor.column = place
        self.queue.clear()
        *self.indents, self.indent = -1, *columns

    def peek(self) -> Token:
        """Return the next token without taking it."""
        while True:
            if len(self.queue) > TOKENS_AHEAD:
                level = self.level_of_key.get(self.taken)
                if level is None or level >= len(self.keys) or not self.is_valid(self.keys[level]):
                    return self.queue[0]
            self.fetch()

    def take(self) -> Token:
        """Take the next token."""
        token = self.peek()
        self.taken += 1
        del self.queue[0]
        return token

    # Keys

    def is_valid(self, key: _Key) -> bool:
        """Tell whether a key that may have begun can still be one."""
        if not key.possible:
            return False
        cursor = self.cursor
        begun = key.position
        if begun.line < cursor.line or begun.offset + MAX_KEY_CHARACTERS < cursor.index:
            if key.required:
                self.fail_key(key)
            key.possible = False
        return key.possible

    def fail_key(self, key: _Key) -> NoReturn:
        self.cursor.fail("while scanning a simple key", key.position, "could not find expected ':'")

    def save_key(self) -> None:
        """Note that a key may begin here."""
        if not self.key_allowed:
            return
        position = self.cursor.position()
        required = not self.flow_level and self.indent == position.column
        self.remove_key()
        number = self.taken + len(self.queue)
        self.keys[-1] = _Key(position, number, required=required, possible=True)
        self.level_of_key[number] = len(self.keys) - 1

    def remove_key(self) -> None:
        """Give up the key that may have begun on this flow level."""
        key = self.keys[-1]
        if key.possible:
            if key.required:
                self.fail_key(key)
            key.possible = False
            self.level_of_key.pop(key.number, None)

    # Blocks

    def roll(self, column: int, number: int | None, kind: str, position: Position) -> None:
        """Begin a block if the column is further right than the current one."""
        if self.flow_level or self.indent >= column:
            return
        self.indents.append(self.indent)
        self.indent = column
        token = Token(kind, position, position)
        self.queue.insert(len(self.queue) if number is None else number - self.taken, token)

    def unroll(self, column: int) -> None:
        """End the blocks that are further right than the column."""
        while not self.flow_level and self.indent > column:
            position = self.cursor.position()
            self.queue.append(Token("block end", position, position))
            self.indent = self.indents.pop()

    # Tokens

    def fetch(self) -> None:
        """Append at least one token to the queue."""
        cursor = self.cursor
        self.skip_to_next()
        self.unroll(cursor.column)
        cursor.look(3)
        character, following = cursor.look(), cursor.look(1)
        if character == END:
            self.fetch_end()
        elif cursor.column == 0 and character == "%":
            self.fetch_directive()
        elif cursor.at_document_marker():
            self.leave_blocks()
            self.key_allowed = False
            self.add("document start" if character == "-" else "document end", 3)
        elif character in "[{":
            self.save_key()
            position = cursor.position()
            number = self.taken + len(self.queue)
            self.keys.append(_Key(position, number, required=False, possible=False))
            self.flow_level += 1
            self.key_allowed = True
            self.add(character, 1)
        elif character in "]}":
            self.remove_key()
            if self.flow_level:
                self.flow_level -= 1
                self.level_of_key.pop(self.keys.pop().number, None)
            self.key_allowed = False
            self.add(character, 1)
        elif character == ",":
            self.remove_key()
            self.key_allowed = True
            self.add(character, 1)
        elif character == "-" and following in BLANKS_OR_END:
            self.fetch_entry("block sequence entries are not allowed in this context", "sequence start", "-")
        elif character == "?" and (self.flow_level or following in BLANKS_OR_END):
            self.fetch_entry("mapping keys are not allowed in this context", "mapping start", "key")
        elif character == ":" and (self.flow_level or following in BLANKS_OR_END):
            self.fetch_value()
        else:
            self.fetch_content(character, following)

    def fetch_content(self, character: str, following: str) -> None:
        """Append an alias, an anchor, a tag or a scalar."""
        cursor = self.cursor
        position = cursor.position()
        if character in "|>" and not self.flow_level:
            self.remove_key()
            self.key_allowed = True
            text, end = scan_block(cursor, self.indent)
            self.queue.append(Token("scalar", position, end, text, character))
            return
        if not self.may_begin_content(character, following):
            cursor.fail("while scanning for the next token", position, "found character that cannot start any token")
        self.save_key()
        self.key_allowed = False
        style = ""
        value: Any
        if character in "*&":
            kind, value = "alias" if character == "*" else "anchor", scan_anchor(cursor, alias=character == "*")
        elif character == "!":
            kind, value = "tag", scan_tag(cursor)
        elif character in "'\"":
            kind, value, style = "scalar", scan_quoted(cursor, character), character
        else:
            value, end, broken = scan_plain(cursor, self.indent + 1, flow=self.flow_level > 0)
            self.key_allowed = broken
            self.queue.append(Token("scalar", position, end, value))
            return
        self.queue.append(Token(kind, position, cursor.position(), value, style))

    def may_begin_content(self, character: str, following: str) -> bool:
        """Tell whether a character may begin an alias, an anchor, a tag or a scalar."""
        if character in "*&!'\"":
            return True
        if character not in _NOT_PLAIN and character not in BLANKS_OR_END:
            return True
        if character == "-":
            return following not in " \t"
        return not self.flow_level and character in "?:" and following not in BLANKS_OR_END

    def add(self, kind: str, width: int) -> None:
        """Append the token of an indicator, and step over it."""
        start = self.cursor.position()
        self.cursor.skip(width)
        self.queue.append(Token(kind, start, self.cursor.position()))

    def leave_blocks(self) -> None:
        self.unroll(-1)
        self.remove_key()

    def fetch_end(self) -> None:
        cursor = self.cursor
        if cursor.column:
            cursor.column = 0
            cursor.line += 1
        self.leave_blocks()
        self.key_allowed = False
        position = cursor.position()
        self.queue.append(Token("stream end", position, position))

    def fetch_directive(self) -> None:
        self.leave_blocks()
        self.key_allowed = False
        position = self.cursor.position()
        name, value = scan_directive(self.cursor)
        self.queue.append(Token(f"%{name}", position, self.cursor.position(), value))

    def fetch_entry(self, problem: str, block: str, kind: str) -> None:
        """Append the token of `- ` or `? `."""
        position = self.cursor.position()
        if not self.flow_level:
            if not self.key_allowed:
                self.cursor.fail("", position, problem)
            self.roll(position.column, None, block, position)
        self.remove_key()
        self.key_allowed = kind == "-" or not self.flow_level
        self.after_dash = kind == "-"
        self.add(kind, 1)

    def fetch_value(self) -> None:
        """Append the token of `:`; what stands before it turns out to be a key."""
        position = self.cursor.position()
        key = self.keys[-1]
        if self.is_valid(key):
            self.queue.insert(key.number - self.taken, Token("key", key.position, key.position))
            self.roll(key.position.column, key.number, "mapping start", key.position)
            key.possible = False
            self.level_of_key.pop(key.number, None)
            self.key_allowed = False
        else:
            if not self.flow_level:
                if not self.key_allowed:
                    self.cursor.fail("", position, "mapping values are not allowed in this context")
                self.roll(position.column, None, "mapping start", position)
            self.key_allowed = not self.flow_level
        self.add("value", 1)

    def skip_to_next(self) -> None:
        """Step over blanks, comments and line ends. A tab is no blank where a key may begin."""
        cursor = self.cursor
        leads = self.after_dash
        self.after_dash = False
        while True:
            cursor.skip_bom()
            cursor.run(_SPACES_AND_TABS if self.flow_level or not self.key_allowed else _SPACES)
            if cursor.look() == "#":
                # a comment behind any other token is one of its line only; else, go-yaml: one comment leads to the
                # next, whatever stands in front of it
                leads = leads or cursor.is_first()
                cursor.run(_COMMENT)
                while leads and cursor.skip_to_comment():
                    cursor.run(_COMMENT)
            if not cursor.take_break():
                return
            if not self.flow_level:
                self.key_allowed = True
