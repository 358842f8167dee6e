"""Names in their order, for millions of them in little memory: they are sorted, and lie, on the disk."""

import sqlite3
import weakref
from collections.abc import Callable, Iterable, Iterator

CACHE_KIB = 2 * 1024  # of the database, and of what is sorted at a time
Key = Callable[[str], tuple[str, ...]]


class SortedNames:
    """Names of files, none with a NUL in it, in the order of `key` and then of their characters, as `sorted` has it."""

    def __init__(self, names: Iterable[str], key: Key | None = None) -> None:
        # a database of its own, on disk where it is large, gone when nobody needs it
        # closed by whichever thread finds that it is no longer needed
        self._table = sqlite3.connect("", check_same_thread=False)
        weakref.finalize(self, self._table.close)
        self._table.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        self._table.execute("CREATE TABLE names (key BLOB, name BLOB)")
        rows = ((_bytes("\0".join(key(name))) if key else b"", _bytes(name)) for name in names)
        self._table.executemany("INSERT INTO names VALUES (?, ?)", rows)
        self._table.commit()

    def __len__(self) -> int:
        """Return how many there are."""
        found: int = self._table.execute("SELECT count(*) FROM names").fetchone()[0]
        return found

    def __iter__(self) -> Iterator[str]:
        """Yield them all."""
        return self.first(-1)

    def first(self, count: int) -> Iterator[str]:
        """Yield the first ones; -1: all."""
        for (name,) in self._table.execute("SELECT name FROM names ORDER BY key, name LIMIT ?", (count,)):
            yield name.decode("utf-8", "surrogatepass")


def _bytes(text: str) -> bytes:
    """Return bytes whose order is that of the characters, also where some are none."""
    return text.encode("utf-8", "surrogatepass")
