"""Where a class's submissions come from: one module a kind, recognised by what is there.

A kind is a module with `TITLE` (what it is, in words), `recognise(holding)` and `submissions(holding, notes)`.
"""

import os
from collections.abc import Mapping
from types import ModuleType

from grader.batch.opening.kinds import HEAD_BYTES, archive_kind
from grader.batch.opening.members import ArchiveRefused
from grader.batch.sources import archive, canvas, classroom50, files, folders, github, gradescope, moodle, path_list
from grader.batch.sources.around import refuse_around
from grader.batch.sources.folder import Folder
from grader.batch.sources.grouping import number_of_submissions
from grader.batch.sources.holding import Holding, is_loose_name
from grader.batch.sources.source import Source
from grader.batch.sources.tarred import Tarred
from grader.batch.sources.zipped import Zipped
from grader.compose.discovery import NAMES
from grader.endings import UsageError
from grader.spelling import did_you_mean

# in the order in which they are tried: who asks for more comes first
SOURCES: Mapping[str, ModuleType] = {
    "list": path_list,
    "gradescope": gradescope,
    "classroom50": classroom50,
    "moodle": moodle,
    "canvas": canvas,
    "github": github,
    "archive": archive,
    "folders": folders,
    "files": files,
}


# kinds in which several files or folders can be one student's
IDENTIFIED = {"moodle": moodle.identify, "canvas": canvas.identify}


def open_source(path: str, kind: str | None = None) -> Source:
    """Open what lies at `path`, as `kind` or as what it is recognised to be.

    Raises `UsageError` where it is nothing of the kind, or cannot be read.
    """
    if kind is not None and kind not in SOURCES:
        raise UsageError(
            f"--source {kind}: there is no such kind.{did_you_mean(kind, list(SOURCES))} All: {', '.join(SOURCES)}"
        )
    holding = _hold(path, kind)
    if kind is None:
        kind = _kind(holding, path)
        refuse_around(holding, path)
    if (kind == "list") != isinstance(holding, path_list.PathList):
        raise UsageError(f"--source {kind}: {path} is not {SOURCES[kind].TITLE}.")
    module = SOURCES[kind]
    one_after_the_other = isinstance(holding, Tarred)
    return Source(
        kind,
        _count(holding, kind),
        lambda notes: module.submissions(holding, notes),
        one_after_the_other=one_after_the_other,
    )


def recognise(path: str) -> str:
    """Return the kind of source at `path`. Raises `UsageError` where it is none."""
    return _kind(_hold(path), path)


def _hold(path: str, kind: str | None = None) -> Holding:
    if os.path.isdir(path):
        if any(os.path.lexists(os.path.join(path, name)) for name in NAMES) and os.path.isdir(
            os.path.join(path, "exercises")
        ):
            raise UsageError(f"{path} is one workspace, not a folder of submissions. To grade it alone: grade {path}")
        return Folder(path)
    if not os.path.lexists(path):
        raise UsageError(f"there is no file or folder {path or '(empty)'}. Check the name and the folder you are in.")
    if not os.path.isfile(path):
        raise UsageError(f"{path} is no ordinary file. Give a folder, an archive, or a list of paths.")
    try:
        with open(path, "rb") as file:
            archive = archive_kind(file.read(HEAD_BYTES))
    except ArchiveRefused as error:
        raise UsageError(f"{path} {error}.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}. Check its permissions.") from error
    if archive is None and (kind == "list" or path.lower().endswith(path_list.ENDINGS)):
        return path_list.PathList(path)
    if archive is None:
        raise UsageError(
            f"{path} is no folder, no archive (zip, tar, tar.gz) and no list (CSV, JSON Lines). "
            f"A single compose file is graded without batch: grade {path}"
        )
    return Zipped(path) if archive == "zip" else Tarred(path)


def _count(holding: Holding, kind: str) -> int | None:
    """Return how many submissions there will be, or nearly; None where that would mean to read it all."""
    if isinstance(holding, path_list.PathList):
        return holding.count
    names = holding.names()
    if names is None:
        return None
    identify = IDENTIFIED.get(kind)
    if identify is None:
        return sum(is_folder or is_loose_name(name) for name, is_folder in names)
    return number_of_submissions(names, identify)


def _kind(holding: Holding, path: str) -> str:
    for kind, module in SOURCES.items():
        if module.recognise(holding):
            return kind
    raise UsageError(
        f"nothing in {path} looks like a submission: no folder, no archive, no .yml file. "
        f"Give the folder or the download that holds them, or say what it is: --source {'|'.join(SOURCES)}"
    )
