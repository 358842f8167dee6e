"""How editors save a file."""

import os
import time
from collections.abc import Callable
from pathlib import Path


def in_place(path: Path, text: str) -> None:
    """Truncate and write: VS Code, nano, Notepad."""
    path.write_text(text, encoding="utf-8")


def by_renaming(path: Path, text: str) -> None:
    """Write a new file beside it and put that in its place: gedit, JetBrains, Kate."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, path)


def with_backup(path: Path, text: str) -> None:
    """Move the old file away, write a new one, delete the old: vim."""
    old = path.with_name(f"{path.name}~")
    os.rename(path, old)
    path.write_text(text, encoding="utf-8")
    old.unlink()


def deleting_first(path: Path, text: str) -> None:
    """Delete the file and create it anew a moment later."""
    path.unlink()
    time.sleep(0.03)
    path.write_text(text, encoding="utf-8")


def in_pieces(path: Path, text: str) -> None:
    """Write slowly: a large file, a network."""
    with path.open("w", encoding="utf-8") as file:
        for start in range(0, len(text), 700):
            file.write(text[start : start + 700])
            file.flush()
            time.sleep(0.02)


WAYS: list[Callable[[Path, str], None]] = [in_place, by_renaming, with_backup, deleting_first, in_pieces]
