"""Lines that set something asked for, and from which Compose has read nothing of the kind.

A deleted or moved key takes its lines along: they become part of another block, or of a part that is refused. Such a
line shows that its variable or mount was not left out; what is lost for it waits for the one fault that cost the line.
"""

import posixpath
from collections.abc import Collection, Iterator, Mapping, Sequence

from grader.compose.marks import Mark
from grader.compose.model import Project
from grader.exercise import Check
from grader.findings import FAILED, NOT_ATTEMPTED, skipped
from grader.judging.line_blocks import blocks_of
from grader.judging.single import wants_unread_user
from grader.judging.state import Judging
from grader.light_tuple import NamedTuple
from grader.patterns import compiled

ENV_FILE = ".env"
MAX_LINE_CHARACTERS = 2000  # of a longer line only the beginning is searched
_COMMENT = r"(^|\s)#.*"
_NAME = r"""(?<![\w$.])(?<!\$\{)([A-Za-z_]\w*)["']?\s*[=:]"""
_FILE = r"(?<![\w./-])[\w./-]*\.env(?![\w./-])"
_BARE = r"""^\s*-\s*["']?([A-Za-z_]\w*)["']?\s*$"""  # passed through from outside
_TARGET = r"""(?::|\btarget["']?\s*:\s*["']?)(/[\w./-]+?)/?(?=["'\s,:\]}]|$)"""


class Orphan(NamedTuple):
    """A line, and the checks of what it would set."""

    file: str
    line: int
    checks: tuple[Check, ...]


def excuse_orphans(judging: Judging) -> None:
    """Skip what is missing though its line is there, because of the fault that cost the line.

    Where Compose refuses the file for another reason, that reason is the fault; else the first line of a group is.
    """
    owners = judging.owners
    found = find_orphans(judging, refused=None in owners)
    if not found:
        return
    cause = judging.accepts if None in owners else next((owner.id for owner in owners if owner is not None), None)
    before: Orphan | None = None
    first = ""
    for orphan in found:
        if cause is None and (before is None or not _adjoin(judging, before, orphan)):
            first = orphan.checks[0].id
        before = orphan
        for check in orphan.checks:
            because = cause or first
            if check.id != because and judging.findings[check.id].outcome.lost:
                at = judging.findings[check.id].at
                judging.findings[check.id] = skipped(because, "its line has become part of something else", at=at)
        if cause is not None:
            _excuse_at(judging, orphan, cause)
        _excuse_clients(judging, orphan, cause or first)


def find_orphans(judging: Judging, *, refused: bool) -> list[Orphan]:
    """Return the lines of the compose files that name what a check misses, in the order of the files.

    In a file that is `refused` a line counts as well if it was mended, stands twice, or has gone to a service that has
    no use for it.
    """
    missing = _missing(judging)
    if not missing:
        return []
    stack = judging.stack
    loaded = stack.loaded
    read: set[tuple[str, int, str]] | None = None  # not worked out before a line names something
    broken = {*loaded.mended, *((loaded.files[0], line) for line in loaded.damaged)}
    found = []
    for file in loaded.files:
        lines = loaded.texts.get(file, ())
        loose = {line for name, line in broken if name == file}
        mentioned = mentions(lines, missing)
        if not mentioned and not loose:
            continue
        if read is None:
            read = {(at.file, at.line, name) for _, at, name in _read_places(stack.project, missing)}
            if refused:
                read.difference_update(_misread(judging, missing))
        numbers = {number for number, name in mentioned if name == ENV_FILE or (file, number, name) not in read}
        numbers.update(number for number in loose if 1 <= number <= len(lines))
        for number, names in named(lines, sorted(numbers), missing, loose):
            free = [name for name in names if (file, number, name) not in read]
            if not free:
                continue
            home = blocks_of(stack, number) if file == loaded.files[0] else set()
            checks = [check for name in free for check in _meant_for(missing.get(name, ()), home)]
            if any(name.endswith(ENV_FILE) and not _has_read(stack.project, home, name) for name in free):
                checks += [check for checks in missing.values() for check in checks if check.service in home]
            for check in checks:
                for candidates in missing.values():
                    if check in candidates:
                        candidates.remove(check)
            if checks:
                found.append(Orphan(file, number, tuple(checks)))
    return found


def _missing(judging: Judging) -> dict[str, list[Check]]:
    """Map the name of a variable, or the folder of a mount, to the checks that find nothing of it."""
    missing: dict[str, list[Check]] = {}
    findings, owned = judging.findings, judging.rubric.owned
    for check in judging.lost:
        if findings[check.id].outcome is NOT_ATTEMPTED:
            for place in owned[check.id]:
                missing.setdefault(place[3], []).append(check)
    return missing


def _read_places(project: Project, missing: Collection[str]) -> Iterator[tuple[str, Mark, str]]:
    """Yield the service, place and name of what was read, as far as something of this name is missing."""
    for service in project.services.values():
        for variable in service.environment.values():
            if _is_sought(variable.name, missing):
                yield service.name, variable.key, variable.name
        for mount in service.volumes:
            if _is_sought(mount.target, missing):
                for at in (mount.at, mount.target_at):
                    yield service.name, at, mount.target


def _is_sought(name: str, missing: Collection[str]) -> bool:
    return name in missing or name.endswith(ENV_FILE)


def _misread(judging: Judging, missing: Collection[str]) -> Iterator[tuple[str, int, str]]:
    """Yield what was read, and it is uncertain that it was meant for the service that has it."""
    loaded = judging.stack.loaded
    twice = {refusal.path[1::2] for refusal in loaded.refusals if refusal.kind == "yaml_duplicate_key"}
    for service, at, name in _read_places(judging.stack.project, missing):
        places = (("services", service, part, name) for part in ("environment", "volumes"))
        asked = any(place in judging.rubric.owners for place in places)
        if (at.file, at.line) in loaded.mended or (service, name) in twice or not asked:
            yield at.file, at.line, name


def mentions(lines: Sequence[str], missing: Collection[str]) -> list[tuple[int, str]]:
    """Return the numbers of the lines in which a name stands, and the name; those of files of variables as well."""
    whole = "\n".join(lines)
    found = []
    for name in (*missing, ENV_FILE):
        number = 1
        counted = 0
        at = whole.find(name)
        while at >= 0:
            number += whole.count("\n", counted, at)
            counted = at
            end = at + len(name)
            behind = whole[end : end + 2].lstrip("/")[:1]
            if behind != "_" and not behind.isalnum():  # no longer name, and no folder further down
                found.append((number, name))
            at = whole.find(name, end)
    return found


def named(
    lines: Sequence[str], numbers: Sequence[int], missing: Mapping[str, object], loose: Collection[int]
) -> Iterator[tuple[int, list[str]]]:
    """Yield those of some lines that set something, with the names they set, and the files of variables.

    A `loose` line is no YAML: what it sets may stand anywhere in it.
    """
    for number in numbers:
        line = lines[number - 1]
        text = compiled(_COMMENT).sub("", line[:MAX_LINE_CHARACTERS])
        words = (*compiled(_NAME).findall(text), *compiled(_BARE).findall(text), *compiled(_TARGET).findall(text))
        names = [name for name in words if name in missing] + compiled(_FILE).findall(text)
        if number in loose:
            names += [name for name in missing if name not in names and name.isidentifier() and name in text]
        if names:
            yield number, names


def _has_read(project: Project, home: set[str | None], name: str) -> bool:
    """Tell whether a service takes variables from a file."""
    file = posixpath.normpath(name)
    services = (service for service in project.services.values() if service.name in home)
    return any(variable.key.file == file for service in services for variable in service.environment.values())


def _meant_for(checks: Sequence[Check], home: set[str | None]) -> Sequence[Check]:
    """Choose the check of the service in whose block the line stands; elsewhere it may be meant for all of them."""
    return [check for check in checks if check.service in home] or checks


def _adjoin(judging: Judging, one: Orphan, other: Orphan) -> bool:
    """Tell whether two lines stand in the same block of lines: only their own kind, comments or blanks between them."""
    if one.file != other.file:
        return False
    between = judging.stack.loaded.texts[one.file][one.line : other.line - 1]
    return not any(compiled(_COMMENT).sub("", line[:MAX_LINE_CHARACTERS]).strip() for line in between)


def _excuse_clients(judging: Judging, orphan: Orphan, because: str) -> None:
    """Skip a log-in whose counterpart is gone with the line."""
    servers = {check.service for check in orphan.checks}
    for check in judging.lost:
        finding = judging.findings[check.id]
        if finding.outcome is FAILED and wants_unread_user(judging, check, servers):
            judging.findings[check.id] = skipped(because, "what the server makes of it cannot be read", at=finding.at)


def _excuse_at(judging: Judging, orphan: Orphan, cause: str) -> None:
    """Skip what another check finds wrong with the line where it has gone to, a variable among the mounts for one."""
    for check_id, finding in judging.findings.items():
        at = finding.at
        if check_id != cause and finding.outcome.lost and at is not None and at[:2] == orphan[:2]:
            judging.findings[check_id] = skipped(cause, "another line has come here", at=at)
