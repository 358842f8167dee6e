"""A folder of folders, one a student, as it comes out of a file share; archives and compose files among them too.

The folder's name is the submission's id.
"""

from collections.abc import Iterator

from grader.batch.opening.kinds import is_archive_name
from grader.batch.sources.holding import Holding
from grader.batch.sources.notes import Notes
from grader.batch.sources.plain import plain_submissions
from grader.batch.submission import Submission

TITLE = "a folder of folders, or of archives"


def recognise(holding: Holding) -> bool:
    """Tell whether it is a folder that holds folders or archives."""
    units = holding.glance.units
    return not holding.is_archive and any(is_folder or is_archive_name(name) for name, is_folder in units)


def submissions(holding: Holding, notes: Notes) -> Iterator[Submission]:
    """Yield a submission a folder, an archive, a compose file."""
    return plain_submissions(holding, notes)
