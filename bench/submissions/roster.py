"""Who is in the class, and what an LMS knows of each hand-in: all of it follows from a number and the seed."""

import random
from collections.abc import Iterator
from typing import NamedTuple

from bench.submissions.submission import generate

MISSING_SHARE = 0.03
LATE_SHARE = 0.06
AGAIN_SHARE = 0.15
MOST_ATTEMPTS = 4
PACKED_SHARE = 0.08
JUNK_SHARE = 0.06
# The numbers of a class that an LMS would have given.
FIRST_CANVAS_ID = 20_000
FIRST_PARTICIPANT = 400_000
FIRST_SUBMISSION_ID = 90_000_000


class HandIn(NamedTuple):
    """What a student has handed in last, and how: `files` is None for who has handed in nothing.

    `attempts` counts their hand-ins, `late` is true of the last one; `packed` says that the files came in a zip,
    `junk` that a computer's own files lie among them. `day` and `minute` say when, in March 2026.
    """

    number: int
    files: dict[str, bytes] | None
    attempts: int
    late: bool
    packed: bool
    junk: bool
    day: int
    minute: int

    @property
    def first_name(self) -> str:
        return "Student"

    @property
    def last_name(self) -> str:
        return f"{self.number:04}"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def login(self) -> str:
        return f"student{self.number:04}"

    @property
    def email(self) -> str:
        return f"{self.login}@example.org"

    @property
    def sid(self) -> str:
        return f"s{self.number:07}"

    @property
    def canvas_id(self) -> int:
        return FIRST_CANVAS_ID + 7 * self.number

    @property
    def participant(self) -> int:
        return FIRST_PARTICIPANT + 3 * self.number

    @property
    def submission_id(self) -> int:
        return FIRST_SUBMISSION_ID + 11 * self.number

    @property
    def time(self) -> str:
        """The time of the last hand-in, ISO 8601 in UTC."""
        return f"2026-03-{self.day:02}T{self.minute // 60:02}:{self.minute % 60:02}:00Z"

    @property
    def handed_in(self) -> dict[str, bytes]:
        """The files with whatever else lies among them."""
        return {**(self.files or {}), **(JUNK if self.junk else {})}


JUNK = {
    ".DS_Store": b"\x00\x00\x00\x01Bud1\x00",
    "__MACOSX/._docker-compose.yml": b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X",
    "docker-compose.yml~": b"services: {}\n",
    ".docker-compose.yml.swp": b"b0VIM 8.2\x00\x00",
    "node_modules/left/docker-compose.yml": b"services: {web: {image: nginx}}\n",
}


def hand_in(number: int, seed: int) -> HandIn:
    """Return what the student of this number, from 1, has handed in."""
    rng = random.Random(f"{seed}:hand-in:{number}")
    late = rng.random() < LATE_SHARE
    return HandIn(
        number=number,
        files=None if rng.random() < MISSING_SHARE else generate(number, seed) or None,
        attempts=rng.randrange(2, MOST_ATTEMPTS + 1) if rng.random() < AGAIN_SHARE else 1,
        late=late,
        packed=rng.random() < PACKED_SHARE,
        junk=rng.random() < JUNK_SHARE,
        day=rng.randrange(16, 19) if late else rng.randrange(2, 16),
        minute=rng.randrange(24 * 60),
    )


def hand_ins(count: int, seed: int) -> Iterator[HandIn]:
    """Yield a whole class, student 1 to `count`."""
    return (hand_in(number, seed) for number in range(1, count + 1))
