"""Variables in texts: `$NAME`, `${NAME}` and the forms with a default, an alternative or an error message.

Compose: compose-go 2.9.1, `template`. A braced form reaches to the last `}` of its line; where its own brace closes
earlier, what follows on that line is a template of its own (which shows in the text an error quotes). Braces inside
count, but the character after a `{` is passed over, so `{}` counts as one opening brace.

A text is walked with a stack of our own, so nesting costs no recursion, and in one pass, so it costs no time either.
"""

import re
from bisect import bisect_left
from collections.abc import Callable

from grader.compose.budget import MAX_CHARACTERS, TOO_MUCH_TEXT
from grader.compose.errors import Unreadable
from grader.compose.gotext import quote
from grader.light_tuple import NamedTuple

# Letters regardless of case, as Go folds them: U+017F folds to s, U+212A to k.
_NAME = re.compile(r"[_a-zA-Z\u017f\u212a][_a-zA-Z0-9\u017f\u212a]*")
_OPERATOR = re.compile(r":?[-+?]")
_BRACE = re.compile(r"\{.?|\}", re.DOTALL)

Lookup = Callable[[str], str | None]


class Substitution(NamedTuple):
    """A text with its variables filled in.

    `missing` are the names used but set nowhere, in order and as often as used: Compose warns about each; `used` the
    names whose value went into the text.
    """

    text: str
    missing: tuple[str, ...]
    used: tuple[str, ...]


class TemplateError(Exception):
    """A text whose variables cannot be filled in. `missing` as in `Substitution`: Compose warns in spite of it.

    TemplateError
    ├── InvalidTemplate     the form of a variable is wrong
    └── RequiredMissing     `${NAME:?message}` and NAME is not set
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.missing: tuple[str, ...] = ()


class InvalidTemplate(TemplateError):
    """`template` is the part of the text that Compose quotes in its message."""

    def __init__(self, template: str) -> None:
        super().__init__(f"Invalid template: {quote(template)}")
        self.template = template


class RequiredMissing(TemplateError):
    """`name` must be set; `message` is what the file says about it, empty if nothing."""

    def __init__(self, name: str, message: str) -> None:
        reason = f": {message}" if message else ""
        super().__init__(f"required variable {name} is missing a value{reason}")
        self.name = name
        self.message = message


def substitute(template: str, lookup: Lookup) -> Substitution:
    """Fill in the variables of `template`; `lookup` gives a variable's value, None if it is not set.

    Raises `InvalidTemplate` or `RequiredMissing` for the first error in the text, and `Unreadable` over the limit.
    """
    if "$" not in template:
        return Substitution(template, (), ())
    walk = _Walk(template, lookup)
    walk.run()
    if walk.error is not None:
        walk.error.missing = tuple(walk.missing)
        raise walk.error
    return Substitution("".join(walk.out), tuple(walk.missing), tuple(walk.used))


class _Frame:
    """A part of the text that is a template of its own: the whole, a default, or what follows a braced form.

    `emit` says whether its text is wanted; `required` is the name whose error message it is; `rest` the part to walk
    after it (start and end) if it went well.
    """

    __slots__ = ("at", "emit", "end", "failed", "out_start", "required", "rest", "start")

    def __init__(self, start: int, end: int, *, emit: bool) -> None:
        self.start = start
        self.end = end
        self.at = start
        self.emit = emit
        self.failed = False
        self.required: str | None = None
        self.out_start = 0
        self.rest: tuple[int, int] | None = None


class _Walk:
    """The state of one pass over one text.

    Only the first error is kept, but the walk goes on behind it: the warnings there are still given.
    """

    def __init__(self, text: str, lookup: Lookup) -> None:
        self.text = text
        self.lookup = lookup
        self.out: list[str] = []
        self.left = MAX_CHARACTERS
        self.missing: list[str] = []
        self.used: list[str] = []
        self.error: TemplateError | None = None
        self.stack: list[_Frame] = [_Frame(0, len(text), emit=True)]
        self.braces: _Braces | None = None

    def run(self) -> None:
        stack = self.stack
        while stack:
            frame = stack[-1]
            dollar = self.text.find("$", frame.at, frame.end)
            if dollar < 0:
                self.write(frame, frame.at, frame.end)
                self.leave(stack.pop())
                continue
            self.write(frame, frame.at, dollar)
            self.variable(frame, dollar)

    def write(self, frame: _Frame, start: int, end: int) -> None:
        if frame.emit and start < end:
            self.out.append(self.text[start:end])

    def variable(self, frame: _Frame, dollar: int) -> None:
        """Handle the `$` at `dollar` and move on behind it, or push the frame that has to be walked first."""
        text = self.text
        start = dollar + 1
        following = text[start] if start < frame.end else ""
        if following == "$":
            frame.at = dollar + 2
            self.write(frame, dollar, start)
            return
        if following == "{":
            self.braced(frame, dollar)
            return
        named = _NAME.match(text, start, frame.end)
        frame.at = named.end() if named else start
        if named:
            self.fill(frame, named.group())
        else:
            self.write(frame, dollar, start)

    def braced(self, frame: _Frame, dollar: int) -> None:
        text = self.text
        named = _NAME.match(text, dollar + 2, frame.end)
        if named is None:
            self.invalid(frame, dollar)
            return
        behind = named.end()
        if behind < frame.end and text[behind] == "}":
            frame.at = behind + 1
            self.fill(frame, named.group())
            return
        operator = _OPERATOR.match(text, behind, frame.end)
        if self.braces is None:
            self.braces = _Braces(text)
        last = self.braces.last(dollar, frame.end)
        if operator is None or last < operator.end():
            self.invalid(frame, dollar)
            return
        closing = self.braces.closing.get(dollar + 1, last)
        if closing >= last:
            self.push(frame, named.group(), operator.group(), (operator.end(), last), None)
        else:
            self.push(frame, named.group(), operator.group(), (operator.end(), closing), (closing + 1, last + 1))
        frame.at = last + 1

    def push(
        self, frame: _Frame, name: str, operator: str, argument: tuple[int, int], rest: tuple[int, int] | None
    ) -> None:
        """Go into the text behind an operator. Compose evaluates it even where it is not used."""
        value = self.lookup(name)
        there = value is not None and (operator[0] != ":" or value != "")
        kind = operator[-1]
        inner = _Frame(*argument, emit=frame.emit and there == (kind == "+"))
        inner.rest = rest
        if kind == "?" and not there:
            inner.required = name
            inner.emit = True
            inner.out_start = len(self.out)
        elif frame.emit and there and value is not None and kind != "+":
            self.use(name, value)
        self.stack.append(inner)

    def leave(self, frame: _Frame) -> None:
        """Go back to the part around `frame`, or on to what follows it."""
        if frame.required is not None and not frame.failed:
            frame.failed = True
            if self.error is None:
                self.error = RequiredMissing(frame.required, "".join(self.out[frame.out_start :]))
        if not self.stack:
            return
        if frame.failed:
            self.stack[-1].failed = True
        elif frame.rest is not None:
            self.stack.append(_Frame(*frame.rest, emit=self.stack[-1].emit))

    def fill(self, frame: _Frame, name: str) -> None:
        value = self.lookup(name)
        if value is None:
            self.missing.append(name)
        elif frame.emit:
            self.use(name, value)

    def use(self, name: str, value: str) -> None:
        """Put the value of a variable into the text."""
        self.left -= len(value)
        if self.left < 0:
            raise Unreadable(TOO_MUCH_TEXT)
        self.used.append(name)
        self.out.append(value)

    def invalid(self, frame: _Frame, dollar: int) -> None:
        frame.at = dollar + 2
        frame.failed = True
        if self.error is None:
            self.error = InvalidTemplate(self.text[frame.start : frame.end])


class _Braces:
    """Where braces close. `closing` maps an opening brace to the closing one that ends it."""

    def __init__(self, text: str) -> None:
        self.newlines = [match.start() for match in re.finditer("\n", text)]
        self.closers = [match.start() for match in re.finditer("}", text)]
        self.closing: dict[int, int] = {}
        opened: list[int] = []
        for match in _BRACE.finditer(text):
            if match.group() != "}":
                opened.append(match.start())
            elif opened:
                self.closing[opened.pop()] = match.start()

    def last(self, start: int, end: int) -> int:
        """Return the last `}` between `start` and the end of the line or `end`; -1 if there is none."""
        line = bisect_left(self.newlines, start)
        if line < len(self.newlines):
            end = min(end, self.newlines[line])
        found = bisect_left(self.closers, end) - 1
        return self.closers[found] if found >= 0 and self.closers[found] > start else -1
