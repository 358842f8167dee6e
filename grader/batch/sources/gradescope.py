"""Gradescope: "Export Submissions", the folder `assignment_{id}_export` or its zip.

It holds `submission_metadata.yml` and a folder `submission_{id}/` each; the file says whose they are. Several
submitters are a group.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from grader.batch.sources.gradescope_metadata import FILE, MAX_METADATA_BYTES, Entry, read_metadata
from grader.batch.sources.grouping import UNKNOWN
from grader.batch.sources.holding import Glanced, Holding, is_loose_name, stem
from grader.batch.sources.notes import Notes
from grader.batch.sources.plain import NO_SUBMISSION
from grader.batch.submission import Nothing, Student, Submission
from grader.reports.clean import clean_line

ANOTHER = "Another submission names the same student, with the SID {id}."
TITLE = "a Gradescope export, folder or zip"


def recognise(holding: Glanced) -> bool:
    """Tell whether the file that says whose they are is there."""
    return (FILE, False) in holding.glance.units


def submissions(holding: Holding, notes: Notes) -> Iterator[Submission]:
    """Yield a submission a folder, and one for each that the file names and that is not there."""
    entries = _entries(holding, notes)
    shared = Counter(student.id for entry in entries.values() for student in entry.students if student.id is not None)
    missing = dict.fromkeys(entries)
    for unit in holding.units(notes):
        if unit.name == FILE:
            continue
        if not unit.is_folder and not is_loose_name(unit.name) and unit.name not in entries:
            notes.count(NO_SUBMISSION, unit.name)
            continue
        missing.pop(unit.name, None)
        content, remarks = unit.load()
        entry = entries.get(unit.name)
        name = clean_line(unit.name if unit.is_folder else stem(unit.name))
        if entry is None or not entry.students:
            yield Submission(name, content, remarks=(UNKNOWN, *remarks))
        else:
            yield _submission(Submission(name, content, remarks=remarks), entry, shared)
    for name in missing:
        nothing = Submission(clean_line(stem(name)), Nothing(f"{FILE} names it, and there is no such folder."))
        yield _submission(nothing, entries[name], shared)


def _entries(holding: Holding, notes: Notes) -> Mapping[str, Entry]:
    data = holding.read(FILE, MAX_METADATA_BYTES + 1)
    if data is None:
        notes.say(f"There is no {FILE} that can be read: whose the submissions are is not known.")
        return {}
    entries, fault = read_metadata(data)
    if fault is not None:
        notes.say(f"{FILE} {fault}. {len(entries)} of its submissions could be read.")
    return entries


def _submission(submission: Submission, entry: Entry, shared: Mapping[str, int]) -> Submission:
    remarks = tuple(
        ANOTHER.format(id=student.id)
        for student in entry.students
        if student.id is not None and shared.get(student.id, 0) > 1
    )
    students: tuple[Student | None, ...] = entry.students or (None,)
    return submission._replace(
        student=students[0],
        members=entry.students[1:],
        handed_in=entry.created_at,
        remarks=(*submission.remarks, *remarks),
    )
