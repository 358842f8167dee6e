"""What holds the submissions, whatever it is: a folder, a zip, a tar. It is taken apart into units, one by one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from grader.batch.opening.junk import is_junk
from grader.batch.opening.kinds import ENDINGS, is_archive_name
from grader.batch.opening.locating import KIT_FOLDERS
from grader.batch.sources.notes import Notes
from grader.batch.submission import Content
from grader.compose.discovery import NAMES

GLANCE_UNITS = 1_000  # the first so many tell what a source is
GLANCE_NAMES = 3 * GLANCE_UNITS  # of an archive, those in the first units counted too
GLANCE_MEMBERS = 50_000  # of a tar, where others mean reading on; a clone of the exercise has 3,000
_OWN_NAME = "_assignsubmission_"  # of a student's folder, though it may be the only one (Moodle)
YAML_ENDINGS = (".yml", ".yaml")


Order = Callable[[str, bool], tuple[str, ...]]  # of a unit's name, and whether it is a folder


class Loaded(NamedTuple):
    """The content of a unit, and sentences about it."""

    content: Content
    remarks: tuple[str, ...] = ()


class Unit(NamedTuple):
    """A file or a folder at the top of what was handed over. `load` works until the next unit is asked for."""

    name: str
    is_folder: bool
    load: Callable[[], Loaded]


class Glance(NamedTuple):
    """What can be seen without reading: the first units by name, and what lies at the top of the first folders.

    `name` is that of the folder or archive, without an archive's ending.
    """

    name: str
    units: Sequence[tuple[str, bool]]
    inside: Callable[[str], Sequence[str]]


class Glanced(Protocol):
    """What a download is recognised by."""

    @property
    def glance(self) -> Glance:
        """What can be seen of it."""


class Holding(Protocol):
    """Units in an order that is the same from run to run: that of their names, or that of a tar."""

    path: str
    is_archive: bool
    glance: Glance

    def names(self) -> Iterable[tuple[str, bool]] | None:
        """Return the units by name; None where that would mean to read it all."""

    def units(self, notes: Notes, order: Order | None = None) -> Iterator[Unit]:
        """Yield the units, sorted by `order` or by name where they can be sorted; what breaks on the way is noted."""

    def read(self, name: str, limit: int) -> bytes | None:
        """Return at most `limit` bytes of a file at the top; None: there is none, or it cannot be read."""


def is_loose_name(name: str) -> bool:
    """Tell whether a file of this name, alone among others, is taken for a submission."""
    low = name.lower()
    return low.endswith(YAML_ENDINGS) or is_archive_name(low) or (low.endswith(".txt") and "compose" in low)


def stem(name: str) -> str:
    """Return a file's name without the ending of a compose file or an archive."""
    low = name.lower()
    for ending in (*YAML_ENDINGS, ".txt", *ENDINGS):
        if low.endswith(ending) and len(low) > len(ending):
            return name[: -len(ending)]
    return name


def holds_units(entries: Sequence[tuple[str, bool]]) -> bool:
    """Tell whether a folder with these entries is a folder of submissions rather than one submission."""
    if any(name in NAMES for name, _ in entries):
        return False
    return sum(_is_unit(name, is_folder) for name, is_folder in entries) > 1


def only_folder(entries: Sequence[tuple[str, bool]]) -> str | None:
    """Return the name of the only folder, if nothing beside it could be a submission."""
    units = [entry for entry in entries if _is_unit(*entry)]
    if len(units) != 1 or not units[0][1] or _OWN_NAME in units[0][0]:
        return None
    return units[0][0]


def _is_unit(name: str, is_folder: bool) -> bool:
    if is_junk(name, folder=is_folder):
        return False
    return name not in KIT_FOLDERS if is_folder else is_loose_name(name)
