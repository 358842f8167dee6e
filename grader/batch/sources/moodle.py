"""Moodle: "Download all submissions", a zip with a folder a student, or the same unpacked.

Moodle (mod/assign `downloader.php`): `{full name}_{participant id}_assignsubmission_{plugin}/`, on older sites with `_`
at the end; or, where folders are switched off, `{full name}_{participant id}_assignsubmission_file_{file}`. With blind
marking all are called `Participant`, in the site's language; a team's folder has the group's name and id, or no id.
"""

import re
from collections.abc import Iterator

from grader.batch.sources.grouping import Way, grouped, share
from grader.batch.sources.holding import Glanced, Holding
from grader.batch.sources.named import Named
from grader.batch.sources.notes import Notes
from grader.batch.submission import Student, Submission
from grader.reports.clean import clean_line

TITLE = "a Moodle download of all submissions, zip or unpacked"

_NAME = re.compile(r"(?P<name>.+?)(?:_(?P<id>\d+))?_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<flat>.*))?", re.DOTALL)
_BLIND = "Participant"

WAY = Way(
    refused={
        "onlinetext": "It was handed in as online text, not as a file.",
        "comments": "There are comments, and no file.",
    }
)


def recognise(holding: Glanced) -> bool:
    """Tell whether most names are Moodle's."""
    return share(holding, identify) > 0.5


def submissions(holding: Holding, notes: Notes) -> Iterator[Submission]:
    """Yield a submission a student or team."""
    blind = _blind_name(holding)

    def without_blind(name: str, is_folder: bool) -> Named | None:
        named = identify(name, is_folder)
        if named is None or named.student.name != blind:
            return named
        return named._replace(student=named.student._replace(name=None)) if named.student.id else named

    return grouped(holding, notes, without_blind, WAY)


def identify(name: str, is_folder: bool) -> Named | None:
    """Read a unit's name; None where it is not Moodle's."""
    found = _NAME.fullmatch(name)
    if found is None or (not is_folder and not found["flat"]):
        return None
    whose, number = clean_line(found["name"]), found["id"]
    return Named(
        owner=(number or "", found["name"]),
        id=f"{whose}_{number}" if number else whose,
        student=Student(id=number, name=whose),
        inner=None if is_folder else found["flat"],
        plugin=found["plugin"],
    )


def _blind_name(holding: Holding) -> str:
    """Return the word that stands for each name under blind marking: the only one in a class of several."""
    named = [found for name, is_folder in holding.glance.units if (found := identify(name, is_folder)) is not None]
    names = {found.student.name for found in named}
    ids = {found.student.id for found in named}
    only = names.pop() if len(names) == 1 and len(ids) > 2 else None
    return only or _BLIND
