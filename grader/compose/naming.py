"""The project's name, which `${COMPOSE_PROJECT_NAME}` stands for.

Compose: compose-go 2.9.1 (`cli/options.go`, `loader/loader.go`). `-p` and the variable must be written as a name is;
the top-level `name:` and the folder's name are made one.
"""

from typing import Any

from grader.compose.gotext import quote
from grader.compose.marks import Mark
from grader.compose.reading import READ_FILES, Reading
from grader.compose.tree import Map

VARIABLE = "COMPOSE_PROJECT_NAME"
_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")


def set_name(reading: Reading, roots: list[Any], at: Mark) -> None:
    """Find the project's name and make it a variable; `roots` are the trees of all documents in order."""
    given = reading.request.project_name or reading.values.get(VARIABLE) or ""
    if given:
        if given != normalised(given):
            message = (
                f"invalid project name {quote(given)}: must consist only of lowercase alphanumeric characters, "
                "hyphens, and underscores as well as start with a letter or number"
            )
            reading.refuse_whole(READ_FILES, message, ("name",), at, "project_name")
        reading.values[VARIABLE] = given
        return
    named = [root["name"] for root in roots if type(root) is Map and type(root.get("name")) is str and root["name"]]
    name = ""
    if named:
        from grader.compose.template import TemplateError, substitute  # here, because few files have a name

        try:
            name = normalised(substitute(named[-1], reading.lookup).text)
        except TemplateError:
            name = ""  # the same text is refused as part of the file
    reading.values[VARIABLE] = name or ("" if named else normalised(reading.directory.rpartition("/")[2]))


def normalised(name: str) -> str:
    """Return a text as a project name: lower case, only letters, digits, `_` and `-`."""
    return "".join([sign for sign in name.lower() if sign in _SIGNS]).lstrip("_-")
