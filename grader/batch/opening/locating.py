"""Which file of a submission is its compose file, wherever and whatever the student called it."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from grader.batch.opening.kinds import is_archive_name
from grader.batch.opening.likeness import beside_archive, is_like, newest_first
from grader.batch.opening.members import listed, shown
from grader.compose.discovery import NAMES, OVERRIDE_NAMES

MAX_DEPTH = 4  # folders below the submission's own
MAX_FOLDERS = 200
MAX_PEEKED_FILES = 10
PEEKED_BYTES = 64 * 1024
SEVERAL_FOLDERS = "folders hold a compose file"  # in a remark

# Folders of the workspace itself: the compose files in them are the kit's, above all the solution.
KIT_FOLDERS = frozenset(["apps", "bench", "docs", "exercises", "grader", "notebooks", "shared", "solutions", "tests"])
# What lies at its top and is YAML for other programs; so is what begins with a dot, or lies in such a folder.
KIT_FILES = frozenset(["action.yml", "action.yaml"])

_SERVICES = re.compile(rb"^(?:services|\"services\"|'services')[ \t]*:", re.MULTILINE)


class Entry(NamedTuple):
    """A file or a folder, by its name alone."""

    name: str
    is_folder: bool


class Listing(NamedTuple):
    """How a submission is looked through: paths are relative to it, and '' is its own folder.

    `entries` lists a folder, sorted, without junk; `beginning` returns some bytes of a file, none where it is not read.
    """

    entries: Callable[[str], Sequence[Entry]]
    beginning: Callable[[str], bytes]


class Located(NamedTuple):
    """The folder to be graded (relative; '' is the submission's own) and in it the compose file.

    No `file`: as Compose finds it, which is the one called `name`. `archive` is the path of an archive that is the
    submission, else None.
    """

    folder: str
    file: str | None = None
    remarks: tuple[str, ...] = ()
    archive: str | None = None
    name: str = ""


class _Folder(NamedTuple):
    path: str
    entries: Sequence[Entry]
    alone: bool  # it, and all folders on the way to it, have no folder beside them


def locate(listing: Listing) -> Located | None:
    """Find what is to be graded: the names of Compose first, then what is like them, then a single file. None: nothing.

    Of several the one that lies highest counts; a remark says so wherever it is a guess.
    """
    levels = [[_Folder("", listing.entries(""), True)]]
    seen = 1
    while levels[-1]:
        for choose in (_as_compose, _by_likeness):
            found = choose(levels[-1])
            if found is not None:
                return found
        if len(levels) > MAX_DEPTH:
            break
        below = _below(levels[-1], listing, MAX_FOLDERS - seen)
        seen += len(below)
        levels.append(below)
    for level in levels:
        found = _any_yaml(level, listing) or _archive(level) or _only_file(level)
        if found is not None:
            return found
    # A folder that is called like a compose file: the report says so, as that of `grade FOLDER` does.
    return Located("") if any(entry.name in NAMES for entry in levels[0][0].entries) else None


def join(folder: str, name: str) -> str:
    """Join a relative folder, which may be '', and a name."""
    return f"{folder}/{name}" if folder else name


def _below(level: Sequence[_Folder], listing: Listing, room: int) -> list[_Folder]:
    found: list[_Folder] = []
    for folder in level:
        inner = [entry.name for entry in folder.entries if entry.is_folder]
        wanted = [name for name in inner if name not in KIT_FOLDERS]
        for name in wanted[: max(0, room - len(found))]:
            path = join(folder.path, name)
            found.append(_Folder(path, listing.entries(path), folder.alone and len(inner) == 1))
    return found


def _as_compose(level: Sequence[_Folder]) -> Located | None:
    """Take the first folder in which Compose finds its file."""
    found = [folder for folder in level if any(not entry.is_folder and entry.name in NAMES for entry in folder.entries)]
    if not found:
        return None
    folder = found[0]
    names = {entry.name for entry in folder.entries if not entry.is_folder}
    taken = next(name for name in NAMES if name in names)
    others = sorted(name for name in names if name != taken and (name in NAMES or is_like(name)))
    return Located(folder.path, None, _remarks(folder, taken, others, found), name=taken)


def _by_likeness(level: Sequence[_Folder]) -> Located | None:
    """Take a file whose name is nearly Compose's: `docker-compose (1).yml`, `compose.txt`."""
    found = [folder for folder in level if any(is_like(entry.name) for entry in folder.entries if not entry.is_folder)]
    if not found:
        return None
    folder = found[0]
    names = sorted(
        (entry.name for entry in folder.entries if not entry.is_folder and is_like(entry.name)), key=newest_first
    )
    return Located(folder.path, names[0], _remarks(folder, names[0], names[1:], found, odd=True))


def _any_yaml(level: Sequence[_Folder], listing: Listing) -> Located | None:
    """Take a YAML file of any name, if possible one that has services."""
    paths = [
        (folder, entry.name)
        for folder in level
        for entry in folder.entries
        if not entry.is_folder and _may_be_compose(folder.path, entry.name)
    ]
    if not paths:
        return None
    taken = paths[0]
    if len(paths) > 1:
        likely = (
            path
            for path in paths[:MAX_PEEKED_FILES]
            if _SERVICES.search(listing.beginning(join(path[0].path, path[1])))
        )
        taken = next(likely, taken)
    folder, name = taken
    others = [join(other.path, called) for other, called in paths if (other, called) != taken]
    alone = len(folder.entries) == 1  # then there is nothing to guess
    return Located(folder.path, name, _remarks(folder, name, others, [folder], odd=not alone))


def _may_be_compose(folder: str, name: str) -> bool:
    """Tell whether a file is YAML and nobody else's: not the setting of a tool, nor what only goes with another."""
    if not name.lower().endswith((".yml", ".yaml")) or name in OVERRIDE_NAMES or name in KIT_FILES:
        return False
    return not any(part.startswith(".") for part in (*folder.split("/"), name))


def _archive(level: Sequence[_Folder]) -> Located | None:
    """Take an archive, if it is the only one."""
    found = [
        join(folder.path, entry.name)
        for folder in level
        for entry in folder.entries
        if not entry.is_folder and is_archive_name(entry.name)
    ]
    if len(found) != 1:
        return None
    beside = (entry.name for folder in level for entry in folder.entries if not entry.is_folder)
    return Located("", archive=found[0], remarks=beside_archive(beside))


def _only_file(level: Sequence[_Folder]) -> Located | None:
    """Take the only file there is, if it can be a text."""
    found = [(folder, entry.name) for folder in level for entry in folder.entries if not entry.is_folder]
    if len(found) != 1 or not (found[0][1].lower().endswith(".txt") or "." not in found[0][1]):
        return None
    folder, name = found[0]
    return Located(folder.path, name, _remarks(folder, name, [], [folder], odd=True))


def _remarks(
    folder: _Folder, taken: str, others: Sequence[str], folders: Sequence[_Folder], *, odd: bool = False
) -> tuple[str, ...]:
    path = shown(join(folder.path, taken))
    said = []
    count = len(others) + 1
    if others:
        said.append(f"{count} files could be the compose file. {path} was graded, not {listed(others)}.")
    elif odd:
        said.append(f"No file has a name that Compose looks for; {path} was graded.")
    if len(folders) > 1:
        elsewhere = [other.path or "." for other in folders[1:]]
        said.append(f"{len(folders)} {SEVERAL_FOLDERS}. {path} was graded, not what is in {listed(elsewhere)}.")
    elif not folder.alone and not others and not odd:
        said.append(f"The compose file lies in a folder of the submission; {path} was graded.")
    return tuple(said)
