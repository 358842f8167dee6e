"""What Docker Compose makes of the lines of an `environment` block: the text that the container gets."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from grader.masking import MASK, is_secret, mask_warning
from grader.notebook.blocks import Block, Next, Table, Title, Words, code
from grader.notebook.guesses import SHOW_ME, Row, is_open, no_guess, reveal, row, unknown_guess
from grader.notebook.result import Result
from grader.reports.clean import clean
from grader.shortening import shorten
from grader.spelling import did_you_mean

if TYPE_CHECKING:
    from grader.compose.errors import Notice

REFUSED = "refused"
NOT_SET = "not set"
EMPTY = "an empty text"
NOTHING = "(nothing)"
BLANKS = "a text of blanks"
MAX_CHARACTERS = 300  # of a value in a table
WHERE = "q.environment"


class Value(NamedTuple):
    """One variable: as it is written, the text that the container gets (None: none), and that in words."""

    written: str
    text: str | None
    shown: str


class EnvironmentView:
    """The lines of an `environment` block. Shown by themselves they are resolved; `predict` asks for guesses first."""

    __slots__ = ("_shell", "_text")

    def __init__(self, text: str, shell: Mapping[str, str]) -> None:
        self._text, self._shell = text, dict(shell)

    def show(self) -> Result:
        """Show what the container gets."""
        values, remarks = _resolve(self._text, self._shell)
        then = "run this cell again"
        rows = [(name, code(value.written), value.shown) for name, value in values.items()]
        table: list[Block] = [Table(("variable", "written", "the container gets"), rows)] if rows else []
        title = Title("As Docker Compose reads it")
        data = {name: None if value.text is None else clean(value.text) for name, value in values.items()}
        return Result(
            "environment", [title, *table, *remarks, Next(f"change a line and {then}.")], then=then, values=data
        )

    def predict(self, **guesses: object) -> Result:
        """Guess what the container gets, `predict(A="yes")`, then see it. What is not guessed stays hidden.

        `""` is an empty text, `"not set"` a variable that the container does not get at all, and `"refused"` one that
        Compose does not accept.
        """
        made = {name: str(guess) for name, guess in guesses.items() if not is_open(guess) or guess == ""}
        if not made:
            return no_guess(WHERE, "Write for each variable the text that the container gets.")
        values, remarks = _resolve(self._text, self._shell)
        rows: list[Row] = []
        for name, guess in made.items():
            if name not in values:
                complaint = f"There is no variable {code(name)} here.{did_you_mean(name, values)}"
                return unknown_guess(WHERE, f"{complaint} There is: {', '.join(values)}.")
            value = values[name]
            shown = guess if guess in (SHOW_ME, REFUSED, NOT_SET, value.shown) else _shown(guess)
            rows.append(row(name, shown, value.shown, agrees=shown == value.shown))
        hidden = [name for name in values if name not in made]
        why = [*remarks] if not hidden else [Words(f"Not guessed yet: {', '.join(hidden)}.")]
        return reveal(WHERE, rows, why, then="q.guesses()", about=self._text)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return self.show()._repr_mimebundle_(include, exclude)

    def __repr__(self) -> str:
        return repr(self.show())


def _resolve(text: str, shell: Mapping[str, str]) -> tuple[dict[str, Value], list[Block]]:
    """Read the lines as Compose does and return the variables in order, and what Compose says about them."""
    from grader.compose.errors import Unreadable
    from grader.notebook.fragment import FILE, read_fragment

    try:
        fragment = read_fragment(text.strip("\n"), below="environment", shell=shell)
    except Unreadable as error:
        return {}, [Words(f"Cannot read this: {error.message}")]
    remarks: list[Block] = []
    refused = set()
    for refusal in fragment.loaded.refusals[:1]:
        remarks.append(Words(f"Docker Compose refuses this ({fragment.place(refusal)}): {fragment.words(refusal)}"))
        refused = set(refusal.path[3:4])
    lines = fragment.loaded.texts[FILE]
    for words in dict.fromkeys(_warning(notice, lines) for notice in fragment.loaded.warnings):
        remarks.append(Words(f"Docker Compose warns: {words}"))
    values = {}
    for variable in fragment.service.environment.values():
        mark = variable.marks.written
        rest = lines[mark.line - 1][mark.column - 1 :]
        written = rest[: mark.width or None].strip()
        gets = variable.value
        if mark == variable.key and gets is None:
            written = rest[mark.width :].strip("\"' :=") or NOTHING  # `A:`, `A: ~`, `- A`
        if gets is not None and is_secret(variable.name):
            written = gets = MASK
        if variable.name in refused:
            values[variable.name] = Value(written, None, REFUSED)
        else:
            values[variable.name] = Value(written, gets, NOT_SET if gets is None else _shown(gets))
    return values, remarks


def _warning(notice: "Notice", lines: Sequence[str]) -> str:
    line = lines[notice.at.line - 1] if notice.at else ""
    name = line.strip(" -\"'").partition("=")[0].partition(":")[0]
    return mask_warning(notice.message, line, at_secret=is_secret(name))


def _shown(text: str) -> str:
    """Return a text as code; one that would not be seen as code says what it is."""
    if not text.strip():
        return EMPTY if not text else BLANKS
    return code(shorten(text, MAX_CHARACTERS))
