"""What the name of a unit says: the words between a kind of source and what makes submissions of units."""

from typing import NamedTuple

from grader.batch.submission import Student


class Named(NamedTuple):
    """A unit that was recognised.

    Units of equal `key` are one student's. `id` becomes the submission's. `inner` is the name under which the student
    handed in a file, None for a folder. `number` counts resubmissions from 0 where the name tells.
    """

    key: tuple[str, ...]
    id: str
    student: Student | None
    inner: str | None = None
    members: tuple[Student, ...] = ()
    late: bool = False
    number: int = 0
    plugin: str = ""
    handed_in: str | None = None
    remarks: tuple[str, ...] = ()
