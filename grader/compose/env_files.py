"""Files of variables on their way into a project: `.env`, `--env-file` and `env_file`.

Compose: docker/compose 2.40.3 (`cmd/compose/compose.go`), compose-go 2.9.1 (`types/project.go`).
"""

from grader.compose import dotenv
from grader.compose.files import FileRefused
from grader.compose.gotext import quote
from grader.compose.marks import Mark, Marks
from grader.compose.model import Variable
from grader.compose.reading import ENV_FILES, FIND_FILES, Reading
from grader.compose.salvage import parse_good_lines
from grader.compose.texts import decode
from grader.compose.tree import Map, Seq, value_mark


def read_env_file(reading: Reading, path: str, read: dict[str, str]) -> None:
    """Add the variables of one file for `${...}` to `read`, and where they stand to the origins."""
    name = reading.name_of(path)
    start = Mark(name, 1, 1)
    try:
        data = reading.files.read(path)
    except FileRefused as refused:
        shown = reading.shown(path)
        message = {
            "missing": "couldn't find env file: <f>",
            "folder": "<f> is a directory",
            "outside": f"{shown} lies outside the submission and was not read; copy it beside the compose file",
        }.get(refused.reason, f"{shown} could not be read ({refused.reason})")
        kind = "outside" if refused.reason == "outside" else "env_file_missing"
        reading.refuse_whole(FIND_FILES, message, (), start, kind)
        return
    text = decode(data)
    reading.data[name] = data

    def parse(good: str) -> list[dotenv.Assignment]:
        return dotenv.parse(good, reading.lookup, known=read)

    assignments, error = parse_good_lines(text, parse, reading.budget)
    if error is not None:
        at = Mark(name, error.line, 1)
        kind = "interpolation_format" if error.message.startswith("Invalid template") else "dotenv_syntax"
        reading.refuse_whole(FIND_FILES, f"failed to read <f>: {error.message}", (), at, kind)
    for assignment in assignments:
        read[assignment.name] = assignment.value
        at = Mark(name, assignment.line, assignment.column, assignment.width)
        if assignment.name not in reading.values:
            reading.origins[assignment.name] = at
        for missing in assignment.missing:
            reading.warn_whole(FIND_FILES, f'The "{missing}" variable is not set. Defaulting to a blank string.', at)


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
        for assignment, mark in _read(reading, service, entry, at, index, lookup, known):
            known[assignment.name] = assignment.value
            if assignment.name not in variables:
                found[assignment.name] = Variable(assignment.name, assignment.value, mark, Marks(at, mark))
    variables.update(found)


def _read(
    reading: Reading, service: str, entry: Map, at: Mark, index: int, lookup: dotenv.Lookup, known: dict[str, str]
) -> list[tuple[dotenv.Assignment, Mark]]:
    """Return the assignments of one file; one that cannot be read is refused."""
    path = entry.get("path")
    if path is None:
        return []
    name = reading.name_of(path)

    def refuse(message: str, mark: Mark, kind: str) -> None:
        where = ("services", service, "env_file", str(index))
        reading.unread.add((service, "env_file"))
        reading.refuse_whole(ENV_FILES, message, where, mark, kind)

    if not path:
        if entry.get("required", True):
            refuse("env file  not found: stat : no such file or directory", at, "env_file_missing")
        return []
    try:
        data = reading.files.read(path)
    except FileRefused as refused:
        if refused.reason == "missing":
            if entry.get("required", True):
                refuse("env file <f> not found: stat <f>: no such file or directory", at, "env_file_missing")
        elif refused.reason == "folder":
            refuse("failed to read <f>: read <f>: is a directory", at, "file_missing")
        elif refused.reason == "outside":
            shown = reading.shown(path)
            text = f"env_file {shown} lies outside the submission and was not read; copy it beside the compose file"
            refuse(text, at, "outside")
        else:
            refuse(f"env_file {name} cannot be read ({refused.reason})", at, "file_missing")
        return []
    text = decode(data)
    reading.data[name] = data
    form = entry.get("format") or ".env"
    if form not in (".env", "raw"):
        refuse(f"unsupported env_file format {quote(form)}", at, "env_file_format")
        return []

    def parse(good: str) -> list[dotenv.Assignment]:
        return dotenv.parse_raw(good, lookup) if form == "raw" else dotenv.parse(good, lookup, known=known)

    found, error = parse_good_lines(text, parse, reading.budget)
    if error is not None:
        prefix = "failed to parse env_file <f>: " if form == "raw" else "failed to read <f>: "
        kind = "interpolation_format" if error.message.startswith("Invalid template") else "dotenv_syntax"
        refuse(prefix + error.message, Mark(name, error.line, 1), kind)
    pairs = []
    for assignment in found:
        mark = Mark(name, assignment.line, assignment.column, assignment.width)
        for missing in assignment.missing:
            reading.warn_whole(ENV_FILES, f'The "{missing}" variable is not set. Defaulting to a blank string.', mark)
        pairs.append((assignment, mark))
    return pairs
