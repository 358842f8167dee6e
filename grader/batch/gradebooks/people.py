"""Who is meant by a line of a gradebook: exact matches of what both sides know, and nothing guessed."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

Identity = Mapping[str, Any]  # `student` or a member of a record: id, name, email, login, each a text or None

# Of a text that several rows have, so many are kept: none of them is meant for certain.
MAX_ROWS_ALIKE = 10


class Key(NamedTuple):
    """One way to find a row: `what` it is called in a sentence, the rows by folded text, what of a person to look up.

    `name` is set for names: two people may share one, so a name never overrules an id, but it can speak against it.
    `confirm` is set where the fields may be of another numbering than the column (a user id among campus ids): then
    the name has to agree, if both sides know one.
    """

    what: str
    rows: Mapping[str, int | tuple[int, ...]]
    fields: Sequence[str]
    fold: Callable[[str], str]
    name: bool = False
    confirm: bool = False


class Missed(NamedTuple):
    """No row, and why; `rows` are those that fit, but are several, or fit in part only."""

    why: str
    rows: tuple[int, ...] = ()


def fold(text: str) -> str:
    """Ids, logins and addresses: case and blanks around do not matter."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def fold_name(text: str) -> str:
    """Names: letters and digits only, lower case, as the names of downloaded files have them."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def indexed(texts: Iterable[tuple[str, int]], folded: Callable[[str], str]) -> dict[str, int | tuple[int, ...]]:
    """Return text -> row, or the first rows where several have the same text; nothing for empty ones."""
    rows: dict[str, int | tuple[int, ...]] = {}
    for text, row in texts:
        key = folded(text)
        known = rows.setdefault(key, row) if key else row
        if isinstance(known, int):
            known = (known,)
        if row not in known and len(known) < MAX_ROWS_ALIKE:
            rows[key] = (*known, row)
    return rows


def name_spellings(name: str) -> set[str]:
    """Return a name as it stands and, if it is sorted (`Lovelace, Ada`), the other way round."""
    last, comma, first = name.partition(",")
    return {name, f"{first} {last}"} if comma else {name}


def find(person: Identity, keys: Sequence[Key]) -> int | Missed:
    """Return the row of a person by the first key that knows them, or why there is none.

    A name that belongs to another row than the id does makes the match void: one of the two is wrong.
    """
    for key in keys:
        for field in key.fields:
            row = _row_of(str(person.get(field) or ""), key)
            if isinstance(row, tuple):
                return Missed(f"several rows have the {key.what} {person[field]}", row)
            if row is not None:
                return _confirmed(row, person, key, keys)
    return Missed("no row fits")


def _row_of(text: str, key: Key) -> int | tuple[int, ...] | None:
    """Look a text up; a name in either order, as either side may have sorted it."""
    spellings = [text, *(name_spellings(text) - {text})] if key.name else [text]
    return next((row for spelled in spellings if (row := key.rows.get(key.fold(spelled))) is not None), None)


def _confirmed(row: int, person: Identity, found: Key, keys: Sequence[Key]) -> int | Missed:
    name = str(person.get("name") or "")
    for key in keys:
        if not key.name or not key.fold(name) or not key.rows:
            continue
        other = _row_of(name, key)
        if other is None and found.confirm:
            return Missed(f"the {found.what} fits, but the name does not", (row,))
        if isinstance(other, int) and other != row:
            return Missed(f"the {found.what} belongs to one row and the name to another", (row, other))
    return row
