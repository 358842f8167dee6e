"""The environment of a service: its `environment` and its `env_file`s.

Compose: compose-go 2.9.1 (`types/project.go`, `loader/normalize.go`). An entry of `environment` wins over every
`env_file`, also one without a value; a later file wins over an earlier one.
"""

from grader.compose import dotenv
from grader.compose.errors import Unreadable
from grader.compose.files import FileRefused
from grader.compose.gotext import quote
from grader.compose.marks import Mark, Marks
from grader.compose.model import Variable
from grader.compose.reading import ENV_FILES, Reading
from grader.compose.salvage import parse_good_lines
from grader.compose.scalars import to_text
from grader.compose.texts import decode
from grader.compose.tree import Map, Place, Seq, both_marks, key_mark, value_mark

MAX_VARIABLE_CHARACTERS = 128 * 1024  # Linux: no program starts with a longer one (MAX_ARG_STRLEN)


class PlacedVariable(Variable):
    """A variable that knows its place in the tree: most marks are never asked for."""

    __slots__ = ("_place",)

    def __init__(self, name: str, value: str | None, place: Place) -> None:
        self.name = name
        self.value = value
        self._place = place

    @property
    def key(self) -> Mark:
        """Where the name stands."""
        return key_mark(self._place)

    @property
    def marks(self) -> Marks:
        """Where the value stands, and where its text comes from."""
        return both_marks(self._place)


def resolve_environment(reading: Reading, name: str, service: Map, *, active: bool = True) -> dict[str, Variable]:
    """Return the variables of a service in the order of the file, those of its `env_file`s last."""
    value = service.get("environment")
    variables: dict[str, Variable] = {}
    if type(value) is Map:
        places = value.places
        for key, item in value.items():
            if item is None:
                variables[key] = _looked_up(reading, key, places[key])
            else:
                text = item if item.__class__ is str else to_text(item)
                variables[key] = PlacedVariable(key, text, places[key])
    elif type(value) is Seq:
        for index, item in enumerate(value):
            _of_list(reading, item, value.places[index], variables)
    files = service.get("env_file")
    if files:
        _add_files(reading, name, files, variables)
    for variable in variables.values():
        if variable.value is not None and len(variable.value) > MAX_VARIABLE_CHARACTERS:
            raise Unreadable(_TOO_LONG.format(name), at=variable.key)
    return variables


def _looked_up(reading: Reading, key: str, place: Place) -> Variable:
    """Return a variable without a value: it comes from the shell or `.env`, or from nowhere."""
    at = key_mark(place)
    return Variable(key, reading.values.get(key), at, Marks(at, reading.origins.get(key) or place[3] or at))


def _of_list(reading: Reading, item: str, place: Place, variables: dict[str, Variable]) -> None:
    """Add the variable of an item `KEY=value`. What a merge made of a map keeps the places of its key and value."""
    key, equals, value = item.partition("=")
    if key and key[-1] in " \t":
        key = key.rstrip()  # refused already
    if not equals:
        variables[key] = _looked_up(reading, key, place)
    elif place[0] is not None:
        variables[key] = PlacedVariable(key, value, place)
    else:
        variables[key] = Variable(key, value, *_inside(item, len(item) - len(value), place))


def _inside(item: str, start: int, place: Place) -> tuple[Mark, Marks]:
    """Return the marks of the two halves of an item, where they can be told apart."""
    event = place[1]
    whole = value_mark(place)
    text = getattr(event, "value", None)
    style = getattr(event, "style", None)
    if text != item or whole.width == 0 or style not in ("", "'", '"'):
        return whole, Marks(whole, place[3] or whole)
    quotes = 1 if style else 0
    if whole.width != len(item) + 2 * quotes:
        return whole, Marks(whole, place[3] or whole)
    key = whole._replace(column=whole.column + quotes, width=start - 1)
    written = whole._replace(column=whole.column + quotes + start, width=len(item) - start)
    return key, Marks(written, place[3] or written)


def _add_files(reading: Reading, service: str, files: Seq, variables: dict[str, Variable]) -> None:
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


_TOO_LONG = (
    f"A variable of {{}} is longer than {MAX_VARIABLE_CHARACTERS // 1024} KiB: no container starts with it, and it was "
    "not read further. Take the text out."
)
