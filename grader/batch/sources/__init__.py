"""Where a class's submissions come from: one module a kind, recognised by what is there.

A kind is a module with `TITLE` (what it is, in words), `recognise(holding)` and `submissions(holding, notes)`.
"""

import os
from collections.abc import Mapping
from types import ModuleType

from grader.batch.opening.kinds import HEAD_BYTES, archive_kind
from grader.batch.opening.members import ArchiveRefused
from grader.batch.sources import archive, files, folders
from grader.batch.sources.folder import Folder
from grader.batch.sources.holding import Holding
from grader.batch.sources.source import Source
from grader.batch.sources.tarred import Tarred
from grader.batch.sources.zipped import Zipped
from grader.compose.discovery import NAMES
from grader.endings import UsageError
from grader.spelling import did_you_mean

# in the order in which they are tried: who asks for more comes first
SOURCES: Mapping[str, ModuleType] = {
    "archive": archive,
    "folders": folders,
    "files": files,
}


def open_source(path: str, kind: str | None = None) -> Source:
    """Open what lies at `path`, as `kind` or as what it is recognised to be.

    Raises `UsageError` where it is nothing of the kind, or cannot be read.
    """
    if kind is not None and kind not in SOURCES:
        raise UsageError(
            f"--source {kind}: there is no such kind.{did_you_mean(kind, list(SOURCES))} All: {', '.join(SOURCES)}"
        )
    holding = _hold(path)
    if kind is None:
        kind = _kind(holding, path)
    module = SOURCES[kind]
    return Source(kind, holding.count, lambda notes: module.submissions(holding, notes))


def recognise(path: str) -> str:
    """Return the kind of source at `path`. Raises `UsageError` where it is none."""
    return _kind(_hold(path), path)


def _hold(path: str) -> Holding:
    if os.path.isdir(path):
        if any(os.path.lexists(os.path.join(path, name)) for name in NAMES) and os.path.isdir(
            os.path.join(path, "exercises")
        ):
            raise UsageError(f"{path} is one workspace, not a folder of submissions. To grade it alone: grade {path}")
        return Folder(path)
    if not os.path.lexists(path):
        raise UsageError(f"there is no file or folder {path}. Check the name and the folder you are in.")
    if not os.path.isfile(path):
        raise UsageError(f"{path} is no ordinary file. Give a folder, an archive, or a list of paths.")
    try:
        with open(path, "rb") as file:
            archive = archive_kind(file.read(HEAD_BYTES))
    except ArchiveRefused as error:
        raise UsageError(f"{path} {error}.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}. Check its permissions.") from error
    if archive is None:
        raise UsageError(
            f"{path} is neither a folder nor an archive (zip, tar, tar.gz). "
            f"A single compose file is graded without batch: grade {path}"
        )
    return Zipped(path) if archive == "zip" else Tarred(path)


def _kind(holding: Holding, path: str) -> str:
    for kind, module in SOURCES.items():
        if module.recognise(holding):
            return kind
    raise UsageError(
        f"nothing in {path} looks like a submission: no folder, no archive, no .yml file. "
        f"Give the folder or the download that holds them, or say what it is: --source {'|'.join(SOURCES)}"
    )
