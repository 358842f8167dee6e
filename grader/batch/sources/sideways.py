"""Files of one student that lie beside those of others: taken out of there, under the names the student gave them."""

import os
from collections.abc import Sequence
from typing import NamedTuple

from grader.batch.opening.collecting import TOO_LARGE, is_never_read
from grader.batch.opening.likeness import beside_archive
from grader.batch.opening.members import shown
from grader.batch.sources.folder import read_small
from grader.batch.sources.holding import Loaded, stem
from grader.batch.submission import InMemory, LooseFile, Nothing, Packed


class Side(NamedTuple):
    """A file by the student's own name for it."""

    name: str
    loaded: Loaded


def side_by_side(files: Sequence[Side]) -> Loaded:
    """Return the files as one submission. An archive alone is one; beside a compose file it stays closed."""
    archives = [file for file in files if isinstance(file.loaded.content, Packed)]
    others = [file for file in files if not isinstance(file.loaded.content, Packed)]
    remarks = [remark for file in files for remark in file.loaded.remarks]
    if len(archives) == 1 and not any(file.name.lower().endswith((".yml", ".yaml")) for file in others):
        packed = archives[0].loaded.content
        assert isinstance(packed, Packed)
        remarks += beside_archive(file.name for file in others)
        return Loaded(packed._replace(name=archives[0].name), tuple(remarks))
    kept: dict[str, bytes] = {}
    for name, (content, _) in others:
        if isinstance(content, Nothing):
            remarks.append(f"{shown(name)} was not read: {content.reason}")
        elif isinstance(content, LooseFile):
            kept[name] = _read(content.path)
        elif isinstance(content, InMemory):
            kept.update(_named(name, content))
    if archives and kept:
        remarks.append(f"Not unpacked: {', '.join(shown(file.name) for file in archives)}.")
    elif archives:
        names = ", ".join(shown(file.name) for file in archives)
        return Loaded(
            Nothing(f"There are {len(archives)} archives in it and no compose file: {names}."), tuple(remarks)
        )
    if not kept:
        only = files[0].loaded.content
        return Loaded(only if len(files) == 1 else Nothing("None of its files can be read."), tuple(remarks))
    return Loaded(InMemory(kept), tuple(remarks))


def _read(path: str) -> bytes:
    if is_never_read(os.path.basename(path)):
        return TOO_LARGE
    data = read_small(path)
    return TOO_LARGE if data is None else data


def _named(name: str, content: InMemory) -> dict[str, bytes]:
    """Return a single file under its own name, the files of an archive in a folder of the archive's."""
    if len(content.files) == 1:
        return {name: next(iter(content.files.values()))}
    return {f"{stem(name)}/{path}": data for path, data in content.files.items()}
