"""The short way for an ordinary file: one document without anchors, tags, merge keys and keys that are there twice.

PyYAML composes its nodes in C, in half the time that events take. Its recursion ends the process on deep nesting, so
only files that cannot nest deeply come here. Whatever is not ordinary goes the way of `grader.compose.reader`.
"""

import re

from yaml.composer import ComposerError
from yaml.error import YAMLError
from yaml.nodes import MappingNode

from grader.compose.composer import KeyTwice, NotOrdinary, compose, map_of, may_have_variables, parser_error
from grader.compose.document import Document

MAX_BYTES = 64 * 1024
MAX_OPENINGS = 1000  # characters that may begin a list or map; levels made by indentation alone are at most 362

# Behind a letter or digit both signs are part of a text: `pass!`. Not compiled here: few files need it.
_ANCHOR_OR_TAG = rb"(?:^|[^0-9A-Za-z_])[&!]"
_MERGE_KEY = rb"(?<!<)<<(?!<)"  # more signs are a mark that git leaves behind

# files that one process reads before it begins to remember parts of them; rubric, skeleton and a submission are nine
_MANY = 16
_read_so_far = 0


def may_be_ordinary(data: bytes) -> bool:
    """Tell whether a file has no anchors, tags and merge keys, and cannot nest deeply."""
    if len(data) > MAX_BYTES or (b"<" in data and re.search(_MERGE_KEY, data)):
        return False
    if (b"&" in data or b"!" in data) and re.search(_ANCHOR_OR_TAG, data):
        return False
    return len(data) - len(data.translate(None, b"-?[{")) <= MAX_OPENINGS


def read_ordinary(data: bytes, name: str) -> Document | None:
    """Return the document of the file that marks call `name`, None if the file is not ordinary.

    Heads of its services may be held back: whoever wants all of it calls `put_back`.
    """
    found = read_or_stop(data, name)
    return found if found.__class__ is Document else None


def read_or_stop(data: bytes, name: str) -> Document | YAMLError | None:
    """Return what `read_ordinary` does, and the error of PyYAML's parser where it is known that the file is no YAML."""
    if not may_be_ordinary(data):
        return None
    global _read_so_far
    _read_so_far += 1
    if _read_so_far < _MANY:
        return _document(data, name)
    from grader.compose.parts import read_parts  # here, because who grades one file has no use for it

    try:
        return read_parts(data, name)
    except KeyTwice:
        return None
    except NotOrdinary:
        error = None
    except YAMLError:  # it may be that of a part only
        error = parser_error(data)
    return error or _document(data, name)


def _document(data: bytes, name: str) -> Document | YAMLError | None:
    try:
        root = compose(data)
        if root.__class__ is not MappingNode:
            return None
        document = Document(0)
        source = (name, 1)
        document.root = map_of(root, source, (), document.variables if may_have_variables(data) else None)
    except NotOrdinary:
        return None
    except YAMLError as error:
        return None if isinstance(error, ComposerError) else error
    document.place = (None, root, source, None)
    return document
