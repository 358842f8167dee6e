"""A tree from the nodes of PyYAML's composer in C, for texts without anchors, tags, merge keys and doubled keys."""

import operator
from typing import Any

from yaml._yaml import CParser
from yaml.error import YAMLError
from yaml.nodes import MappingNode, ScalarNode

from grader.compose.items import Steps
from grader.compose.scalars import FIRST_OF_OTHERS, Value, resolve
from grader.compose.tree import Map, Seq, Source

MAX_LEVELS = 50  # of lists and maps inside each other

_MAX_KNOWN = 4096
_MAX_KNOWN_CHARACTERS = 64
_known: dict[str, Value] = {}  # what plain scalars mean: files repeat each other
_names: set[str] = set()  # the plain scalars that are texts and were met as keys

Variables = list[tuple[Any, Any, Steps]]  # as in `Document`


class NotOrdinary(Exception):
    """The file has something that only the long way sees to."""


class KeyTwice(NotOrdinary):
    """A map has a key twice, so no other way to read the file as an ordinary one is worth trying."""


class _Composer(CParser):
    """PyYAML's composer asks for the tag of every node; what a scalar means is no matter of PyYAML here.

    It is answered by functions in C, for it asks hundreds of times.
    """

    # these are only told of the way through the file: what takes two values, or none, and does nothing with them
    descend_resolver = operator.is_
    ascend_resolver = tuple
    # takes the kind, the value and a flag; what it makes of them is the node's tag, and nobody looks at that
    resolve = slice


def may_have_variables(data: bytes) -> bool:
    """Tell whether a text may have a `$` in it, so that its values are searched: `"\\x24"` is one, too."""
    return b"$" in data or b"\\" in data


def compose(data: bytes) -> Any:
    """Return the node of a text, None if there is none. Raises the errors of PyYAML."""
    return _Composer(data).get_single_node()


def parser_error(text: str | bytes) -> YAMLError | None:
    """Return what the C parser finds wrong with a text, None if it is YAML."""
    try:
        CParser(text).raw_parse()
    except YAMLError as error:
        return error
    return None


def map_of(node: Any, source: Source, steps: Steps, variables: Variables | None) -> Map:
    """Return the map of a node, which is used up, and note its texts with a `$`. Raises `NotOrdinary`."""
    made = Map()
    places = made.places = {}
    if len(steps) > MAX_LEVELS:
        raise NotOrdinary
    known = _known
    names = _names
    for key_node, value_node in node.value:
        key = key_node.value
        if key_node.__class__ is not ScalarNode:
            raise NotOrdinary
        if key in places:
            raise KeyTwice
        if key not in names and not key_node.style and not _is_text(key):
            raise NotOrdinary
        value = value_node.value
        if value_node.__class__ is ScalarNode:
            if not value_node.style:
                value = known[value] if value in known else _meaning(value)
            if variables is not None and value.__class__ is str and "$" in value:
                variables.append((made, key, (*steps, key)))
        else:
            part = map_of if value_node.__class__ is MappingNode else seq_of
            value = part(value_node, source, (*steps, key), variables)
        made[key] = value
        places[key] = (key_node, value_node, source, None)
    node.value = None  # what was in it lives on in the map; the pairs would only be in the collector's way
    return made


def seq_of(node: Any, source: Source, steps: Steps, variables: Variables | None) -> Seq:
    """Return the list of a node, as `map_of` does."""
    made = Seq()
    places = made.places = []
    if len(steps) > MAX_LEVELS:
        raise NotOrdinary
    known = _known
    for item in node.value:
        value = item.value
        if item.__class__ is ScalarNode:
            if not item.style:
                value = known[value] if value in known else _meaning(value)
            if variables is not None and value.__class__ is str and "$" in value:
                variables.append((made, len(made), (*steps, len(made))))
        else:
            part = map_of if item.__class__ is MappingNode else seq_of
            value = part(item, source, (*steps, len(made)), variables)
        made.append(value)
        places.append((None, item, source, None))
    node.value = None
    return made


def meaning(text: str) -> Value:
    """Return the value of a plain scalar."""
    return _known[text] if text in _known else _meaning(text)


def _is_text(key: str) -> bool:
    """Tell whether a plain key that is met for the first time is a text."""
    if meaning(key).__class__ is not str:
        return False
    if len(key) <= _MAX_KNOWN_CHARACTERS and len(_names) < _MAX_KNOWN:
        _names.add(key)
    return True


def _meaning(text: str) -> Value:
    """Return the value of a plain scalar that is met for the first time."""
    value: Value = text
    if not text or text[0] in FIRST_OF_OTHERS:
        value = resolve(text, plain=True, tag=None)
    if len(text) <= _MAX_KNOWN_CHARACTERS and len(_known) < _MAX_KNOWN:
        _known[text] = value
    return value
