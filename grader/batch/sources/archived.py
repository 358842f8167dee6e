"""An archive that holds submissions: what zip and tar have in common."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from grader.batch.opening.collecting import Collected
from grader.batch.opening.junk import is_junk_path
from grader.batch.opening.kinds import is_archive_name
from grader.batch.opening.members import ArchiveRefused, Member, plain_name
from grader.batch.opening.unpacking import unpack
from grader.batch.sources.holding import GLANCE_NAMES, GLANCE_UNITS, Glance, Loaded, holds_units, only_folder
from grader.batch.submission import InMemory, Nothing, Packed

# An archive in an archive travels to where it is graded as it is up to this size; above, its few small files do.
MAX_SHIPPED_BYTES = 256 * 1024


class Names:
    """The first entries of an archive, taken apart: which units there are, and what lies at the top of each."""

    def __init__(self, name: str, paths: Iterable[tuple[str, bool]]) -> None:
        self._tree: dict[str, dict[str, bool]] = {"": {}}
        self._count = 0
        for path, is_folder in paths:
            self._add(path, is_folder)
            if self._count >= GLANCE_NAMES:
                break
        top = list(self._tree[""].items())
        only = only_folder(top)
        self.prefix = ""
        if only is not None and holds_units(list(self._tree.get(only, {}).items())):
            self.prefix, name = only + "/", only
        units = sorted(self._tree[self.prefix[:-1]].items())
        self.glance = Glance(name, units[:GLANCE_UNITS], self._inside)

    def _add(self, path: str, is_folder: bool) -> None:
        while path:
            folder, _, name = path.rpartition("/")
            if folder.count("/") < 2:  # deeper than anything that is asked for
                inside = self._tree.setdefault(folder, {})
                self._count += name not in inside
                inside[name] = inside.get(name, False) or is_folder
            path, is_folder = folder, True

    def _inside(self, name: str) -> Sequence[str]:
        return list(self._tree.get(self.prefix + name, ()))


def unit_name(member: Member, prefix: str) -> str:
    """Return the name of the unit a member belongs to; '' if it is the folder that holds all units.

    Also where the member's name is none that is allowed: what a student packed harms the student's unit alone.
    """
    path = _without(member.name, prefix)
    if path == prefix[:-1]:
        return ""
    first = path.partition("/")[0]
    if member.fault is None or (first and plain_name(first) == (first, None)):
        return first
    return path


def inner_name(member: Member, prefix: str) -> str:
    """Return a member's path in its unit; '' if it is the unit itself."""
    return _without(member.name, prefix).partition("/")[2]


def _without(path: str, prefix: str) -> str:
    return path[len(prefix) :] if prefix and path.startswith(prefix) else path


def is_passed_over(member: Member) -> bool:
    """Tell whether a member is junk; one with a name that is none is not: it must be told."""
    return member.fault is None and is_junk_path(member.name + ("/-" if member.kind == "folder" else ""))


def load_file(name: str, member: Member) -> Loaded:
    """Return the content of a unit that is a single file."""
    collected = Collected()
    with suppress(ArchiveRefused):  # it is said in `refused`
        collected.add(name, member)
    return loaded(collected, name)


def loaded(collected: Collected, file_name: str | None = None) -> Loaded:
    """Return what was collected as content; `file_name`: of the one file that it is."""
    if collected.refused is not None:
        return Loaded(Nothing(collected.refused))
    remarks = collected.remarks()
    if file_name is not None and is_archive_name(file_name) and file_name in collected.files:
        return _shipped(file_name, collected.files[file_name], remarks)
    if not collected.files:
        return Loaded(Nothing("There is no file in it."), remarks)
    archives = [name for name, data in collected.files.items() if is_archive_name(name)]
    if len(archives) == len(collected.files) == 1:
        return _shipped(archives[0], collected.files[archives[0]], remarks)
    return Loaded(InMemory(collected.files), remarks)


def _shipped(name: str, data: bytes, remarks: tuple[str, ...]) -> Loaded:
    if len(data) <= MAX_SHIPPED_BYTES:
        return Loaded(Packed(name, None, data), remarks)
    try:
        unpacked = unpack(name, None, data)
    except ArchiveRefused as error:
        return Loaded(Nothing(str(error)), remarks)
    return Loaded(InMemory(unpacked.files), (*remarks, *unpacked.remarks))
