"""One document of a compose file, read and not yet merged with anything."""

from typing import Any

from grader.compose.items import Steps
from grader.compose.tree import Place


class Document:
    """One document of a file: its tree, the texts with a `$` in it, and the paths of `!reset` and `!override`."""

    __slots__ = ("number", "place", "resets", "root", "variables")

    def __init__(self, number: int) -> None:
        self.number = number
        self.root: Any = None
        self.place: Place | None = None
        self.variables: list[tuple[Any, Any, Steps]] = []  # container, its key or index, path
        self.resets: list[Steps] = []
