"""Two ways lead from a text to a tree, a fast one for ordinary files and one that knows everything. They agree."""

from pathlib import Path
from typing import Any

import pytest
from yaml._yaml import CParser

from grader.compose.document import Document
from grader.compose.files import AllFiles
from grader.compose.ordinary import read_ordinary
from grader.compose.reader import read_documents
from grader.compose.reading import Reading
from grader.compose.request import Request
from grader.compose.tree import Map, Place, Seq, key_mark, value_mark

TEXTS = sorted((Path(__file__).resolve().parents[1] / "data" / "compose_cases").glob("*/*.y*ml"))


def plain(node: Any) -> Any:
    """Return a tree as nested lists, the place of every entry included."""
    if type(node) is Map:
        return [(key, plain(value), *marks(node.places[key])) for key, value in node.items()]
    if type(node) is Seq:
        return [(plain(value), *marks(place)) for value, place in zip(node, node.places, strict=True)]
    return type(node).__name__, repr(node)


def marks(place: Place) -> tuple[str, str]:
    """Return the places of an entry's key and its value."""
    return str(key_mark(place)), str(value_mark(place))


def by_events(data: bytes) -> list[Document]:
    """Return the documents of a file read the slow way."""
    documents: list[Document] = []
    read_documents(Reading(Request(AllFiles(), "/")), "f", CParser(data.decode()).get_event, documents)
    return documents


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_fast_way_gives_what_the_other_gives(path: Path) -> None:
    """Where the fast way answers at all, tree and places are the same."""
    data = path.read_bytes()
    fast = read_ordinary(data, "f")
    if fast is None:
        return
    fast.put_back()

    (slow,) = by_events(data)

    assert plain(slow.root) == plain(fast.root)
