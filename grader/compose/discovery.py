"""Which files a project consists of, and the variables for `${...}`.

Compose: docker/compose 2.40.3 (`cmd/compose/compose.go`), compose-go 2.9.1 (`cli/options.go`).
"""

import posixpath
import re

from grader.compose.errors import Unreadable
from grader.compose.gotext import quote
from grader.compose.marks import Mark
from grader.compose.reading import FIND_FILES, Reading
from grader.compose.request import STUDENT_HOME

NAMES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
OVERRIDE_NAMES = (
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
)

_TRUE = frozenset(["1", "t", "T", "TRUE", "true", "True"])
_MANNERS = frozenset(["", "auto", "json", "none", "plain", "quiet", "tty"])
_FALSE = frozenset(["0", "f", "F", "FALSE", "false", "False"])


def find(reading: Reading) -> list[str]:
    """Return the absolute paths of the compose files in order, and set the directory and variables of `reading`.

    Raises `Unreadable` if there is no file.
    """
    request = reading.request
    _check_progress(reading)
    values = reading.values
    values.update(request.variables)
    values.setdefault("PWD", request.folder)
    values.setdefault("HOME", STUDENT_HOME)
    given = [posixpath.normpath(posixpath.join(request.folder, path)) for path in request.compose_files]
    explicit = [posixpath.normpath(posixpath.join(request.folder, path)) for path in _env_files(reading)]
    directory = request.project_directory
    if directory is not None:
        directory = posixpath.normpath(posixpath.join(request.folder, directory))
    start = directory or (posixpath.dirname(given[0]) if given else request.folder)
    _read_env_files(reading, explicit, start, is_first=True)
    paths = given or _from_variable(reading) or _search(reading, start)
    reading.directory = directory or posixpath.dirname(paths[0])
    if not explicit and reading.directory != start:
        _read_env_files(reading, [], reading.directory)
    return paths


def _env_files(reading: Reading) -> tuple[str, ...]:
    request = reading.request
    if request.env_files:
        return request.env_files
    return tuple(name for name in request.variables.get("COMPOSE_ENV_FILES", "").split(",") if name)


def _from_variable(reading: Reading) -> list[str]:
    """Return the files that `COMPOSE_FILE` names."""
    named = reading.values.get("COMPOSE_FILE")
    if named is None:
        return []
    separator = reading.values.get("COMPOSE_PATH_SEPARATOR") or ":"
    paths = []
    for part in named.split(separator):
        path = posixpath.normpath(posixpath.join(reading.request.folder, part))
        if reading.files.kind(path) is None:
            raise Unreadable(
                f"COMPOSE_FILE names {reading.name_of(path)}, and there is no such file.",
                compose_message=f"stat <f>: {reading.why_missing(path)}",
            )
        paths.append(path)
    return paths


def _search(reading: Reading, folder: str) -> list[str]:
    """Return the first known name in `folder` or, when allowed, above it, and its override file."""
    kind = reading.request.files.kind  # looking costs nothing of the budget
    while True:
        inside = folder if folder.endswith("/") else f"{folder}/"
        found = [path for name in NAMES if kind(path := inside + name) is not None]
        if found:
            break
        parent = posixpath.dirname(folder)
        if reading.request.confined or parent == folder:
            raise Unreadable(
                "There is no compose file in the submission. It must be called docker-compose.yml.",
                compose_message="no configuration file provided: not found",
            )
        folder = parent
    if len(found) > 1:
        reading.warn_whole(
            FIND_FILES, f"Found multiple config files with supported names: {', '.join(['<f>'] * len(found))}", None
        )
        reading.warn_whole(FIND_FILES, "Using <f>", None)
    overrides = [path for name in OVERRIDE_NAMES if kind(path := inside + name) is not None]
    if len(overrides) > 1:
        count = ", ".join(["<f>"] * len(overrides))
        taken = Mark(reading.name_of(overrides[0]), 1, 1)
        reading.warn_whole(FIND_FILES, f"Found multiple override files with supported names: {count}", taken)
        reading.warn_whole(FIND_FILES, "Using <f>", taken)
    return found[:1] + overrides[:1]


def _read_env_files(reading: Reading, explicit: list[str], folder: str, *, is_first: bool = False) -> None:
    """Read the files of `--env-file`, or the `.env` of `folder`; what is set already stays."""
    paths = explicit
    if not explicit:
        if _is_switched_off(reading):
            return
        path = posixpath.join(folder, ".env")
        if reading.files.kind(path) in (None, "folder"):
            reading.missed = reading.name_of(path)
            paths = []
        else:
            paths = [path]
    read = _read_all(reading, paths) if paths else {}
    if is_first:
        own = {name: value for name, value in read.items() if name.startswith(_OWN)}
        for name, value in own.items():
            reading.values.setdefault(name, value)
        _check_limit(reading)
        if own and not explicit and _is_switched_off(reading):
            return
        if own and not reading.ranked:
            # Compose reads its own variables first, as if the shell had set them, and then the files once more
            del reading.notices[:]
            read = _read_all(reading, paths)
    for name, value in read.items():
        reading.values.setdefault(name, value)


_OWN = "COMPOSE_"


def _read_all(reading: Reading, paths: list[str]) -> dict[str, str]:
    from grader.compose.env_files import read_env_file  # here, because many projects have none

    read: dict[str, str] = {}
    for path in paths:
        read_env_file(reading, path, read)
    return read


def _is_switched_off(reading: Reading) -> bool:
    """Tell whether no `.env` is to be read."""
    said = reading.values.get("COMPOSE_DISABLE_ENV_FILE")
    if said is not None and said not in _FALSE and said not in _TRUE:
        message = f"strconv.ParseBool: parsing {quote(said)}: invalid syntax"
        at = reading.origins.get("COMPOSE_DISABLE_ENV_FILE") or Mark(".env", 1, 1)
        reading.refuse_whole(FIND_FILES, message, (), at, "file_missing", len(reading.ranked))
    return said is not None and said not in _FALSE


def _check_progress(reading: Reading) -> None:
    """Refuse a manner to show progress that there is not. Compose asks the shell only, and before all else."""
    said = reading.request.variables.get("COMPOSE_PROGRESS", "")
    if said not in _MANNERS:
        message = f"unsupported --progress value {quote(said)}"
        reading.refuse_whole(FIND_FILES, message, (), Mark(".env", 1, 1), "file_missing", -2)


def _check_limit(reading: Reading) -> None:
    """Refuse a number of things to do at once that is none; Compose looks at it before it looks for files."""
    said = reading.values.get("COMPOSE_PARALLEL_LIMIT")
    if said is not None and re.fullmatch("[-+]?[0-9]{1,18}", said) is None:
        message = f"COMPOSE_PARALLEL_LIMIT must be an integer (found: {quote(said)})"
        at = reading.origins.get("COMPOSE_PARALLEL_LIMIT") or Mark(".env", 1, 1)
        order = -1 if "COMPOSE_PARALLEL_LIMIT" in reading.request.variables else len(reading.ranked)
        reading.refuse_whole(FIND_FILES, message, (), at, "file_missing", order)
