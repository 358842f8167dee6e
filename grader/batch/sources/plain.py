"""Units of a class that no LMS has laid out: each is a submission, and its name is the student's id."""

from collections.abc import Iterator

from grader.batch.sources.folder import LINK
from grader.batch.sources.holding import Holding, is_loose_name, stem
from grader.batch.sources.notes import Notes
from grader.batch.submission import Nothing, Student, Submission
from grader.compose.discovery import NAMES, OVERRIDE_NAMES
from grader.reports.clean import clean_line

NO_SUBMISSION = "Passed over, since they are no compose files and no archives"
FOLDERS_TOO = "Passed over, since only files were asked for (--source folders takes both)"

OWN_NAME = (
    "Taken for a submission of its own, without what lies beside it "
    "(if all of it is one student's, grade the folder without batch: grade FOLDER)"
)


def plain_submissions(holding: Holding, notes: Notes, *, folders: bool = True) -> Iterator[Submission]:
    """Yield a submission a unit; without `folders` they are passed over."""
    for unit in holding.units(notes):
        if unit.is_folder and not folders:
            notes.count(FOLDERS_TOO, unit.name)
        elif not unit.is_folder and not is_loose_name(unit.name) and unit.load().content != Nothing(LINK):
            notes.count(NO_SUBMISSION, unit.name)
        else:
            if not unit.is_folder and unit.name in (*NAMES, *OVERRIDE_NAMES):
                notes.count(OWN_NAME, unit.name)
            content, remarks = unit.load()
            name = clean_line(unit.name if unit.is_folder else stem(unit.name))
            yield Submission(name, content, Student(id=name), remarks=remarks)
