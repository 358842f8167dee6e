"""A submission as a workspace on the disk, and all commands in it."""

import contextlib
import io
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from grader import kit
from grader.cli import run
from grader.compose.discovery import NAMES
from tests.hostile.oracle import FAULTS, has_canary, shows_canary, signs

COMMANDS = (
    (),
    ("--format", "unix"),
    ("--format", "json"),
    ("config", "-f", "docker-compose.yml"),
    ("config", "--format", "json"),
    ("explain", "kafka"),
    ("hint", "kafka"),
    ("reset", "kafka"),
)
EXIT_CODES = (0, 1, 3)
USAGE = 2  # `grade reset` where there is no compose file to put back


class OpenedFiles:
    """Remembers every file that this process opens. Such a hook can only be added, so one object lives for ever."""

    def __init__(self) -> None:
        self.paths: list[str] | None = None
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.paths is not None and event == "open" and isinstance(arguments[0], str | bytes):
            self.paths.append(os.fsdecode(arguments[0]))

    @contextlib.contextmanager
    def noted(self) -> Iterator[list[str]]:
        """Note what is opened meanwhile."""
        paths: list[str] = []
        self.paths = paths
        try:
            yield paths
        finally:
            self.paths = None


def strangers(opened: list[str], *folders: str) -> list[str]:
    """Return the files that lie neither in the given folders nor in Python, its packages or the kit."""
    package = os.path.dirname(os.path.abspath(sys.modules["grader"].__file__ or ""))
    homes = [*folders, sys.prefix, sys.base_prefix, package, os.path.join(kit.kit_folder(), "exercises")]
    known = tuple(f"{os.path.realpath(home)}{os.sep}" for home in homes)
    return [path for path in opened if not f"{os.path.realpath(path)}{os.sep}".startswith(known)]


def lay_out(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a submission into a new folder, as a workspace with its exercises."""
    folder.mkdir()
    (folder / "exercises").mkdir()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def typed(folder: Path, *words: str) -> tuple[int, str]:
    """Run a command line in a folder; return its exit code and all that it printed."""
    out = io.StringIO()
    before = os.getcwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = run(words)
    finally:
        os.chdir(before)
    return code, out.getvalue()


def complaints_about_commands(folder: Path, files: Mapping[str, bytes], opened: OpenedFiles) -> list[str]:
    """Return in what the commands do not hold what they must in a workspace with these files."""
    lay_out(folder, files)
    found = []
    for words in COMMANDS:
        with opened.noted() as paths:
            code, text = typed(folder, *words)
        name = " ".join(("grade", *words))
        usage = code == USAGE and "reset" in words and files.keys().isdisjoint(NAMES)
        if code not in EXIT_CODES and not usage:
            found.append(f"{name}: exit code {code}")
        found += [f"{name}: {fault}" for fault in FAULTS if fault in text]
        found += [f"{name}: {sign}" for sign in signs(text)]
        if words[:1] != ("config",) and has_canary(files) and shows_canary(text):
            found.append(f"{name}: a password")
        outside = () if words[:1] == ("config",) else strangers(paths, str(folder))
        found += [f"{name}: opened {path}" for path in outside]
    return found
