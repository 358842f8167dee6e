"""A zip or tar (gzip, bzip2, xz) of compose files or of folders, read where it lies and never unpacked to the disk."""

from collections.abc import Iterator

from grader.batch.sources.holding import Holding, is_loose_name
from grader.batch.sources.notes import Notes
from grader.batch.sources.plain import plain_submissions
from grader.batch.submission import Submission

TITLE = "a zip or tar of compose files or folders"


def recognise(holding: Holding) -> bool:
    """Tell whether it is an archive with something to grade in it."""
    return holding.is_archive and any(is_folder or is_loose_name(name) for name, is_folder in holding.glance.units)


def submissions(holding: Holding, notes: Notes) -> Iterator[Submission]:
    """Yield a submission a folder, an archive, a compose file at the top of the archive."""
    return plain_submissions(holding, notes)
