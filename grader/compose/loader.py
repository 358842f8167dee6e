"""Reads a compose project as Docker Compose does.

    text -> tree (nodes with marks) -> project (as Compose resolves it)

Compose stops at the first error; here every error is noted with its rank, what is refused is repaired or left out, and
the reading goes on, so a refused file is still judged.
"""

import gc
import posixpath

from grader.compose.canonical import expand
from grader.compose.consistency import check_consistency
from grader.compose.declarations import check_declarations
from grader.compose.decoding import check_values
from grader.compose.discovery import find
from grader.compose.document import NO_MAP, Document, File
from grader.compose.errors import Unreadable
from grader.compose.extends import Extender
from grader.compose.extensions import gather_extensions
from grader.compose.files import NOT_READ, FileRefused
from grader.compose.interpolation import cast, fill_in, interpolate
from grader.compose.items import Steps
from grader.compose.marks import Mark
from grader.compose.meant import is_as_meant, read_as_meant
from grader.compose.merge import CannotOverride, merge_projects
from grader.compose.model import Loaded
from grader.compose.naming import set_name
from grader.compose.normalise import normalise
from grader.compose.parser import better_marked, parse
from grader.compose.profiles import active_services
from grader.compose.project import build_project
from grader.compose.reading import (
    CANONICAL,
    EXTENDS,
    EXTERNAL,
    FIND_FILES,
    KEYS,
    LAYERS,
    MERGE,
    PARSE,
    READ_FILES,
    Reading,
    rank_of,
)
from grader.compose.request import Request
from grader.compose.resets import apply_resets
from grader.compose.resolve import resolve_project
from grader.compose.texts import Texts
from grader.compose.tree import Map, key_mark, new_map, value_mark
from grader.compose.unique import enforce, enforce_again
from grader.compose.validation import validate


def load(request: Request) -> Loaded:
    """Read a project. Raises `Unreadable` if there is nothing to judge."""
    # A tree is made of thousands of objects that all stay: looking for garbage among them takes a tenth of the time.
    collects = gc.isenabled()
    gc.disable()
    reading = Reading(request)
    try:
        loaded = _load(reading)
        return _as_compose_says(loaded, reading) if loaded.refusals else loaded
    except Unreadable as error:
        # Compose may have stopped at a file of variables, which it reads before
        found = [refusal.message for rank, _, refusal in sorted(reading.ranked, key=rank_of) if rank[0] == FIND_FILES]
        if found:
            error.compose_message = found[0]
        error.warnings = sorted({notice.message for notice in reading.warnings()})
        raise
    finally:
        if collects:
            gc.enable()


def _as_compose_says(loaded: Loaded, reading: Reading) -> Loaded:
    """Put the refusal first that Compose prints, and leave out the warnings that it does not come to.

    What was read as it was meant may be refused for something else that Compose does not see.
    """
    strict = loaded
    if reading.bent is not None and reading.bent <= min(rank for rank, _, _ in reading.ranked):
        again = Reading(reading.request, strict=True)
        again.exact = reading.exact
        try:
            strict = _load(again)
        except Unreadable:
            return loaded
    if not strict.refusals:
        return loaded
    first = better_marked(strict.refusals[0], loaded.refusals)
    others = [refusal for refusal in loaded.refusals if refusal.message != first.message or refusal.at != first.at]
    known = set(strict.warnings)
    remarks = [*loaded.remarks, *(notice for notice in loaded.warnings if notice not in known)]
    return loaded._replace(refusals=[first, *others], warnings=strict.warnings, remarks=remarks)


def _load(reading: Reading) -> Loaded:
    paths = find(reading)
    root = _load_model(reading, paths, [])
    if not root and not reading.ranked:
        at = Mark(reading.names[0], 1, 1)
        reading.refuse_whole(EXTERNAL, "empty compose file", (), at, "top_level")
    gather_extensions(root)
    check_values(reading, root)
    _bring_back(reading, is_done=True)
    normalise(reading, root)
    active = active_services(reading, root)
    check_consistency(reading, root, active, root.get("services") or new_map())
    project = build_project(reading, root, active)
    reading.remark_on_missing_file()
    return Loaded(
        project=project,
        refusals=reading.refusals(),
        warnings=reading.warnings(),
        files=tuple(reading.names),
        texts=Texts(reading.data),
        damaged=reading.damaged,
        remarks=reading.remarks,
        mended=reading.mended,
        led_out=reading.led_out,
    )


def _load_model(reading: Reading, paths: list[str], around: list[str]) -> Map:
    """Return the files of one project merged, validated and with absolute paths."""
    base = reading.base
    root = new_map()
    files = []
    for number, path in enumerate(paths):
        reading.layer = (*base, LAYERS, number)
        files.append(File(path, reading.name_of(path), reading.layer, _documents(reading, path)))
    if not base:
        roots = [document.root for file in files for document in file.documents]
        if not reading.strict and not any(type(root) is Map for root in roots):
            from grader.compose.nothing import nothing  # here, because most projects have a map

            raise nothing(reading, files)
        set_name(reading, roots, Mark(files[0].name, 1, 1, 0))
    for file in files:
        for document in file.documents:
            reading.layer = (*file.layer, document.number)
            _add_document(reading, root, document, file, [*around, file.path])
    check_declarations(reading, root)
    resolve_project(reading, root, reading.directory)
    return root


def _documents(reading: Reading, path: str) -> list[Document]:
    name = reading.name_of(path)
    try:
        data = reading.files.read(path)
    except FileRefused as refused:
        return _refuse_file(reading, name, refused, reading.asked_at.get(path))
    reading.names.append(name)
    reading.data[name] = data
    return parse(reading, data, name)


def _of_compose(reading: Reading, refused: FileRefused) -> str | None:
    """Return Compose's words for a file that is not read, None where it would read it."""
    if refused.reason == "missing":
        return f"open <f>: {reading.why_missing(refused.path)}"
    return "read <f>: is a directory" if refused.reason == "folder" else None


def _refuse_file(reading: Reading, name: str, refused: FileRefused, asked_at: Mark | None) -> list[Document]:
    """Refuse a file that cannot be read; without the first file there is nothing to judge.

    `asked_at` is where a file names it, None if none does.
    """
    message = _of_compose(reading, refused)
    text = f"{reading.shown(refused.path)} {NOT_READ[refused.reason]}"
    if not reading.names and not reading.base:
        if refused.reason == "outside":
            text = text.partition(";")[0] + "; put the file itself into the folder of the submission"
        raise Unreadable(f"{text}.", compose_message=message, file=name)
    stage = LAYERS if reading.base else READ_FILES
    kind = "outside" if refused.reason == "outside" else "file_missing"
    about = None if asked_at is None else reading.shown(refused.path)
    reading.refuse_whole(stage, message or text, (), asked_at or Mark(name, 1, 1), kind, about=about)
    return []


def _add_document(reading: Reading, root: Map, document: Document, file: File, around: list[str]) -> None:
    """Lay one document on what was read before, through all of Compose's stages."""
    own = document.root
    if type(own) is not Map:
        place = document.place
        at = Mark(file.name, 1, 1) if place is None else value_mark(place)
        reading.refuse(KEYS, NO_MAP, (), at, "top_level")
        return
    _bring_back(reading, is_done=False)
    reading.aside = None
    if not root and not reading.base and is_as_meant(own, document.held):
        fill_in(reading, document)
        if document.held:
            from grader.compose.aside import stand_aside  # here, because who grades one file keeps no heads

            reading.aside = stand_aside(document)
        cast(reading, document)
    else:
        document.put_back()
        interpolate(reading, document)
        _put_together(reading, root, document, around)

    def on_fault(fault: CannotOverride) -> None:
        reading.refuse(MERGE, str(fault), fault.path, value_mark(fault.place), "override_type")

    merge_projects(root, own, on_fault)
    enforce(reading, root)
    validate(reading, root)
    for container, key in reading.husks:
        if key in container:
            del container[key], container.places[key]
    reading.husks.clear()
    if "version" in root:
        reading.warn(CANONICAL, _VERSION_WARNING, key_mark(root.places["version"]))
        del root["version"], root.places["version"]
    expand(reading, root)
    enforce_again(reading, root)


def _bring_back(reading: Reading, *, is_done: bool) -> None:
    if reading.aside is not None:
        from grader.compose.aside import bring_back

        bring_back(reading, reading.aside, is_done=is_done)


def _put_together(reading: Reading, root: Map, document: Document, around: list[str]) -> None:
    """Move what is misplaced in a document, and add what it takes from elsewhere, in place."""
    own = document.root
    if not reading.strict:
        read_as_meant(reading, own, root)
    Extender(reading, "<f>", lambda other, mark: _load_other(reading, other, mark)).run(own, document.resets)
    apply_resets(document.resets, root)
    if "include" in own:
        from grader.compose.include import Includer  # here, because few files include others

        Includer(reading, around, lambda paths, files: _load_model(reading, paths, files)).run(own)


_VERSION_WARNING = (
    "<f>: the attribute `version` is obsolete, it will be ignored, please remove it to avoid potential confusion"
)


def _load_other(reading: Reading, path: str, at: Mark) -> tuple[Map, list[Steps]] | None:
    """Return another file's project, merged but not validated, for `extends`."""
    from grader.compose.kinds import take_out_odd_paths, take_out_wrong_kinds

    layer = reading.layer
    name = reading.name_of(path)
    reading.layer = (*layer, EXTENDS, len(reading.ranked))
    try:
        data = reading.files.read(path)
    except FileRefused as refused:
        _refuse_other(reading, refused, at)
        reading.layer = layer
        return None
    reading.names.append(name)
    reading.data[name] = data
    root = new_map()
    resets: list[Steps] = []
    own_layer = reading.layer
    before = len(reading.ranked)
    documents = parse(reading, data, name)
    if not documents and len(reading.ranked) > before:
        reading.layer = layer
        return None
    for document in documents:
        reading.layer = (*own_layer, document.number)
        if type(document.root) is not Map:
            reading.refuse(KEYS, NO_MAP, (), Mark(name, 1, 1), "top_level")
            continue
        document.put_back()
        interpolate(reading, document)
        apply_resets(document.resets, root)
        merge_projects(root, document.root, _ignore)
        enforce(reading, root)
        take_out_wrong_kinds(reading, root)
        expand(reading, root)
        enforce_again(reading, root)
        resets = document.resets
    take_out_odd_paths(reading, root)
    resolve_project(reading, root, posixpath.dirname(path))
    reading.layer = layer
    return root, resets


def _ignore(fault: CannotOverride) -> None:
    """A fault inside an extended file shows where it is used."""


def _refuse_other(reading: Reading, refused: FileRefused, at: Mark) -> None:
    shown = reading.shown(refused.path)
    message = _of_compose(reading, refused) or f"{shown} {NOT_READ[refused.reason]}"
    kind = "outside" if refused.reason == "outside" else "file_missing"
    reading.refuse(PARSE, message, (), at, kind, about=shown)
