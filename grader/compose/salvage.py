"""The good lines of a file of variables that Compose refuses for a bad one."""

from collections.abc import Callable, Sequence

from grader.compose.budget import Budget
from grader.compose.dotenv import NO_UTF8, Assignment, DotenvError

MAX_BAD_LINES = 8
MAX_MENDED_CHARACTERS = 16 * 1024  # in larger files no bad line is left out
UNTERMINATED = "unterminated quoted value "


def parse_good_lines(
    data: bytes, parse: Callable[[str], Sequence[Assignment]], budget: Budget
) -> tuple[Sequence[Assignment], DotenvError | None]:
    """Parse a file; return what its good lines set, and the error that Compose stops at (None: there is none).

    A bad line is left out and the rest tried again, for at most MAX_BAD_LINES of them; then nothing is set. Raises
    `Unreadable` over the budget.
    """
    text = data.decode("utf-8", "surrogateescape")  # UTF-16, as Windows may write it, is nothing but bad bytes here
    found, error = _parse(text, parse)
    if NO_UTF8.search(text):
        found = [one._replace(value=NO_UTF8.sub("\ufffd", one.value)) for one in found]
        if error is not None:
            error.message = NO_UTF8.sub("\ufffd", error.message)
    budget.spend_values(len(found) + sum(len(one.missing) for one in found), None)
    budget.spend_characters(sum(len(one.value) for one in found if one.used), None)
    return found, error


def _parse(text: str, parse: Callable[[str], Sequence[Assignment]]) -> tuple[Sequence[Assignment], DotenvError | None]:
    try:
        return parse(text), None
    except DotenvError as error:
        first = last = error
    if len(text) > MAX_MENDED_CHARACTERS:
        return (), first
    lines = text.split("\n")
    for _ in range(MAX_BAD_LINES):
        bad = _bad_line(lines, last)
        if bad is None:
            break
        lines[bad] = ""
        try:
            return parse("\n".join(lines)), first
        except DotenvError as error:
            last = error
    return (), first


def _bad_line(lines: list[str], error: DotenvError) -> int | None:
    """Return the index of the line to leave out: where an open quote begins, else the line of the error."""
    if error.message.startswith(UNTERMINATED):
        opening = error.message.removeprefix(UNTERMINATED).split("\n", 1)[0]
        return next((number for number, line in enumerate(lines) if opening in line), None)
    index = error.line - 1
    return index if 0 <= index < len(lines) and lines[index] else None
