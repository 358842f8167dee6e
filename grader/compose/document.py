"""The files of a project with their documents, read and not yet merged with anything."""

from typing import Any

from grader.compose.items import Steps
from grader.compose.tree import Place

NO_MAP = "top-level object must be a mapping"  # Compose's words for a document that is a list or a word


class Document:
    """One document of a file: its tree, the texts with a `$` in it, and the paths of `!reset` and `!override`.

    `odd` says that Compose may stop at something else in it than the reader.
    """

    __slots__ = ("number", "odd", "place", "resets", "root", "variables")

    def __init__(self, number: int) -> None:
        self.number = number
        self.odd = False
        self.root: Any = None
        self.place: Place | None = None
        self.variables: list[tuple[Any, Any, Steps]] = []  # container, its key or index, path
        self.resets: list[Steps] = []


class File:
    """One file of a project with its documents."""

    __slots__ = ("documents", "layer", "name", "path")

    def __init__(self, path: str, name: str, layer: tuple[int, ...], documents: list[Document]) -> None:
        self.path = path
        self.name = name
        self.layer = layer
        self.documents = documents
