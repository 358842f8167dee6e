"""One submission of a batch: whose it is, what is known about it from its place, and where its files are."""

from collections.abc import Mapping
from typing import NamedTuple

from grader.compose.files import Files
from grader.reports.clean import clean_line

MAX_NAMED = 10  # members of a group
MAX_NAME_CHARACTERS = 100


class Student(NamedTuple):
    """Who handed something in, as far as the source tells: every part may be None, not all of them.

    `id` is what the LMS calls the student (Canvas: the user id; Moodle: the participant id; Gradescope: the SID),
    `login` a GitHub or campus name.
    """

    id: str | None = None
    name: str | None = None
    email: str | None = None
    login: str | None = None


class OnDisk(NamedTuple):
    """A folder of the student's: everything in it was handed in. `path` is absolute."""

    path: str


class LooseFile(NamedTuple):
    """One compose file among those of others: what lies beside it is not part of it. `path` is absolute."""

    path: str


class InMemory(NamedTuple):
    """The files of a submission that came out of an archive, by relative POSIX path."""

    files: Mapping[str, bytes]


class Packed(NamedTuple):
    """An archive that the student handed in: unpacked, in memory, where it is graded.

    `name` says what kind of archive it is; its content is `data`, or the file at `path` if that is None.
    """

    name: str
    path: str | None
    data: bytes | None


class Nothing(NamedTuple):
    """No file that could be graded; `reason` is a sentence for the instructor."""

    reason: str


class Carried(NamedTuple):
    """A submission that was opened where it lies, with what lies in it, to be graded somewhere else.

    The parts are those of `grader.batch.opening.opened.Opened`.
    """

    files: Files
    folder: str
    compose_files: tuple[str, ...]
    remarks: tuple[str, ...]
    located: str


Content = OnDisk | LooseFile | InMemory | Packed | Nothing | Carried


class Submission(NamedTuple):
    """What a source yields. It is small (but for `InMemory`), can be pickled, and nothing of it was read as YAML.

    `id` is unique in the batch and stays the same from run to run; it may hold any characters a file name can.
    `attempt` counts from 1 in the order of handing in, `attempts` is their number: the last one counts. `members` are
    further students of a group. `handed_in` is the time as the source writes it. `remarks` are sentences for the
    instructor (two students with one id, three compose files, a name that could not be read ...).
    """

    id: str
    content: Content
    student: Student | None = None
    members: tuple[Student, ...] = ()
    attempt: int = 1
    attempts: int = 1
    late: bool = False
    handed_in: str | None = None
    remarks: tuple[str, ...] = ()


def whose(submission: Submission) -> str:
    """Return who has handed it in, in words for a page: `Ada Lovelace (4711), attempt 2 of 3, late`."""
    first = submission.student
    people = [*([first] if first else []), *(member for member in submission.members if member != first)]
    words = [_called(person) for person in people[:MAX_NAMED]] or [submission.id]
    if len(people) > MAX_NAMED:
        words.append(f"and {len(people) - MAX_NAMED} more")
    if submission.attempts > 1:
        words.append(f"attempt {submission.attempt} of {submission.attempts}")
    if submission.late:
        words.append("late")
    return ", ".join(clean_line(word[:MAX_NAME_CHARACTERS]) for word in words)


def _called(student: Student) -> str:
    known = [part for part in (student.name, student.id or student.login or student.email) if part]
    return known[0] if len(known) < 2 or known[0] == known[1] else f"{known[0][:MAX_NAME_CHARACTERS]} ({known[1]})"
