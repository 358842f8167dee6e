"""Files of variables: `.env`, `--env-file` and `env_file`.

Compose: compose-go 2.9.1, `dotenv`; the format `raw` is Docker's own (`docker run --env-file`). A value in quotes may
span lines; a name without a value is looked up; the last line, if it has neither a value nor a line end, becomes the
value of a variable without a name.
"""

import re
from collections.abc import Callable, Mapping

from grader.compose.budget import MAX_CHARACTERS, TOO_MUCH_TEXT
from grader.compose.errors import Unreadable
from grader.compose.gotext import quote
from grader.compose.template import Substitution, TemplateError, substitute
from grader.light_tuple import NamedTuple

Lookup = Callable[[str], str | None]

MAX_RAW_LINE_BYTES = 64 * 1024 - 1  # Go reads such a file with a buffer of 64 KiB, the line end included

_BOM = "\ufeff"
_SPACE = "\t\v\f\r \x85\xa0"  # what counts as a blank around names
_UNICODE_SPACE = (
    _SPACE + "\n\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_EXPORT = re.compile(r"export[\t\n\f\r ]+")
_BLANKS = re.compile(f"[{_SPACE}]*")
_ANY_SPACE = re.compile(f"[{_UNICODE_SPACE}]*")
_NAME_PART = re.compile(f"[A-Za-z0-9_.\\-\\[\\]{_SPACE}]*")
_QUOTED = {quotes: re.compile(rf"[^{quotes}\\]*(?:\\.[^{quotes}\\]*)*", re.DOTALL) for quotes in "\"'"}
_ESCAPE = re.compile(r'\\(?:[abcfnrtv$"\\]|0[0-9]{0,3})')
_ESCAPED = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
    '"': '"',
    "$": "$$",
}
_OCTAL = re.compile(r"[0-3][0-7]{2}")


NO_UTF8 = re.compile("[\udc80-\udcff]")  # bytes that are no UTF-8, as `surrogateescape` keeps them


class Assignment(NamedTuple):
    """One variable of a file.

    `line` and `column` (from 1) are where its name stands (the value, if there is no name), `width` how far the
    assignment goes on that line; `used` names the variables whose values went into it, `missing` those that were set
    nowhere.
    """

    name: str
    value: str
    line: int
    column: int
    width: int
    used: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class DotenvError(Exception):
    """A file that Compose does not read.

    `message` is Compose's text without the file's name, `line` the real line; `missing` the names used up to there but
    set nowhere (Compose warns about them in spite of the error).
    """

    def __init__(self, message: str, line: int, *, missing: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.missing = missing


def parse(text: str, lookup: Lookup, *, known: Mapping[str, str] | None = None) -> list[Assignment]:
    """Return the variables of a file in order, the same name as often as it is written: the last one counts.

    `lookup` answers first for variables inside values, then what the file has set so far, then `known` (what earlier
    files set). Raises `DotenvError`, and `Unreadable` where variables stand for too much text.
    """
    return _Reader(text.removeprefix(_BOM), lookup, known or {}).read()


def parse_raw(text: str, lookup: Lookup) -> list[Assignment]:
    """Return the variables of a file with `format: raw`: values are taken as they stand. Raises `DotenvError`."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        data = line.encode("utf-8", "surrogateescape")
        if len(data) > MAX_RAW_LINE_BYTES:
            raise DotenvError("bufio.Scanner: token too long", number)
        line = line.removesuffix("\r")
        if not line.isascii() and NO_UTF8.search(line):
            shown = " ".join(map(str, data.removesuffix(b"\r")))
            raise DotenvError(f"invalid utf8 bytes at line {number}: [{shown}]", number)
        if number == 1:
            line = line.removeprefix(_BOM)
        bare = line.lstrip(_UNICODE_SPACE)
        if not bare or bare[0] == "#":
            continue
        name, equals, value = bare.partition("=")
        if not name:
            raise DotenvError(f"no variable name on line '{bare}'", number)
        if " " in name or "\t" in name:
            raise DotenvError(f"variable '{name}' contains whitespaces", number)
        column = len(line) - len(bare) + 1
        if equals:
            found.append(Assignment(name, value, number, column, len(bare)))
        elif (looked_up := lookup(name)) is not None:
            found.append(Assignment(name, looked_up, number, column, len(bare), (name,)))
    return found


class _Reader:
    """A position in a file.

    `counted` is the line that Compose's messages name; it is not always the real one, `line`.
    """

    def __init__(self, text: str, lookup: Lookup, known: Mapping[str, str]) -> None:
        self.text = text
        self.lookup = lookup
        self.known = dict(known)
        self.at = 0
        self.counted = 1
        self.line = 1
        self.line_start = 0
        self.found: list[Assignment] = []
        self.left = MAX_CHARACTERS  # of values with variables in them

    def read(self) -> list[Assignment]:
        try:
            while self.next_statement():
                self.statement()
        except DotenvError as error:
            error.missing = (*(name for one in self.found for name in one.missing), *error.missing)
            raise
        return self.found

    def next_statement(self) -> bool:
        """Pass over blanks, empty lines and comments; tell whether anything is left."""
        text = self.text
        while True:
            match = _ANY_SPACE.match(text, self.at)
            end = match.end() if match else self.at
            self.counted += text.count("\n", self.at, end)
            self.go(end)
            if end == len(text):
                return False
            if text[end] != "#":
                return True
            newline = text.find("\n", end)
            if newline < 0:
                return False
            self.at = newline

    def go(self, position: int) -> None:
        """Move on to `position`, keeping count of the lines."""
        newlines = self.text.count("\n", self.at, position)
        if newlines:
            self.line += newlines
            self.line_start = self.text.rfind("\n", self.at, position) + 1
        self.at = position

    def statement(self) -> None:
        text = self.text
        exported = _EXPORT.match(text, self.at)
        if exported:
            # Compose passes over the blanks behind `export`, but not over a line end.
            blanks = _BLANKS.match(text, self.at + len("export"))
            self.go(blanks.end() if blanks else exported.end())
        start = self.at
        if start == len(text):
            raise DotenvError("zero length string", self.line)
        end = self.name_end(start)
        mark = (self.line, start - self.line_start + 1)
        if end == len(text):
            self.value("", start, start, mark)
            return
        bare = text[end] == "\n"
        written = text[start:end]
        if bare and " " not in written:
            self.counted += 1
        name = written.rstrip(_UNICODE_SPACE)
        if " " in name:
            raise DotenvError(f"line {self.counted}: key cannot contain a space", self.line)
        if not bare:
            self.value(name, start, end + 1, mark)
            return
        value = self.lookup(name)
        if value is not None:
            self.found.append(Assignment(name, value, *mark, len(name), (name,)))
            self.known[name] = value
        self.go(end + 1)

    def name_end(self, start: int) -> int:
        """Return where the name that begins at `start` ends: at `=`, `:` or the line end, or at the end of the file."""
        text = self.text
        at = start
        while True:
            match = _NAME_PART.match(text, at)
            at = match.end() if match else at
            if at == len(text) or text[at] in "=:\n":
                return at
            if not (text[at].isalpha() or text[at].isnumeric()):
                break
            at += 1
        line = text[start:].split("\n", 1)[0]
        character = "\ufffd" if "\udc80" <= text[at] <= "\udcff" else text[at]
        message = f"line {self.counted}: unexpected character {quote(character)} in variable name {quote(line)}"
        raise DotenvError(message, self.line)

    def value(self, name: str, start: int, at: int, mark: tuple[int, int]) -> None:
        """Read the value that begins at `at`, behind blanks, and keep the assignment that begins at `start`."""
        blanks = _BLANKS.match(self.text, at)
        at = blanks.end() if blanks else at
        quotes = self.text[at : at + 1]
        line = self.line
        if quotes in ('"', "'"):
            end, raw = self.quoted(at, quotes)
            following = end
        else:
            following = self.text.find("\n", at)
            following = len(self.text) if following < 0 else following
            raw = self.text[at:following].partition(" #")[0].rstrip(_UNICODE_SPACE)
            end = at + len(raw)
            self.counted += 1
        filled = Substitution(raw, (), ()) if quotes == "'" else self.expand(raw, line)
        if filled.used:
            self.left -= len(filled.text)
            if self.left < 0:
                raise Unreadable(TOO_MUCH_TEXT)
        first_line_end = self.text.find("\n", start, end)
        width = (end if first_line_end < 0 else first_line_end) - start
        self.found.append(Assignment(name, filled.text, *mark, width, filled.used, filled.missing))
        self.known[name] = filled.text
        self.go(min(following + (quotes not in ('"', "'")), len(self.text)))

    def quoted(self, at: int, quotes: str) -> tuple[int, str]:
        """Return where a value in quotes ends (behind the quote), and its text with escapes undone."""
        text = self.text
        match = _QUOTED[quotes].match(text, at + 1)
        end = match.end() if match else at + 1
        if end >= len(text) or text[end] != quotes:
            self.counted += text.count("\n", at)
            opening = text[at:].split("\n", 1)[0]
            raise DotenvError(f"line {self.counted}: unterminated quoted value {opening}", self.line)
        self.counted += text.count("\n", at, end)
        inside = text[at + 1 : end]
        if "\\" in inside:
            inside = re.sub(rf"\\(\\|{quotes})", lambda found: quotes if found[1] == quotes else "\\\\", inside)
            if quotes == '"':
                inside = _ESCAPE.sub(_unescape, inside)
        return end + 1, inside

    def expand(self, value: str, line: int) -> Substitution:
        def look(name: str) -> str | None:
            found = self.lookup(name)
            return self.known.get(name) if found is None else found

        try:
            return substitute(value, look)
        except TemplateError as error:
            raise DotenvError(str(error), line, missing=error.missing) from error


def _unescape(match: re.Match[str]) -> str:
    """Undo one escape of a value in double quotes; a wrong octal number keeps its backslash and loses its zero."""
    kind = match[0][1]
    if kind != "0":
        return _ESCAPED.get(kind, match[0])
    digits = match[0][2:]
    return chr(int(digits, 8)) if _OCTAL.fullmatch(digits) else "\\" + digits
