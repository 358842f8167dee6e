"""Canvas: "Download Submissions", a zip of files side by side, or the same unpacked.

Canvas (`content_zipper.rb`): `{name}[_LATE]_{user id}_{attachment id}_{file}`, for anonymous grading
`[LATE_]anon_{id}_{attachment id}_{file}`; a text entry is `..._text.html`, a web address `..._link.html`. Equal
file names of one student get a number: `docker-compose-1.yml`.
"""

import re
from collections.abc import Iterator

from grader.batch.sources.grouping import Way, grouped, share
from grader.batch.sources.holding import Glanced, Holding
from grader.batch.sources.named import Named
from grader.batch.sources.notes import Notes
from grader.batch.submission import Student, Submission
from grader.compose.discovery import NAMES, OVERRIDE_NAMES
from grader.reports.clean import clean_line

TITLE = "a Canvas submissions download, zip or unpacked"

_ANONYMOUS = re.compile(r"(?P<late>LATE_)?anon_(?P<user>[A-Za-z0-9]+)_(?P<rest>.+)", re.DOTALL)
_NAMED = re.compile(r"(?P<name>.+?)(?P<late>_LATE)?_(?P<user>\d+)_(?P<rest>\d+_.+|(?:text|link)\.html)", re.DOTALL)
_NAMED_UP_TO_THE_LAST = re.compile(
    r"(?P<name>.+?)(?P<late>_LATE)?_(?P<user>\d{1,20})_(?P<rest>(?P<attachment>\d{1,20})_(?P<file>\D.*))", re.DOTALL
)
_TEXT = re.compile(r"(?:\d+_)?(text|link)\.html")
_ATTACHMENT = re.compile(r"\d+_(?P<file>.+)", re.DOTALL)
_NUMBER = re.compile(r"-(\d{1,3})(?=\.[^.]*|$)")

# what Canvas's number is taken out of: of another name nobody knows whether the number is the student's own
_KNOWN = frozenset([*NAMES, *OVERRIDE_NAMES, ".env"])


def recognise(holding: Glanced) -> bool:
    """Tell whether most names are Canvas's."""
    return share(holding, identify) > 0.5


def submissions(holding: Holding, notes: Notes) -> Iterator[Submission]:
    """Yield a submission a student and resubmission."""
    return grouped(holding, notes, identify, WAY)


def identify(name: str, is_folder: bool) -> Named | None:
    """Read a unit's name; None where it is not Canvas's."""
    found = None if is_folder else _ANONYMOUS.fullmatch(name) or _named(name)
    if found is None:
        return None
    rest = found["rest"]
    text = _TEXT.fullmatch(rest)
    attachment = _ATTACHMENT.fullmatch(rest)
    if text is None and attachment is None:
        return None
    user, whose = found["user"], found.groupdict().get("name")
    student = Student(id=user, name=clean_line(whose) if whose else None)
    identity = f"{clean_line(whose)}_{user}" if whose else f"anon_{user}"
    late = found["late"] is not None
    if text is not None or attachment is None:
        return Named((user, whose or ""), identity, student, rest, late, plugin=text[1] if text else "file")
    file, number = _without_number(attachment["file"])
    return Named((user, whose or ""), identity, student, file, late, number)


def _named(name: str) -> re.Match[str] | None:
    """Tell name, ids and file apart. In `team_1_101_9001_docker-compose.yml` the first number belongs to the name.

    Not so in `ada_101_9001_2026_docker-compose.yml`: there are many more attachments than users, so that their ids are
    the larger ones.
    """
    longest = _NAMED_UP_TO_THE_LAST.fullmatch(name)
    if longest is None or _without_number(longest["file"])[0] not in _KNOWN:
        return _NAMED.fullmatch(name)
    return longest if int(longest["user"]) < int(longest["attachment"]) else _NAMED.fullmatch(name)


def _without_number(file: str) -> tuple[str, int]:
    """Take out the number that Canvas puts before the first or the last dot of a name it has already."""
    for found in _NUMBER.finditer(file):
        plain = file[: found.start()] + file[found.end() :]
        if plain in _KNOWN:
            return plain, int(found[1])
        if plain.endswith((".tar.gz", ".tar.bz2", ".tar.xz")) and not file.endswith(plain[-8:]):
            return plain, int(found[1])
    return file, 0


WAY = Way(
    refused={
        "text": "It was handed in as a text entry, not as a file.",
        "link": "It was handed in as a web address, not as a file.",
    }
)
