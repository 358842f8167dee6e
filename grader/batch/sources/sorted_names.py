"""Names in their order, for millions of them in little memory: many are sorted, and lie, on the disk."""

import sqlite3
import weakref
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

MAX_IN_MEMORY = 20_000  # names: some MB
CACHE_KIB = 2 * 1024  # of the database, and of what is sorted at a time
Key = Callable[[str], tuple[str, ...]]


class SortedNames:
    """Names of files, none with a NUL in it, in the order of `key` and then of their characters, as `sorted` has it."""

    def __init__(self, names: Iterable[str], key: Key | None = None, *, in_memory: int = MAX_IN_MEMORY) -> None:
        rows = ((_bytes("\0".join(key(name))) if key else b"", _bytes(name)) for name in names)
        first = list(islice(rows, in_memory + 1))
        self._few = [name for _, name in sorted(first)] if len(first) <= in_memory else None
        if self._few is not None:
            return
        # a database of its own, on disk, gone when nobody needs it
        # closed by whichever thread finds that it is no longer needed
        self._table = sqlite3.connect("", check_same_thread=False)
        weakref.finalize(self, self._table.close)
        self._table.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self._table.execute("CREATE TABLE names (key BLOB, name BLOB)")
        self._table.executemany("INSERT INTO names VALUES (?, ?)", chain(first, rows))
        self._table.commit()

    def __len__(self) -> int:
        """Return how many there are."""
        if self._few is not None:
            return len(self._few)
        found: int = self._table.execute("SELECT count(*) FROM names").fetchone()[0]
        return found

    def __iter__(self) -> Iterator[str]:
        """Yield them all."""
        return self.first(-1)

    def first(self, count: int) -> Iterator[str]:
        """Yield the first ones; -1: all."""
        names: Iterable[bytes]
        if self._few is not None:
            names = self._few if count < 0 else self._few[:count]
        else:
            found = self._table.execute("SELECT name FROM names ORDER BY key, name LIMIT ?", (count,))
            names = (name for (name,) in found)
        for name in names:
            yield name.decode("utf-8", "surrogatepass")


def _bytes(text: str) -> bytes:
    """Return bytes whose order is that of the characters, also where some are none."""
    return text.encode("utf-8", "surrogatepass")
