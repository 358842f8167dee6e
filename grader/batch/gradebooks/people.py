"""Who is meant by a line of a gradebook: exact matches of what both sides know, and nothing guessed."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

Identity = Mapping[str, Any]  # `student` or a member of a record: id, name, email, login, each a text or None

# Stands for a text that several rows have: none of them can be meant.
SEVERAL = -1


class Key(NamedTuple):
    """One way to find a row: `what` it is called in a sentence, the rows by folded text, what of a person to look up.

    `name` is set for names: two people may share one, so a name never overrules an id, but it can speak against it.
    `confirm` is set where the fields may be of another numbering than the column (a user id among campus ids): then
    the name has to agree, if both sides know one.
    """

    what: str
    rows: Mapping[str, int]
    fields: Sequence[str]
    fold: Callable[[str], str]
    name: bool = False
    confirm: bool = False


class Missed(NamedTuple):
    """No row, and why; `doubtful` if something fits, but more than one row, or one of them in part only."""

    why: str
    doubtful: bool = False


def fold(text: str) -> str:
    """Ids, logins and addresses: case and blanks around do not matter."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def fold_name(text: str) -> str:
    """Names: letters and digits only, lower case, as the names of downloaded files have them."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def indexed(texts: Iterable[tuple[str, int]], folded: Callable[[str], str]) -> dict[str, int]:
    """Return text -> row; `SEVERAL` where two rows have the same text, nothing for empty ones."""
    rows: dict[str, int] = {}
    for text, row in texts:
        key = folded(text)
        if key and rows.setdefault(key, row) != row:
            rows[key] = SEVERAL
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
            row = key.rows.get(key.fold(str(person.get(field) or "")))
            if row == SEVERAL:
                return Missed(f"several rows have the {key.what} {person[field]}", doubtful=True)
            if row is not None:
                return _confirmed(row, person, key, keys)
    return Missed("no row fits")


def _confirmed(row: int, person: Identity, found: Key, keys: Sequence[Key]) -> int | Missed:
    name = str(person.get("name") or "")
    for key in keys:
        if not key.name or not key.fold(name) or not key.rows:
            continue
        other = key.rows.get(key.fold(name))
        if other is None and found.confirm:
            return Missed(f"the {found.what} fits, but the name does not", doubtful=True)
        if other not in (None, SEVERAL, row):
            return Missed(f"the {found.what} belongs to one row and the name to another", doubtful=True)
    return row
