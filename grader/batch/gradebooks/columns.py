"""Finding columns by their titles, and telling an instructor what there is when the one meant is not found."""

from collections.abc import Collection, Iterable, Sequence

from grader.endings import UsageError
from grader.reports.clean import clean_line

# As many as fit into a message.
MAX_TITLES_SHOWN = 12


def column_of(header: Sequence[str], titles: Collection[str]) -> int | None:
    """Return the first column whose title is one of these (lower case), None if there is none."""
    return next((at for at, title in enumerate(header) if title.strip().lower() in titles), None)


def chosen(header: Sequence[str], wanted: str, among: Iterable[int], *, path: str) -> int:
    """Return the column that `wanted` names: its whole title, the title without its id, or the id.

    Canvas writes `Title (4711)`. Raises `UsageError` if it names none or several.
    """
    among = list(among)
    text = wanted.strip().casefold()
    for spelled in (_whole, _title, _id, _id_in_brackets):
        found = [at for at in among if spelled(header[at]) == text]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f"{path} has {len(found)} columns {wanted!r}: say which one: {shown(header, found)}.")
    raise UsageError(f"{path} has no column {wanted!r} for the grade. It has: {shown(header, among)}.")


def shown(header: Sequence[str], among: Sequence[int]) -> str:
    """Return the titles of some columns for a message."""
    titles = [f'"{clean_line(header[at])}"' for at in among[:MAX_TITLES_SHOWN]]
    more = len(among) - len(titles)
    return ", ".join(titles) + (f" and {more} more" if more else "") or "none"


def split_title(title: str) -> tuple[str, str]:
    """Split `Title (4711)` into title and id; the id is empty if there is none."""
    text = title.strip()
    name, opened, number = text.rpartition("(")
    if opened and number.endswith(")") and number[:-1].isascii() and number[:-1].isdigit():
        return name.strip(), number[:-1]
    return text, ""


def _whole(title: str) -> str:
    return title.strip().casefold()


def _title(title: str) -> str:
    return split_title(title)[0].casefold()


def _id(title: str) -> str:
    return split_title(title)[1]


def _id_in_brackets(title: str) -> str:
    return f"({_id(title)})"
