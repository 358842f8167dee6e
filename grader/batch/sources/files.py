"""A folder of compose files, one a student. The name without its ending is the submission's id.

Nothing else in the folder belongs to any of them: no `.env`, no override file.
"""

from collections.abc import Iterator

from grader.batch.sources.holding import Holding, is_loose_name
from grader.batch.sources.notes import Notes
from grader.batch.sources.plain import plain_submissions
from grader.batch.submission import Submission

TITLE = "a folder of compose files"


def recognise(holding: Holding) -> bool:
    """Tell whether there is a compose file and no folder."""
    units = holding.glance.units
    return (
        not holding.is_archive
        and any(is_loose_name(name) for name, is_folder in units if not is_folder)
        and not any(is_folder for _, is_folder in units)
    )


def submissions(holding: Holding, notes: Notes) -> Iterator[Submission]:
    """Yield a submission a file."""
    return plain_submissions(holding, notes, folders=False)
