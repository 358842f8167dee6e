"""`%%service` and `q.undo()`: a cell's YAML at its place in the workspace's compose file, and the way back.

Nothing is written unless the file reads afterwards as before, but for the parts that the cell gives. The old text is
kept.
"""

import os
import posixpath
from typing import NamedTuple

from grader import kit
from grader.backups import content_to_keep, keep
from grader.blocks import service_names
from grader.compose.errors import Unreadable
from grader.compose.loader import load
from grader.compose.model import Project, Service
from grader.endings import CommandEnd
from grader.notebook.blocks import Block, Next, Title, Words, code
from grader.notebook.cells import Cell, CellRefused, read_cell, with_parts
from grader.notebook.names import python_name
from grader.notebook.reading import UNREADABLE_KINDS
from grader.notebook.result import Result
from grader.notebook.sources import WORKSPACE, Layered, request_of
from grader.spelling import did_you_mean
from grader.workspace import NoSubmission, compose_file, find_workspace

AGAIN = "run this cell again"


class _Written(NamedTuple):
    """One change of the file that can be taken back."""

    path: str
    before: bytes
    after: bytes
    backup: str


_written: list[_Written] = []


def write_service(service: str, text: str) -> Result:
    """Put a cell's `environment` and `volumes` into a service of the workspace's file, or say why not."""
    try:
        return _write(service.strip(), text)
    except (CellRefused, CommandEnd, NoSubmission) as refusal:
        blocks: list[Block] = [
            Title("Nothing was written"),
            Words(str(refusal)),
            Next(f"put that right, then {AGAIN}."),
        ]
        return Result("edit", blocks, then=AGAIN, changed=False, message=str(refusal))


def undo() -> Result:
    """Take back what the last `%%service` wrote, if the file is still as it left it."""
    if not _written:
        blocks: list[Block] = [Title("There is nothing to undo"), Next(code("q.check_all()"))]
        return Result("edit", blocks, then="q.check_all()", changed=False, message=None)
    last = _written[-1]
    name, backup = os.path.basename(last.path), os.path.basename(last.backup)
    with open(last.path, "rb") as file:
        current = file.read()
    if current != last.after:
        message = f"{name} was changed since, and that would be lost. What it was before is in {backup}."
        blocks = [Title("Nothing was undone"), Words(message), Next(f"compare {code(name)} with {code(backup)}.")]
        return Result("edit", blocks, then=AGAIN, changed=False, message=message)
    with open(last.path, "wb") as file:
        file.write(last.before)
    os.remove(last.backup)
    _written.pop()
    blocks = [Title(f"{name} is as it was before"), Next(code("q.check_all()"))]
    return Result("edit", blocks, then="q.check_all()", changed=True, message=None)


def _write(service: str, text: str) -> Result:
    names = service_names(kit.skeleton_bytes().decode())
    if service not in names:
        meant = did_you_mean(service, names)
        raise CellRefused(f"There is no service {code(service)}.{meant} There is: {', '.join(names)}.")
    folder = find_workspace(os.getcwd())
    if folder is None:
        raise CellRefused("There is no workspace here (a compose file beside exercises/): begin with `grade init DIR`.")
    cell = read_cell(text)
    path = os.path.join(folder, compose_file(folder) or kit.COMPOSE_FILE)
    name = os.path.basename(path)
    before = content_to_keep(folder, path)
    new = with_parts(before.decode("utf-8", "surrogateescape"), service, cell, names)
    after = None if new is None else new.encode("utf-8", "surrogateescape")
    if after is None or not _means_the_same(name, before, after, service, cell):
        raise CellRefused(f"The place for this in {name} is not clear enough to write there. Write it by hand.")
    call = f"q.{python_name(service)}.check()"
    what = " and ".join(code(part) for part in cell.parts)
    if after == before:
        blocks: list[Block] = [Title(f"{name} says this already"), Next(code(call))]
        return Result("edit", blocks, then=call, changed=False, message=None)
    backup = keep(path, before)
    with open(path, "wb") as file:
        file.write(after)
    _written.append(_Written(path, before, after, backup))
    kept = Words(f"The old file is {code(os.path.basename(backup))}; {code('q.undo()')} takes this back.")
    blocks = [Title(f"Written to {name}: {what} of {service}"), kept, Next(code(call))]
    return Result("edit", blocks, then=call, changed=True, message=None)


def _means_the_same(name: str, before: bytes, after: bytes, service: str, cell: Cell) -> bool:
    """Tell whether the new text reads as the old one but for the cell's parts. Raises `CellRefused` for no YAML."""
    old, new = _project(name, before), _project(name, after)
    if [*old.services] != [*new.services] or service not in new.services or old.plain != new.plain:
        return False
    for other in old.services:
        was, now = _essence(old.services[other]), _essence(new.services[other])
        if other != service and was != now:
            return False
    written = new.services[service]
    if not cell.service.environment.keys() <= written.environment.keys():
        return False
    targets = {mount.target for mount in written.volumes}
    if any(mount.target not in targets for mount in cell.service.volumes):
        return False
    kept = [part for part in ("environment", "volumes") if part not in cell.parts]
    return all(_essence(old.services[service])[part] == _essence(written)[part] for part in kept)


def _project(name: str, content: bytes) -> Project:
    request = request_of(WORKSPACE)
    path = posixpath.join(request.folder, name)
    try:
        loaded = load(request._replace(files=Layered(request.files, {path: content})))
    except Unreadable as error:
        raise CellRefused(f"{error.at or name}: {error.message}") from error
    for refusal in loaded.refusals:
        if refusal.kind in UNREADABLE_KINDS:
            raise CellRefused(
                f"{refusal.at.file}, line {refusal.at.line}, column {refusal.at.column}: the file is no YAML there, so "
                "nothing can be put into it. Mend that line first."
            )
    return loaded.project


def _essence(service: Service) -> dict[str, object]:
    return {
        "environment": {name: variable.value for name, variable in service.environment.items()},
        "volumes": [(mount.type, mount.source, mount.target, mount.read_only) for mount in service.volumes],
    }
