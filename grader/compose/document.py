"""The files of a project with their documents, read and not yet merged with anything."""

from typing import TYPE_CHECKING, Any

from grader.compose.items import Steps
from grader.compose.tree import Place

if TYPE_CHECKING:
    from grader.compose.held import Held

NO_MAP = "top-level object must be a mapping"  # Compose's words for a document that is a list or a word


class Document:
    """One document of a file: its tree, the texts with a `$` in it, and the paths of `!reset` and `!override`.

    `odd` says that Compose may stop at something else in it than the reader. `held` are the heads of services that have
    not been put back yet.
    """

    __slots__ = ("held", "number", "odd", "place", "resets", "root", "variables")

    def __init__(self, number: int) -> None:
        self.number = number
        self.odd = False
        self.root: Any = None
        self.place: Place | None = None
        self.variables: list[tuple[Any, Any, Steps]] = []  # container, its key or index, path
        self.resets: list[Steps] = []
        self.held: dict[str, Held] = {}  # by the name of the service

    def put_back(self) -> None:
        """Put the heads that are held back before the rest of their services, as they are written."""
        for held in self.held.values():
            held.put_back(is_settled=False)
        self.held = {}


class File:
    """One file of a project with its documents."""

    __slots__ = ("documents", "layer", "name", "path")

    def __init__(self, path: str, name: str, layer: tuple[int, ...], documents: list[Document]) -> None:
        self.path = path
        self.name = name
        self.layer = layer
        self.documents = documents
