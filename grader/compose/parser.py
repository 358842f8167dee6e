"""Bytes to documents, and the errors of the parser in Compose's words.

PyYAML's C parser reads nearly every file. Where go-yaml may see it otherwise, `goyaml` has the last word.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from yaml._yaml import CParser
from yaml.error import MarkedYAMLError, YAMLError

from grader.compose.document import Document
from grader.compose.errors import Refusal
from grader.compose.marks import Mark
from grader.compose.ordinary import read_or_stop, read_ordinary
from grader.compose.reading import PARSE, Reading
from grader.compose.texts import UTF_16_MARKS, decode, lines
from grader.light_yaml import complete

MAX_EXACT_BYTES = 64 * 1024  # larger files are left to the C parser: a second opinion would take too long

# Lines that nobody reads in two ways: comments, and lists and maps of words. Not compiled here: few files need it.
_WORD = rb"""(?:"[^"\\\r\n]*"|'[^'\r\n]*'|[A-Za-z0-9][\w./@-]*)"""
_LIST = rb"\[ *%b(?: *, *%b)* *\]" % (_WORD, _WORD)
_PAIR = rb"[\w.-]+: +%b" % _WORD
_SAME_FOR_BOTH = rb"^[ ]*(?:#.*|[\w-]+:[ ]+(?:%b|\{ *%b(?: *, *%b)* *\}) *\r?)$" % (_LIST, _PAIR, _PAIR)

# So many lists and maps begin inside each other that nobody reads on, with what go-yaml may look at before it says so.
_TOO_DEEP = rb"(?:[\[{]\s*){120}(?=[\[{\s]{1100})"

TAB_PROBLEM = "found a tab character that violates indentation"


def parse(reading: Reading, data: bytes, name: str) -> list[Document]:
    """Return the documents of a file. A file that is no YAML is refused and read as far as it can be."""
    differs = _may_differ(data)
    found = None if differs else read_or_stop(data, name)
    if isinstance(found, YAMLError) and complete():
        found = read_or_stop(data, name)  # again, for an error that is PyYAML's own
    if isinstance(found, Document):
        return [found]
    complete()  # the errors that may come now are those of the whole PyYAML
    layer = reading.layer
    before = len(reading.ranked)
    documents, error, is_known = _read_closely(reading, data, name, found, differs=differs)
    if error is None:
        return documents
    reading.layer = (*layer, len(documents))
    message, at = explain(error, name, data)
    reading.refuse(PARSE, f"failed to parse <f>: yaml: {message}", (), at, "yaml_syntax")
    said = (*reading.layer, PARSE)
    reading.layer = layer
    if reading.strict:
        return documents
    told = reading.ranked[before:]
    # of what was said before it, the mended file may say something else
    reading.bend((*said, 0) if not documents and all(rank > said for rank, _, _ in told[:-1]) else layer)
    reading.ranked[before:] = told[-1:]
    repaired = _read_mended(reading, data, name, error, before, is_known=is_known)
    if not repaired and len(told) > 1:
        reading.ranked[before:] = told  # an unknown anchor before the place that is no YAML is what Compose says
    return repaired or documents


def _read_closely(
    reading: Reading, data: bytes, name: str, error: YAMLError | None, *, differs: bool
) -> tuple[list[Document], YAMLError | None, bool]:
    """Return what `_read` does for go-yaml, and whether the C parser finds something wrong too.

    `error` is what it finds, if that is known; then the file has no anchors and tags.
    """
    from grader.compose.exact import exact_error, exactly  # here, because few files need it

    layer = reading.layer
    before = len(reading.ranked)

    def read(next_event: Callable[[], Any]) -> tuple[list[Document], YAMLError | None]:
        del reading.ranked[before:]
        reading.layer = layer
        return _read(reading, name, next_event)

    documents: list[Document] = []
    known = reading.exact.get(data)
    if known is None and error is not None:
        known = exact_error(data, error, reading.budget.values)
    if known is None:
        deep = None if differs else re.search(_TOO_DEEP, data)
        if deep is not None:
            read(CParser(data[: deep.end()]).get_event)  # this ends it, if nothing before it is wrong
        documents, error = read(CParser(data).get_event)
        if len(data) <= MAX_EXACT_BYTES and (error is not None or differs):
            known = exactly(data, error)
    is_known = error is not None
    if known is not None:
        reading.exact[data] = known
        documents, error = read(known.from_start())
    if any(document.odd for document in documents):
        from grader.compose.second_look import look_again  # here, because few files need it

        events = CParser(data).get_event if known is None else known.from_start()
        look_again(reading, name, data, documents, events, layer)
    return documents, error, is_known


def _read(reading: Reading, name: str, next_event: Callable[[], Any]) -> tuple[list[Document], YAMLError | None]:
    """Return the documents that are complete, and the error that ended the file."""
    from grader.compose.reader import read_documents  # here, because ordinary files do without

    documents: list[Document] = []
    try:
        read_documents(reading, name, next_event, documents)
    except YAMLError as error:
        return documents, error
    return documents, None


def _may_differ(data: bytes) -> bool:
    """Tell whether a file holds a form that the C parser takes and go-yaml does not, or reads otherwise."""
    if (b"\\" in data and b"\\/" in data) or (b"%" in data and b"%YAML" in data):  # one sign is found faster than two
        return True
    if (b"?" not in data and b"!" not in data) or not (_odd_bracket(data, b"[") or _odd_bracket(data, b"{")):
        return False
    # They differ inside brackets and braces only. The braces of `${NAME}` are text where no others have opened before.
    rest = re.sub(_SAME_FOR_BOTH, b"", data, flags=re.MULTILINE).replace(b"${", b"")
    return (b"?" in rest or b"!" in rest) and (b"[" in rest or b"{" in rest)


def _odd_bracket(data: bytes, sign: bytes) -> bool:
    """Tell whether a bracket stands in a line that might be read in two ways."""
    at = data.find(sign)
    while at >= 0:
        end = data.find(b"\n", at) % (len(data) + 1)  # behind the last line: -1
        line = data[data.rfind(b"\n", 0, at) + 1 : end]
        if sign in line.replace(b"${", b"") and not re.fullmatch(_SAME_FOR_BOTH, line):
            return True
        at = data.find(sign, end)
    return False


def _read_mended(
    reading: Reading, data: bytes, name: str, error: YAMLError, refusal: int, *, is_known: bool
) -> list[Document]:
    """Return the documents of a broken file, without the lines that are no YAML; `is_known` is as `mended` takes it.

    `refusal` is the number of the one that says so: it goes to the quote that was never closed, if that is the reason.
    """
    from grader.compose.mending import mended  # here, because most files are not broken

    found = mended(data, error, is_known=is_known)
    if found is None:
        return []
    if found.open_quote is not None:
        _move_to_quote(reading, refusal, Mark(name, *found.open_quote))
    if reading.names[:1] == [name]:
        reading.damaged = found.damaged
    reading.mended.update((name, line) for line in found.mended)
    meant = found.text.encode()
    # where lines are lost it counts where exactly a service ends, and events say it
    ordinary = None if found.damaged else read_ordinary(meant, name)
    return [ordinary] if ordinary is not None else _read(reading, name, CParser(meant).get_event)[0]


def _move_to_quote(reading: Reading, number: int, quote: Mark) -> None:
    """Mark the quote that is open, and not the place far below where the parser has noticed that something is odd."""
    rank, order, refusal = reading.ranked[number]
    if quote.line < refusal.at.line:
        reading.ranked[number] = (rank, order, refusal._replace(at=quote))


def better_marked(first: Refusal, others: Sequence[Refusal]) -> Refusal:
    """Return the refusal of broken YAML with the place that mending the file has brought to light."""
    if first.kind != "yaml_syntax":
        return first
    same = (other for other in others if (other.message, other.kind) == (first.message, first.kind))
    return next((other for other in same if other.at.file == first.at.file), first)


def explain(error: Any, name: str, data: bytes) -> tuple[str, Mark]:
    """Return go-yaml's text for an error of the parser, and the place where the mistake is.

    go-yaml names the line of the context where it has one, else that of the problem; it counts from 0 and adds 1 only
    for errors of its scanner.
    """
    if not isinstance(error, MarkedYAMLError):
        before = lines(_before_odd_sign(data))
        return str(error.reason), Mark(name, len(before), len(before[-1]) + 1)
    problem: Any = error.problem_mark
    context: Any = error.context_mark
    line = context.line if context is not None and context.line else problem.line
    if line and type(error).__name__ == "ScannerError":
        line += 1
    where = f"line {line}: " if line else ""
    # What began and never ended is the place to look at; where a block began is not.
    # Neither is the text in front of a tab.
    elsewhere = "block" in (error.context or "") or error.problem == TAB_PROBLEM
    at = problem if context is None or elsewhere else context
    return f"{where}{error.problem}", Mark(name, at.line + 1, at.column + 1)


def _before_odd_sign(data: bytes) -> str:
    """Return the text in front of the first byte that is no UTF-8, or character that no YAML file may hold."""
    from grader.compose.stops import CONTROL  # here, because most files have none

    end = len(data)
    if data[:2] not in UTF_16_MARKS:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            end = error.start
    text = decode(data[:end])
    found = CONTROL.search(text)
    return text if found is None else text[: found.start()]


def is_no_text(problem: str) -> bool:
    """Tell whether the parser's words are about bytes, and not about YAML."""
    return "UTF-8" in problem or "control characters" in problem
