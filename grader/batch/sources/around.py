"""What lies around a download: a folder, or one more archive. The whole class would be graded as one student's."""

import os
from contextlib import suppress
from typing import NamedTuple

from grader.batch.opening.kinds import HEAD_BYTES, archive_file, archive_kind, is_archive_name, tar_stream
from grader.batch.opening.members import ArchiveRefused
from grader.batch.opening.tars import tar_members
from grader.batch.opening.zips import CLASS_ZIP, open_zip
from grader.batch.sources import canvas, gradescope, moodle, tarred, zipped
from grader.batch.sources.holding import Glance, Holding, stem
from grader.compose.discovery import NAMES
from grader.endings import UsageError

DOWNLOADS = {"Canvas": canvas, "Moodle": moodle, "Gradescope": gradescope}
MAX_DOWNLOADS = 5  # archives that may be an instructor's; more are students'
MAX_BYTES = 256 * 1024 * 1024  # of an archive that is looked into, which is in memory meanwhile


class Inner(NamedTuple):
    """An archive in what was handed over, as it is recognised."""

    glance: Glance


def refuse_around(holding: Holding, path: str) -> None:
    """Refuse what holds the download of an LMS as it came, or nothing but an archive with a whole class in it.

    Raises `UsageError` that says what to name instead.
    """
    units = holding.glance.units
    archives = [name for name, is_folder in units if not is_folder and is_archive_name(name)]
    if len(archives) > MAX_DOWNLOADS:
        return
    for name in archives:
        glance = _glance(holding, name)
        if glance is None:
            continue
        whose = next((lms for lms, kind in DOWNLOADS.items() if kind.recognise(Inner(glance))), None)
        if whose is None and (len(units) > 1 or not _is_class(glance)):
            continue
        what = f"a download of {whose}" if whose else "an archive of several submissions"
        inner = name if holding.is_archive else os.path.join(holding.path, name)
        unpack = f"Unpack {path}, and name" if holding.is_archive else "Name"
        raise UsageError(
            f"{path} holds {what}, not submissions. {unpack} {inner} "
            f"(or say with --source {'archive' if holding.is_archive else 'folders'} that it is one student's)."
        )


def _glance(holding: Holding, name: str) -> Glance | None:
    """Look into an archive at the top; None where it cannot be read."""
    data = holding.read(name, MAX_BYTES) if holding.is_archive else None
    path = None if holding.is_archive else os.path.join(holding.path, name)
    with suppress(ArchiveRefused, OSError), archive_file(path, data) as file:
        kind = archive_kind(file.read(HEAD_BYTES))
        file.seek(0)
        if kind == "zip":
            with open_zip(file, CLASS_ZIP) as archive:
                return zipped.first_names(archive, stem(name)).glance
        if kind is not None:
            return tarred.first_names(tar_members(tar_stream(file, kind)), stem(name)).glance
    return None


def _is_class(glance: Glance) -> bool:
    """Tell whether several folders hold a compose file each, or several archives are there."""
    units = glance.units
    folders = sum(is_folder and any(inner in NAMES for inner in glance.inside(name)) for name, is_folder in units)
    return folders > 1 or sum(is_archive_name(name) for name, is_folder in units if not is_folder) > 1
