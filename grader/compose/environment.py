"""The environment of a service: its `environment` and its `env_file`s.

Compose: compose-go 2.9.1 (`types/project.go`, `loader/normalize.go`). An entry of `environment` wins over every
`env_file`, also one without a value; a later file wins over an earlier one.
"""

from grader.compose.errors import Unreadable
from grader.compose.marks import Mark, Marks
from grader.compose.model import Variable
from grader.compose.reading import Reading
from grader.compose.scalars import to_text
from grader.compose.tree import Map, Place, Seq, both_marks, key_mark, one_or_both, value_mark

MAX_VARIABLE_CHARACTERS = 128 * 1024  # Linux: no program starts with a longer one (MAX_ARG_STRLEN)


_made = tuple.__new__  # of a named tuple: half the time of its own constructor


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

    @property
    def at(self) -> Mark | Marks:
        """The one place where they are the same."""
        return one_or_both(self._place)


def resolve_environment(reading: Reading, name: str, service: Map) -> dict[str, Variable]:
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
        from grader.compose.env_files import add_env_files  # here, because many services have none

        add_env_files(reading, name, files, variables)
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
    file, line, column, _ = whole
    column += quotes
    written = _made(Mark, (file, line, column + start, len(item) - start))
    return _made(Mark, (file, line, column, start - 1)), _made(Marks, (written, place[3] or written))


_TOO_LONG = (
    f"A variable of {{}} is longer than {MAX_VARIABLE_CHARACTERS // 1024} KiB: no container starts with it, and it was "
    "not read further. Take the text out."
)
