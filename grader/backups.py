"""The old text of a compose file is kept before a command writes a new one."""

import os

from grader.compose.files import FolderFiles
from grader.endings import CommandFailed

MAX_BACKUPS = 1000
MAX_OLD_BYTES = 16 * 1024 * 1024  # of a file that is kept as a backup


def content_to_keep(folder: str, path: str) -> bytes:
    """Return the old file. Raises `CommandFailed` for what is no file of the workspace: it would be written through."""
    kind = FolderFiles(folder).kind(path)
    name = os.path.relpath(path)
    if kind != "file":
        what = {"outside": "is a link that leads out of the workspace", "folder": "is a folder"}.get(
            kind or "", "is no ordinary file"
        )
        raise CommandFailed(f"{name} {what}. Nothing was changed. Put a file in its place, then try again.")
    if os.path.getsize(path) > MAX_OLD_BYTES:
        raise CommandFailed(f"{name} is too large to be kept as {name}.bak. Move it away and put an empty file there.")
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise CommandFailed(
            f"{name} cannot be read: {error.strerror}. Nothing was changed. Check its permissions."
        ) from error


def write_anew(path: str, content: bytes, backup: str | None) -> None:
    """Write a file whose old text is in `backup`; where that fails nothing is changed. Raises `CommandFailed`."""
    try:
        with open(path, "wb") as file:
            file.write(content)
    except OSError as error:
        if backup is not None:
            os.remove(backup)
        raise _unwritable(path, error) from error


def _unwritable(path: str, error: OSError) -> CommandFailed:
    return CommandFailed(
        f"{os.path.relpath(path)} cannot be written: {error.strerror}. Nothing was changed. "
        "Make the file and its folder writable, or copy the workspace to a place that is."
    )


def keep(path: str, content: bytes) -> str:
    """Write `content` to the first free name of `x.bak`, `x.bak.2`, `x.bak.3` ... and return that name."""
    for number in range(1, MAX_BACKUPS):
        backup = f"{path}.bak" if number == 1 else f"{path}.bak.{number}"
        try:
            with open(backup, "xb") as file:
                file.write(content)
        except FileExistsError:
            continue
        except OSError as error:
            raise _unwritable(backup, error) from error
        return backup
    raise CommandFailed(f"{path}.bak and {MAX_BACKUPS - 2} more copies exist already. Delete some, then try again.")
