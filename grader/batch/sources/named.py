"""What the name of a unit says about whose it is."""

from typing import NamedTuple

from grader.batch.submission import Student


class Named(NamedTuple):
    """A unit whose name was understood.

    `owner` is the student's id (or what stands for it) and name: units with the same belong together. `id` becomes the
    submission's. `inner` is the file's name as the student gave it, None for a folder. `number` counts resubmissions
    from 0 where the name tells. `plugin` says in which way it was handed in, where there are several.
    """

    owner: tuple[str, str]
    id: str
    student: Student
    inner: str | None = None
    late: bool = False
    number: int = 0
    plugin: str = "file"
