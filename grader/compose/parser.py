"""Bytes to documents, and the errors of the parser in Compose's words.

Compose: go-yaml 3.0.4. PyYAML's C parser has the same ancestor and the same messages; where the two differ, see
`grader.compose.strictness`.
"""

from typing import Any

from yaml._yaml import CParser
from yaml.error import YAMLError

from grader.compose.marks import Mark
from grader.compose.oddities import Document
from grader.compose.reader import read_documents
from grader.compose.reading import PARSE, Reading


def parse(reading: Reading, data: bytes, name: str) -> list[Document]:
    """Return the documents of a file. A file that is no YAML is refused and read as far as it can be."""
    documents: list[Document] = []
    try:
        read_documents(reading, name, CParser(data).get_event, documents)
    except YAMLError as error:
        message, at = explain(error, name)
        reading.refuse(PARSE, f"failed to parse <f>: yaml: {message}", (), at, "yaml_syntax")
    return documents


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
    return f"{where}{error.problem}", Mark(name, problem_mark.line + 1, problem_mark.column + 1)
