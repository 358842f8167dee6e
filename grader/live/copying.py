"""A copy of what a submission is made of, to run it in: the files that were read, its code, and nothing else.

The student's folder is never written to: Docker makes a missing folder of a bind mount as root, containers write where
they may, and the verification touches source files.
"""

import os
import shutil
import stat
from collections.abc import Iterable
from typing import NamedTuple

from grader import kit
from grader.compose.model import Loaded, Project
from grader.live.records import Beyond

MAX_COPIED_FILES = 5000
MAX_COPIED_BYTES = 64 * 1024 * 1024
CODE_FOLDERS = ("apps", "shared")
DATA_PATHS = ("/data", "/data/db", "/var/lib", "/var/lib/kafka", "/var/lib/kafka/data", "/var/lib/mysql")
LEFT_OUT = frozenset({".git", ".venv", "venv", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache"})


class TooLarge(Exception):
    """More than a workspace of this exercise can hold; the text names the folder."""


class Copied(NamedTuple):
    """What lies in the copy: the folders that came from the kit, and the paths that lead out of the submission."""

    from_kit: tuple[str, ...]
    outside: tuple[Beyond, ...]


def copy_submission(loaded: Loaded, folder: str, target: str) -> Copied:
    """Copy from the submission's `folder` into `target`, an empty one. Raises `TooLarge` and `OSError`.

    The apps and the shared package come from the kit where the submission has none: who hands in a compose file alone
    means the code of the exercise.
    """
    budget = _Budget()
    for name in loaded.texts:
        if _inside(os.path.join(folder, name), folder) is not None:
            budget.copy(os.path.join(folder, name), os.path.join(target, name))
    from_kit = tuple(name for name in CODE_FOLDERS if not os.path.lexists(os.path.join(folder, name)))
    for name in from_kit:
        budget.copy(os.path.join(kit.kit_folder(), name), os.path.join(target, name))
    outside = []
    for path, wanted in sorted({**_used(loaded.project), **_code(folder, from_kit)}.items()):
        relative = _inside(wanted, folder)
        if relative is None or not os.path.exists(wanted) or relative.split("/")[0] in from_kit:
            continue
        if _inside(os.path.realpath(wanted), os.path.realpath(folder)) is None:
            outside.append(Beyond(path, f"{relative} leads out of the submission"))
        else:
            budget.copy(wanted, os.path.normpath(os.path.join(target, relative)))
    return Copied(from_kit, tuple(outside))


def _code(folder: str, from_kit: Iterable[str]) -> dict[str, str]:
    return {name: os.path.join(folder, name) for name in CODE_FOLDERS if name not in from_kit}


def _used(project: Project) -> dict[str, str]:
    """Return the paths of the host that a project mounts or builds, by the place in the file.

    Data of an earlier start is none of them: a verification begins with nothing.
    """
    found = {}
    for name, service in project.services.items():
        for index, mount in enumerate(service.volumes):
            if mount.type == "bind" and mount.source and mount.target not in DATA_PATHS:
                found[f"services.{name}.volumes.{index}"] = mount.source
        build = service.plain.get("build")
        if isinstance(build, dict) and isinstance(build.get("context"), str):
            found[f"services.{name}.build"] = os.path.join(project.directory, build["context"])
    for section in ("configs", "secrets"):
        entries = project.plain.get(section)
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            if isinstance(entry, dict) and isinstance(entry.get("file"), str):
                found[f"{section}.{name}"] = os.path.join(project.directory, entry["file"])
    return found


def _inside(path: str, folder: str) -> str | None:
    """Return `path` relative to `folder`, None if it lies elsewhere."""
    relative = os.path.relpath(path, folder).replace(os.sep, "/")
    return None if relative == ".." or relative.startswith("../") or os.path.isabs(relative) else relative


class _Budget:
    """Copies until too much has been copied; what cannot be read is left out."""

    def __init__(self) -> None:
        self._files = 0
        self._bytes = 0

    def copy(self, source: str, target: str) -> None:
        if os.path.isdir(source):
            self._copy_folder(source, target)
        elif os.path.isfile(source) and not os.path.exists(target):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            self._copy_file(source, target)

    def _copy_folder(self, source: str, target: str) -> None:
        try:
            entries = sorted(os.scandir(source), key=lambda entry: entry.name)
        except PermissionError:
            return
        os.makedirs(target, exist_ok=True)
        os.chmod(target, os.stat(source).st_mode | stat.S_IRWXU)
        for entry in entries:
            aim = os.path.join(target, entry.name)
            if entry.name in LEFT_OUT or (os.path.lexists(aim) and not os.path.isdir(aim)):
                continue
            if entry.is_symlink():
                os.symlink(os.readlink(entry.path), aim)
            elif entry.is_dir():
                self._copy_folder(entry.path, aim)
            elif entry.is_file():
                self._copy_file(entry.path, aim)

    def _copy_file(self, source: str, target: str) -> None:
        self._files += 1
        self._bytes += os.path.getsize(source)
        if self._files > MAX_COPIED_FILES or self._bytes > MAX_COPIED_BYTES:
            raise TooLarge(
                f"the folder {os.path.dirname(source)} holds too much to be copied "
                f"({MAX_COPIED_FILES} files or {MAX_COPIED_BYTES // 1024 // 1024} MiB at most). "
                "Mount and build only folders of the exercise."
            )
        try:
            shutil.copyfile(source, target)
            shutil.copymode(source, target)
        except PermissionError:
            return
