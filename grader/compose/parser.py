"""Bytes to documents, and the errors of the parser in Compose's words.

Compose: go-yaml 3.0.4. PyYAML's C parser has the same ancestor and the same messages; where the two differ, see
`grader.compose.strictness`.
"""

from typing import Any

from yaml._yaml import CParser
from yaml.error import YAMLError
from yaml.events import MappingEndEvent, MappingStartEvent, SequenceEndEvent, SequenceStartEvent, StreamEndEvent

from grader.compose.marks import Mark
from grader.compose.oddities import Document
from grader.compose.reader import MAX_DEPTH, read_documents
from grader.compose.reading import PARSE, Reading
from grader.compose.texts import decode


def parse(reading: Reading, data: bytes, name: str) -> list[Document]:
    """Return the documents of a file. A file that is no YAML is refused and read as far as it can be."""
    documents: list[Document] = []
    layer = reading.layer
    before = len(reading.ranked)
    try:
        read_documents(reading, name, CParser(data).get_event, documents)
    except YAMLError as error:
        del reading.ranked[before:]
        reading.layer = (*layer, len(documents))
        message, at = explain(error, name)
        reading.refuse(PARSE, f"failed to parse <f>: yaml: {message}", (), at, "yaml_syntax")
        reading.layer = layer
        return _parse_repaired(reading, data, name, error) or documents
    return documents


def _parse_repaired(reading: Reading, data: bytes, name: str, error: YAMLError) -> list[Document]:
    """Return the documents of a broken file, without the lines that are no YAML."""
    from grader.compose.recovery import repair  # here, because most files are not broken

    repaired = repair(decode(data), _try, error=error)
    if repaired is None:
        return []
    documents: list[Document] = []
    if reading.names[:1] == [name]:
        reading.damaged = repaired.damaged
    try:
        read_documents(reading, name, CParser(repaired.text).get_event, documents)
    except YAMLError:
        return []
    return documents


def _try(text: str) -> None:
    """Raise the parser's error if a text is no YAML, or is nested too deeply to be read."""
    next_event = CParser(text).get_event
    depth = 0
    while True:
        kind = next_event().__class__
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            depth += 1
            if depth > MAX_DEPTH:
                raise YAMLError
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            depth -= 1
        elif kind is StreamEndEvent:
            return


def explain(error: Any, name: str) -> tuple[str, Mark]:
    """Return go-yaml's text for an error of PyYAML's C parser, and the place where the mistake is.

    go-yaml names the line of the context where it has one, else that of the problem; it counts from 0 and adds 1 only
    for errors of its scanner.
    """
    problem_mark = getattr(error, "problem_mark", None)
    if problem_mark is None:
        return str(error.reason), Mark(name, 1, 1)
    context_mark = error.context_mark
    line = context_mark.line if context_mark is not None and context_mark.line else problem_mark.line
    if line and type(error).__name__ == "ScannerError":
        line += 1
    where = f"line {line}: " if line else ""
    # What began and never ended is the place to look at; where a block began is not.
    at = problem_mark if context_mark is None or "block" in (error.context or "") else context_mark
    return f"{where}{error.problem}", Mark(name, at.line + 1, at.column + 1)
