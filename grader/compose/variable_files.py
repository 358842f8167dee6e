"""The files that a service names: `env_file` and `label_file`.

Compose: compose-go 2.9.1 (`types/project.go`). Files are read one after the other; at the first that cannot be read
Compose stops, so it does not warn about what stands behind.
"""

from collections.abc import Iterator, Mapping

from grader.compose import dotenv
from grader.compose.files import NOT_READ, FileRefused
from grader.compose.gotext import quote
from grader.compose.marks import Mark
from grader.compose.reading import ENV_FILES, LABEL_FILES, Reading
from grader.compose.salvage import parse_good_lines
from grader.compose.tree import Map, value_mark
from grader.light_tuple import NamedTuple

_STAGES = {"env_file": ENV_FILES, "label_file": LABEL_FILES}


class VariableFile(NamedTuple):
    """One file of a service: `key` is `env_file` or `label_file`, `number` its place there, `at` where it is named."""

    service: str
    key: str
    number: int
    path: str
    at: Mark
    required: bool = True
    form: str = ".env"


def read_assignments(
    reading: Reading, file: VariableFile, lookup: dotenv.Lookup, known: Mapping[str, str]
) -> list[tuple[dotenv.Assignment, Mark]]:
    """Return the assignments of one file; one that cannot be read is refused.

    `lookup` answers first for variables inside values, `known` is what earlier files set. Raises `Unreadable` over a
    limit.
    """
    data = _read(reading, file)
    if data is None:
        return []
    name = reading.name_of(file.path)
    reading.data[name] = data
    if file.form not in (".env", "raw"):
        _refuse(reading, file, f"unsupported env_file format {quote(file.form)}", file.at, "env_file_format")
        return []

    def parse(good: str) -> list[dotenv.Assignment]:
        return dotenv.parse_raw(good, lookup) if file.form == "raw" else dotenv.parse(good, lookup, known=known)

    found, error = parse_good_lines(data, parse, reading.budget)
    if error is not None:
        at = Mark(name, error.line, 1)
        for missing in error.missing:
            _warn(reading, file, missing, at)
        prefix = "failed to parse env_file <f>: " if file.form == "raw" else "failed to read <f>: "
        kind = "interpolation_format" if error.message.startswith("Invalid template") else "dotenv_syntax"
        _refuse(reading, file, prefix + error.message, at, kind)
    pairs = []
    for assignment in found:
        mark = Mark(name, assignment.line, assignment.column, assignment.width)
        for missing in assignment.missing:
            _warn(reading, file, missing, mark)
        pairs.append((assignment, mark))
    return pairs


def _read(reading: Reading, file: VariableFile) -> bytes | None:
    """Return the content of a file, None if it cannot be read."""
    word = file.key.partition("_")[0]
    if not file.path:
        if file.required:
            _refuse(reading, file, f"{word} file  not found: stat : no such file or directory", file.at, _MISSING)
        return None
    try:
        return reading.files.read(file.path)
    except FileRefused as refused:
        reason = refused.reason
    if reason == "missing":
        why = reading.why_missing(file.path)
        if why == "not a directory":  # Compose passes over a file that is not required only where nothing is
            _refuse(reading, file, f"open <f>: {why}", file.at, _MISSING)
        elif file.required:
            _refuse(reading, file, f"{word} file <f> not found: stat <f>: {why}", file.at, _MISSING)
    elif reason == "folder":
        _refuse(reading, file, "failed to read <f>: read <f>: is a directory", file.at, "file_missing")
    else:
        text = f"{file.key} {reading.shown(file.path)} {NOT_READ[reason]}"
        _refuse(reading, file, text, file.at, "outside" if reason == "outside" else "file_missing")
    return None


_MISSING = "env_file_missing"


def _warn(reading: Reading, file: VariableFile, name: str, at: Mark) -> None:
    text = f'The "{name}" variable is not set. Defaulting to a blank string.'
    reading.warn_whole(_STAGES[file.key], text, at, len(reading.ranked))


def _refuse(reading: Reading, file: VariableFile, message: str, at: Mark, kind: str) -> None:
    path = ("services", file.service, file.key, str(file.number))
    reading.unread.add((file.service, file.key))
    about = reading.shown(file.path) if file.path and at == file.at else None
    reading.refuse_whole(_STAGES[file.key], message, path, at, kind, len(reading.ranked), about=about)


def check_label_files(reading: Reading, services: Mapping[str, Map]) -> None:
    """Read the `label_file`s of the active services: labels count for nothing here, but a bad file is refused.

    Compose: variables of the shell and `.env` are not known in them.
    """
    for file in _label_files(services):
        known: dict[str, str] = {}
        for one in file:
            for assignment, _ in read_assignments(reading, one, _nothing, known):
                known[assignment.name] = assignment.value


def _label_files(services: Mapping[str, Map]) -> Iterator[list[VariableFile]]:
    for name, service in services.items():
        files = service.get("label_file")
        if files is not None:
            yield [
                VariableFile(name, "label_file", index, path, value_mark(files.places[index]))
                for index, path in enumerate(files)
            ]


def _nothing(name: str) -> str | None:
    return None
