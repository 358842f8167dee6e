"""A second look at documents with tags of Compose, keys that are there twice or aliases that lead in circles.

The reader notes all that is wrong with such a document, and goes on. What Compose stops at is found by doing what
Compose does, node by node.
"""

from collections.abc import Callable, Iterator
from typing import Any

from grader.compose.document import NO_MAP, Document
from grader.compose.errors import Refusal
from grader.compose.govalues import GoMap, go_syntax
from grader.compose.goyaml.decoder import MAX_STEPS, Decoder, Refused, Steps, TooMuch
from grader.compose.goyaml.graph import Node, read_graphs
from grader.compose.goyaml.resetting import NOTHING_LEFT, Resetter
from grader.compose.marks import Mark
from grader.compose.ordinary import may_be_ordinary
from grader.compose.reading import KEYS, PARSE, TREE, TWICE, Rank, Reading
from grader.compose.tree import event_mark

_INTO = "loader.ResetProcessor"  # what Compose reads a document into

Verdict = list[tuple[int, str, Mark]]  # stage, message and place of what Compose may stop at; empty: it accepts


def look_again(
    reading: Reading, name: str, data: bytes, documents: list[Document], next_event: Callable[[], Any], layer: Rank
) -> None:
    """Put what Compose says about the tree of each odd document first. `next_event` gives the events of `data` anew."""
    odd = [document for document in documents if document.odd]
    if len(data) <= MAX_STEPS and may_be_ordinary(data):
        doubles = [_of_doubles(reading, (*layer, document.number)) for document in odd]
        if all(doubles):
            for document, verdict in zip(odd, doubles, strict=True):
                _put_first(reading, (*layer, document.number), verdict)
            return
    for document, root in zip(documents, read_graphs(next_event), strict=False):
        if document.odd and root is not None:
            try:
                verdict = _verdict(root, name)
            except TooMuch:
                continue
            _put_first(reading, (*layer, document.number), verdict)


def _of_doubles(reading: Reading, document: Rank) -> Verdict:
    """Return the verdict of a document without aliases and tags if all that is wrong is keys that are there twice.

    The reader meets them in the order of Compose. Empty: something else is wrong, too.
    """
    told = [(rank[len(document)], refusal) for rank, _, refusal in reading.ranked if rank[: len(document)] == document]
    if any(stage != TWICE for stage, _ in told):
        return []
    return [(stage, refusal.message, refusal.at) for stage, refusal in told[:1]]


def _verdict(root: Node, name: str) -> Verdict:
    steps = Steps()
    if root.shown_tag() == "!!null" and root.kind != "scalar":
        # A tag that says there is nothing: nobody goes through the nodes.
        try:
            Decoder(steps).run(root, _INTO)
        except Refused as error:
            return _at(TREE, error, root, name)
        return [(KEYS, NO_MAP, event_mark(root.event, (name, 1)))]
    try:
        root = Resetter(steps).run(root)
    except Refused as error:
        return _at(TWICE, error, root, name)
    try:
        value = Decoder(steps).run(root)
    except Refused as error:
        return _at(TREE, error, root, name)
    at = event_mark(root.event, (name, 1))
    return [(KEYS, message, at) for message in _odd_keys(value, "")]


def _at(stage: int, error: Refused, root: Node, name: str) -> Verdict:
    at = event_mark(root.event, (name, 1)) if error.line is None else Mark(name, error.line, 1)
    if error.message == NOTHING_LEFT:
        return [(stage, error.message, at)]
    prefix = "failed to parse <f>: " if stage == TWICE else "failed to parse <f>: yaml: "
    return [(stage, prefix + error.message, at)]


def _odd_keys(value: Any, where: str) -> Iterator[str]:
    """Yield Compose's text for every key that is no text; it goes through a map in any order."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _odd_keys(item, f"{where}[{index}]")
    elif isinstance(value, GoMap):
        for (_, key), item in value.entries.items():
            if isinstance(key, str):
                yield from _odd_keys(item, f"{where}.{key}" if where else key)
            else:
                place = f"in {where}" if where else "at top level"
                yield f"non-string key {place}: {go_syntax(key)}"


def _put_first(reading: Reading, document: Rank, verdict: Verdict) -> None:
    """Make the verdict what is met first; what the tree was refused for is left out if Compose accepts it."""
    ranked = reading.ranked
    size = len(document)
    of_tree = [entry for entry in ranked if entry[0][:size] == document and TWICE <= entry[0][size] <= KEYS]
    if not verdict:
        ranked[:] = [entry for entry in ranked if entry not in of_tree]
        return
    messages = [message for _, message, _ in verdict]
    known = next((entry for entry in of_tree if entry[2].message in messages), None)
    if known is None:
        stage, message, at = verdict[0]
        refusal = Refusal(message, (), at, "yaml_duplicate_key" if "already defined" in message else "yaml_syntax")
    else:
        ranked.remove(known)
        stage, refusal = known[0][size], known[2]
    reading.note((*document, KEYS) if stage == KEYS else (*document, PARSE, 1), refusal)
    if stage == KEYS:
        gone = [entry for entry in of_tree if entry[0][size] != KEYS]
        ranked[:] = [entry for entry in ranked if entry not in gone]
