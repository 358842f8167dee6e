"""What Docker Compose makes of the lines of an `environment` block: the text that the container gets."""

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from grader.notebook.blocks import Block, Next, Table, Title, Words, code
from grader.notebook.guesses import SHOW_ME, Row, is_open, no_guess, reveal, row, unknown_guess
from grader.notebook.result import Result
from grader.spelling import did_you_mean

NAME = "compose.yml"
FOLDER = "/submission"
OPENING = "services:\n  container:\n    image: image\n    environment:\n"
LINES_BEFORE = OPENING.count("\n")
INDENT = "      "
REFUSED = "refused"
NOT_SET = "not set"
WHERE = "q.environment"


class Value(NamedTuple):
    """One variable: as it is written in the text, and what the container gets, both ready to be shown."""

    written: str
    gets: str


class EnvironmentView:
    """The lines of an `environment` block. Shown by themselves they are resolved; `predict` asks for guesses first."""

    __slots__ = ("_shell", "_text")

    def __init__(self, text: str, shell: Mapping[str, str]) -> None:
        self._text, self._shell = text, dict(shell)

    def show(self) -> Result:
        """Show what the container gets."""
        values, remarks = _resolve(self._text, self._shell)
        then = "run this cell again"
        rows = [(name, code(value.written), code(value.gets)) for name, value in values.items()]
        table: list[Block] = [Table(("variable", "written", "the container gets"), rows)] if rows else []
        title = Title("As Docker Compose reads it")
        data = {name: value.gets for name, value in values.items()}
        return Result(
            "environment", [title, *table, *remarks, Next(f"change a line and {then}.")], then=then, values=data
        )

    def predict(self, **guesses: object) -> Result:
        """Guess what the container gets, `predict(A="yes")`, then see it.

        `"not set"` is a variable that the container does not get at all, `"refused"` one that Compose does not accept.
        What is not guessed stays hidden.
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
            truth = values[name].gets
            agrees = guess in (truth, json.loads(truth) if truth.startswith('"') else truth)
            shown = (
                guess
                if guess.strip() == SHOW_ME or guess in (REFUSED, NOT_SET)
                else json.dumps(guess, ensure_ascii=False)
            )
            rows.append(row(name, shown, truth, agrees=agrees))
        hidden = [name for name in values if name not in made]
        why = [*remarks] if not hidden else [Words(f"Not guessed yet: {', '.join(hidden)}.")]
        return reveal(WHERE, rows, why, then="q.guesses()", about=self._text)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return self.show()._repr_mimebundle_(include, exclude)

    def __repr__(self) -> str:
        return repr(self.show())


def _resolve(text: str, shell: Mapping[str, str]) -> tuple[dict[str, Value], list[Block]]:
    """Read the lines as Compose does and return the variables in order, and what Compose says about them."""
    from textwrap import dedent, indent

    from grader.compose.errors import Unreadable
    from grader.compose.files import MemoryFiles
    from grader.compose.loader import load
    from grader.compose.request import Request
    from grader.masking import MASK, is_secret, mask_refusal

    body = indent(dedent(text.strip("\n")), INDENT)
    files = MemoryFiles({NAME: (OPENING + body + "\n").encode("utf-8", "replace")}, FOLDER)
    try:
        loaded = load(Request(files, FOLDER, compose_files=(NAME,), variables=dict(shell)))
    except Unreadable as error:
        return {}, [Words(f"Cannot read this: {error.message}")]
    remarks: list[Block] = []
    refused = set()
    for refusal in loaded.refusals[:1]:
        message = re.sub(r"\bline (\d+)", _moved, mask_refusal(refusal))
        place = f"line {max(refusal.at.line - LINES_BEFORE, 1)}, column {max(refusal.at.column - len(INDENT), 1)}"
        remarks.append(
            Words(f"Docker Compose refuses this ({place}): {message.replace('<f>: ', '').replace('<f>', 'it')}")
        )
        refused = set(refusal.path[3:4])
    remarks += [Words(f"Docker Compose warns: {notice.message}") for notice in loaded.warnings]
    lines = loaded.texts[NAME]
    values = {}
    for variable in loaded.project.services["container"].environment.values():
        mark = variable.marks.written
        line = lines[mark.line - 1]
        written = line[mark.column - 1 :][: mark.width or None].strip()
        if variable.name in refused:
            gets = REFUSED
        else:
            gets = NOT_SET if variable.value is None else json.dumps(variable.value, ensure_ascii=False)
        if is_secret(variable.name):
            written, gets = MASK, MASK if gets.startswith('"') else gets
        values[variable.name] = Value(written, gets)
    return values, remarks


def _moved(found: re.Match[str]) -> str:
    return f"line {max(int(found[1]) - LINES_BEFORE, 1)}"
