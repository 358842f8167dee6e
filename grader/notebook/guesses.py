"""Guesses: what was expected beside what is so, and the record of them since the kernel started."""

from collections.abc import Sequence
from types import EllipsisType
from typing import NamedTuple

from grader.notebook.blocks import Block, Next, Table, Title, Words, code
from grader.notebook.result import Result
from grader.reports.clean import clean

Guess = str | Sequence[str] | EllipsisType | None
SHOW_ME = "?"  # instead of a guess: the answer alone
QUOTED = f'"{SHOW_ME}"'
AS_GUESSED = {True: "yes", False: "no", None: ""}
HEAD = ("what", "your guess", "it is", "as guessed")
MAX_GUESSES = 1000  # of one session


class Row(NamedTuple):
    """One thing that was guessed. `agrees` is None where the answer was asked for without a guess."""

    what: str
    guess: str
    truth: str
    agrees: bool | None


_record: dict[tuple[str, str], Row] = {}


def is_open(guess: object) -> bool:
    """Tell whether a place for a guess is still empty: `...`, None or a text without a letter."""
    return guess is None or guess is ... or (isinstance(guess, str) and not guess.strip())


def row(what: str, guess: str, truth: str, *, agrees: bool) -> Row:
    """Put a guess beside the truth."""
    if guess.strip() == SHOW_ME:
        return Row(what, "", truth, None)
    return Row(what, guess, truth, agrees)


def reveal(where: str, rows: Sequence[Row], why: Sequence[Block], *, then: str, about: str = "") -> Result:
    """Record guesses and show them beside the truth. A wrong guess is no fault: nothing is said about it but this.

    `about` tells apart what has the same name: the text that was guessed about.
    """
    for entry in rows:
        if entry.agrees is not None and len(_record) < MAX_GUESSES:
            _record[where + about, entry.what] = entry
    table = Table(HEAD, [_cells(entry) for entry in rows])
    blocks: list[Block] = [Title(f"Prediction: {where}"), table, *why, Next(code(then))]
    return Result("prediction", blocks, then=then, where=clean(where), rows=[_data(entry) for entry in rows])


def no_guess(where: str, how: str) -> Result:
    """Say that nothing was guessed yet, and how to; what is so stays hidden."""
    then = "run this cell again"
    blocks: list[Block] = [
        Title(f"Prediction: {where}"),
        Words("There is no guess yet, so nothing is shown."),
        Next(f"{how} Then {then}; {code(QUOTED)} instead of a guess shows the answer."),
    ]
    return Result("prediction", blocks, then=then, where=clean(where), rows=[])


def unknown_guess(where: str, complaint: str) -> Result:
    """Say that a guess is no word that could be right, and which words there are."""
    then = "run this cell again"
    blocks: list[Block] = [Title(f"Prediction: {where}"), Words(complaint), Next(f"choose one of these, then {then}.")]
    return Result("prediction", blocks, then=then, where=clean(where), rows=[])


def list_guesses() -> Result:
    """List what was guessed since the kernel started; a guess about the same thing replaces the one before."""
    then = "q.check_all()"
    if not _record:
        blocks: list[Block] = [Title("No guesses yet"), Next(code(then))]
        return Result("guesses", blocks, then=then, rows=[])
    same = sum(entry.agrees is True for entry in _record.values())
    table = Table(HEAD, [_cells(entry) for entry in _record.values()])
    title = Title(f"{same} of {len(_record)} as guessed")
    return Result("guesses", [title, table, Next(code(then))], then=then, rows=[_data(e) for e in _record.values()])


def forget_guesses() -> None:
    """Begin anew, as a fresh kernel does."""
    _record.clear()


def _cells(entry: Row) -> tuple[str, str, str, str]:
    return entry.what, entry.guess, entry.truth, AS_GUESSED[entry.agrees]


def _data(entry: Row) -> dict[str, object]:
    return {"what": clean(entry.what), "guess": clean(entry.guess), "truth": clean(entry.truth), "agrees": entry.agrees}
