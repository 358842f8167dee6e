"""Files of variables on their way into a project: `.env`, `--env-file` and `env_file`.

Compose: docker/compose 2.40.3 (`cmd/compose/compose.go`), compose-go 2.9.1 (`types/project.go`).
"""

from grader.compose import dotenv
from grader.compose.files import NOT_READ, FileRefused
from grader.compose.marks import Mark, Marks
from grader.compose.model import Variable
from grader.compose.reading import FIND_FILES, Reading
from grader.compose.salvage import parse_good_lines
from grader.compose.tree import Map, Seq, value_mark
from grader.compose.variable_files import VariableFile, read_assignments


def read_env_file(reading: Reading, path: str, read: dict[str, str]) -> None:
    """Add the variables of one file for `${...}` to `read`, and where they stand to the origins."""
    name = reading.name_of(path)
    start = Mark(name, 1, 1)
    try:
        data = reading.files.read(path)
    except FileRefused as refused:
        message = {
            "missing": "couldn't find env file: <f>",
            "folder": "<f> is a directory",
        }.get(refused.reason, f"{reading.shown(path)} {NOT_READ[refused.reason]}")
        kind = "outside" if refused.reason == "outside" else "env_file_missing"
        reading.refuse_whole(FIND_FILES, message, (), start, kind, len(reading.ranked))
        return
    reading.data[name] = data

    def parse(good: str) -> list[dotenv.Assignment]:
        return dotenv.parse(good, reading.lookup, known=read)

    assignments, error = parse_good_lines(data, parse, reading.budget)
    if error is not None:
        at = Mark(name, error.line, 1)
        for missing in error.missing:
            _warn(reading, missing, at)
        kind = "interpolation_format" if error.message.startswith("Invalid template") else "dotenv_syntax"
        message = f"failed to read <f>: {error.message}"
        reading.refuse_whole(FIND_FILES, message, (), at, kind, len(reading.ranked))
    for assignment in assignments:
        read[assignment.name] = assignment.value
        at = Mark(name, assignment.line, assignment.column, assignment.width)
        if assignment.name not in reading.values:
            reading.origins[assignment.name] = at
        for missing in assignment.missing:
            _warn(reading, missing, at)


def _warn(reading: Reading, name: str, at: Mark) -> None:
    text = f'The "{name}" variable is not set. Defaulting to a blank string.'
    reading.warn_whole(FIND_FILES, text, at, len(reading.ranked))


def add_env_files(reading: Reading, service: str, files: Seq, variables: dict[str, Variable]) -> None:
    """Add the variables of a service's `env_file`s to those of its `environment`, which win."""
    own = {key: variable.value for key, variable in variables.items() if variable.value is not None}
    known: dict[str, str] = dict(own)

    def lookup(name: str) -> str | None:
        value = reading.values.get(name)
        return own.get(name) if value is None else value

    found: dict[str, Variable] = {}
    for index, entry in enumerate(files):
        place = files.places[index]
        at = value_mark(entry.places["path"] if type(entry) is Map and "path" in entry else place)
        path = entry.get("path")
        if path is None:
            continue
        required, form = entry.get("required", True), entry.get("format") or ".env"
        file = VariableFile(service, "env_file", index, path, at, required, form)
        for assignment, mark in read_assignments(reading, file, lookup, known):
            known[assignment.name] = assignment.value
            if assignment.name not in variables:
                found[assignment.name] = Variable(assignment.name, assignment.value, mark, Marks(at, mark))
    variables.update(found)
