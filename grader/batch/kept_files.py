"""Files of an earlier run that a later one goes on with: opened as they are, locked, a half-written line cut away."""

import os
from typing import BinaryIO

from grader.endings import CommandFailed

BLOCK_BYTES = 1024 * 1024  # that are looked at together


def open_kept(path: str) -> BinaryIO:
    """Open a file for reading and writing, with what is in it. Raises `CommandFailed`."""
    try:
        return open(path, "r+b" if os.path.exists(path) else "w+b")
    except OSError as error:
        raise CommandFailed(f"{path} cannot be written: {error.strerror}. Choose another folder with --out.") from error


def lock(file: BinaryIO, path: str) -> None:
    """Keep a second run out until this one is over. Raises `CommandFailed`.

    Windows and some network disks have no locks: there nobody is kept out.
    """
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise CommandFailed(
            f"{path}: another run writes there. Wait for it, or choose another folder with --out."
        ) from error
    except OSError:
        pass  # this disk has no locks


def cut_half_line(file: BinaryIO) -> None:
    """Take away a last line that was only half written when a run was ended."""
    end = file.seek(0, os.SEEK_END)
    position = end
    while position > 0:
        start = max(position - BLOCK_BYTES, 0)
        file.seek(start)
        found = file.read(position - start).rfind(b"\n")
        if found >= 0:
            position = start + found + 1
            break
        position = start
    if position < end:
        file.truncate(position)
    file.seek(0)
