"""What an archive holds, whatever kind it is: members with names that are safe to say and to compare.

Nothing is ever written to the disk, and what an archive says about itself is believed only where it costs nothing.
"""

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from grader.reports.clean import clean_line

MAX_NAME_CHARACTERS = 512  # of a member's whole path; Windows stops at 260
MAX_PATH_PARTS = 32
SHOWN_NAME_CHARACTERS = 80
LISTED_NAMES = 5

MemberKind = Literal["file", "folder", "link", "special", "locked"]

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_DRIVE = re.compile(r"[A-Za-z]:")


class ArchiveRefused(Exception):
    """An archive, or a member, that is not read. The text is the end of a sentence that begins with its name."""


class ArchiveBroken(ArchiveRefused):
    """An archive that is damaged or ends in the middle; what was read before is sound."""


class Member(NamedTuple):
    """One entry of an archive.

    `name` is a relative POSIX path, or what the archive says if `fault` tells why that is none. `size` is in bytes and
    the archive's own word. `read(n)` returns at most n bytes of a file's beginning, raises `ArchiveRefused`, and works
    until the next member is asked for.
    """

    name: str
    kind: MemberKind
    size: int
    read: Callable[[int], bytes]
    fault: str | None = None


def nothing_to_read(limit: int) -> bytes:
    """Stand in for `read` where a member is no file."""
    return b""


def member(raw: str, kind: MemberKind, size: int, read: Callable[[int], bytes] = nothing_to_read) -> Member | None:
    """Return a member with its name made plain (`./a//b\\c` is `a/b/c`); None for the archive's own root."""
    name, fault = plain_name(raw)
    return Member(name, kind, size, read, fault) if name else None


def plain_name(raw: str) -> tuple[str, str | None]:
    """Return a relative POSIX path and None, or the name as it is and what is wrong with it.

    A backslash separates folders: archives of older Windows programs have it, and nothing is written here.
    """
    name = raw.replace("\\", "/") if "\\" in raw else raw
    if len(name) > MAX_NAME_CHARACTERS:
        return raw, f"has a name of more than {MAX_NAME_CHARACTERS} characters"
    if not name.isprintable() and _CONTROL.search(name):
        return raw, "has control characters in its name"
    if name[:1] == "/":
        return raw, "has an absolute name"
    if _DRIVE.match(name):
        return raw, "has a name that begins with a drive letter"
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if ".." in parts:
        return raw, "has a name that leads out of its folder"
    if len(parts) > MAX_PATH_PARTS:
        return raw, f"lies more than {MAX_PATH_PARTS} folders deep"
    return "/".join(parts), None


def shown(name: str) -> str:
    """Return a name as it can stand in a sentence: harmless, on one line, not endless."""
    name = clean_line(name[: MAX_NAME_CHARACTERS + 1])
    return name if len(name) <= SHOWN_NAME_CHARACTERS else name[: SHOWN_NAME_CHARACTERS - 3] + "..."


def listed(names: Sequence[str]) -> str:
    """List the first few names for a sentence, and count the rest."""
    more = len(names) - LISTED_NAMES
    first = ", ".join(shown(name) for name in names[:LISTED_NAMES])
    return f"{first} and {more} more" if more > 0 else first
