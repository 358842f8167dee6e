"""A process that reads many files keeps their parts and lines: no file may mean anything else for it."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yaml.error import YAMLError

from bench.submissions import generate
from grader.compose import kept, ordinary
from grader.compose.composer import NotOrdinary
from grader.compose.document import Document
from grader.compose.parts import read_parts
from grader.compose.tree import Map, Place, Seq, Source, key_mark, last_line, value_mark
from tests.compose.recorded import CASES

FILES = sorted(file for file in CASES.glob("*/**/*.y*ml") if file.is_file())
ROOT = Path(__file__).parents[2]
SOLUTION = (ROOT / "solutions" / "docker-compose.yml").read_bytes()
HEAD = b"  mongodb:\n    image: mongo:latest\n    ports:\n      - 27017:27017\n"
BELOW = b"    environment:\n      A: b\n"
SERVICE = HEAD + BELOW

SAME_EITHER_WAY = {
    "the solution": SOLUTION,
    "a remark in a head": b"services:\n" + HEAD + b"    # mine\n" + BELOW,
    "a key again below": b"services:\n" + SERVICE + b"    image: other\n",
    "a text in lines of its own": b"services:\n  x: |\n" + SERVICE,
    "a text between quotes": b'services:\n  x: "\n' + SERVICE + b'  "\n',
    "a quote that begins in the head": b'services:\n  a:\n    image: "x\n' + BELOW + b'    y: z"\n',
    "a list between brackets": b"services: {\n" + SERVICE + b"}\n",
    "a map that is not indented": b"services:\n" + HEAD + b"    ports:\n    - 1\n" + BELOW,
    "another top-level key": b"configs:\n" + SERVICE,
    "two services alike": b"services:\n" + SERVICE + SERVICE.replace(b"mongodb", b"other"),
    "the same service again": b"services:\n" + SERVICE + SERVICE,
    "lines of Windows": (b"services:\n" + SERVICE).replace(b"\n", b"\r\n"),
    "an old line break": b"services:\n  a:\n    image: x\x0a    hostname: y\xc2\x85    z: 1\n" + BELOW,
    "a line separator": "services:\n  a:\n    image: x\n    hostname: y\u2028    z: 1\n".encode() + BELOW,
    "words of another script": "services:\n# Ä\n".encode() + SERVICE,
    "a variable in a head": b"services:\n  a:\n    image: $IMAGE\n" + BELOW,
    "a variable below": b"services:\n" + HEAD + b"    environment:\n      A: $B\n    hostname: $C\n",
    "a variable in other letters": b'services:\n  a:\n    image: "\\x24I"\n    environment:\n      A: "\\u0024B"\n',
    "a key without a value": b"services:\n  a:\n    image: x\n    ports:\n" + BELOW,
    "a text with kept lines": b"services:\n  a:\n    image: x\n    hostname: |+\n      y\n\n" + BELOW,
    "a plain text of two lines": b"services:\n  a:\n    image: x\n      y\n" + BELOW,
    "a tab": b"services:\n  a:\n    image: x\n\t\n" + BELOW,
    "a second document": b"services:\n" + SERVICE + b"---\n" + SERVICE,
    "no service at all": SERVICE,
    "nothing but the head": HEAD,
    "an environment that is empty": b"services:\n" + HEAD + b"    environment:\n",
    "an environment in the line": b"services:\n" + HEAD + b"    environment: {A: b}\n",
    "something behind the key": b"services:\n" + HEAD + b"    environment:x\n",
    "a service of comments": b"services:\n  a:\n    # nothing\n  b:\n    image: x\n",
    "keys that stand alone": b"services:\n  a:\n    environment:\n    volumes:\n  b:\nvolumes:\nnetworks:\n",
    "a block first": b"services:\n  a:\n" + BELOW + b"    image: x\n    volumes:\n      - a:/b\n    restart: no\n",
    "items in the column of their key": b"services:\n  a:\n    environment:\n    - A=b\n    - C=$D\n    image: x\n",
    "items in two columns": b"services:\n  a:\n    environment:\n    - A=b\n      - C=d\n",
    "a map and a list": b"services:\n  a:\n    environment:\n      A: b\n      - C=d\n",
    "entries that are lists": b"services:\n  a:\n    environment:\n      A:\n      - C=d\n",
    "a list of maps": b"services:\n  a:\n    volumes:\n      - type: bind\n        source: $X\n        target: /y\n",
    "an entry twice": b"services:\n  a:\n    environment:\n      A: b\n      A: c\n",
    "an entry of two lines": b"services:\n  a:\n    environment:\n      A: b\n        c\n      D: e\n",
    "a text of lines as an entry": b"services:\n  a:\n    environment:\n      A: |\n        # b\n      D: e\n",
    "a text that has no lines": b"services:\n  a:\n    environment:\n      A: |\n      # b\n      D: e\n",
    "a quote over entries": b"services:\n  a:\n    environment:\n      A: 'b\n      C: d'\n      E: f\n",
    "a bracket over entries": b"services:\n  a:\n    environment:\n      A: [b,\n      C: d]\n",
    "a text with a block in it": b"services:\n  a:\n    command: >1\n     b\n    environment:\n      A: b\n",
    "a text over sections": b"a: |\n  services:\n  b:\n    environment:\nc:\n  d:\n",
    "a quote over sections": b"a: 'x\n\nservices:\n  b:\n    image: y\nvolumes:\n'\n",
    "a key of the margin": b"services:\n  a:\n    environment:\n      A: b\nx,y:\n  c:\n",
    "a key that is no text": b"services:\n  a:\n    environment:\n      yes: 1\n      null: 2\n",
    "a section that is no text": b"true:\n  a:\n    environment:\n      B: 1\n",
    "a level too many": b"services:\n    environment:\n      A: b\n",
    "a section twice": b"services:\n  a:\n    image: x\nservices:\n  b:\n    image: y\n",
    "a block twice": b"services:\n  a:\n" + BELOW + BELOW,
    "a marked beginning": b"# a\n---\nservices:\n" + SERVICE,
    "a marked end": b"services:\n" + SERVICE + b"...\n",
    "a mark of the byte order": b"\xef\xbb\xbfservices:\n" + SERVICE,
    "a mark of the byte order inside": b"services:\n" + HEAD + b"\xef\xbb\xbf\n" + BELOW,
    "no line end at the end": (b"services:\n" + SERVICE)[:-1],
    "a key at the end": b"services:\n" + SERVICE + b"volumes:\n  a:",
    "spaces at the end": b"services:\n" + SERVICE + b" ",
    "a comment at the end": b"services:\n" + SERVICE + b" # mine",
    "a control character in a comment": b"services:\n" + HEAD + b"    environment:\n      # \x07\n      A: b\n",
    "a comment that is no text": b"services:\n" + HEAD + b"    environment:\n      # \xff\n      A: b\n",
    "nothing": b"",
    "comments": b"# a\n# b\n",
}


@pytest.mark.parametrize("data", SAME_EITHER_WAY.values(), ids=SAME_EITHER_WAY.keys())
def test_a_file_means_the_same_with_and_without_kept_parts(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Values, their order, and every line and column are the same, also where the parts were met before."""

    read_alone = _read(data, monkeypatch, many=False)
    met_before = [_read(data, monkeypatch, many=True) for _ in range(2)]
    if met_before[0] is None and read_alone is not None:  # left to the reader that reads everything
        assert data not in (SOLUTION, b"services:\n" + SERVICE)
        return

    assert met_before == [read_alone, read_alone]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.name}")
def test_a_recorded_file_means_the_same_with_kept_parts(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever Docker Compose was asked about; None is what the reader that reads everything sees to."""
    data = file.read_bytes()

    assert _read(data, monkeypatch, many=True) in (None, _read(data, monkeypatch, many=False))


@pytest.mark.parametrize("number", range(200))
def test_a_generated_submission_means_the_same_with_kept_parts(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nearly all of them have parts, and none needs the slow way because of that."""
    data = generate(number, seed=5).get("docker-compose.yml", b"")

    assert _read(data, monkeypatch, many=True) == _read(data, monkeypatch, many=False)


def test_a_solution_is_put_together_of_lines_and_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever differs from it in a value and a remark costs the parser nothing."""
    read_parts(SOLUTION, "f")
    monkeypatch.setattr(kept, "compose", None)

    other = read_parts(SOLUTION.replace(b"root_password", b"never-seen").replace(b"# Who this", b"# My"), "f")

    assert other.root["services"]["mysql"]["environment"]["MYSQL_ROOT_PASSWORD"] == "never-seen"


WORDS = st.text("abZ09_./:@,=+%!-#'\"\\ \t{}[]*&|>?~é$", max_size=8)
VALUES = st.one_of(
    WORDS, st.sampled_from(["1", "yes", "true", "null", "~", "0x1F", "1e3", "2024-01-02", "a: b", "a #b"])
)


@given(
    st.sampled_from(["      ", "    ", "        "]),
    WORDS,
    st.sampled_from([": ", ":", " : ", "=", ""]),
    VALUES,
    st.booleans(),
)
def test_a_line_is_what_the_parser_makes_of_it(margin: str, key: str, between: str, value: str, is_item: bool) -> None:
    """The plainest lines are read without it: kind, values and nodes are the same, and no other line is taken."""
    line = f"{margin}{'- ' if is_item else ''}{key}{between}{value}".encode()
    found = _line(kept._plainest, line)
    composed = _line(kept._composed, line)

    assert found in (None, composed)


@given(st.lists(st.tuples(st.sampled_from(["", "  ", "    ", "      ", "      - ", "    - "]), VALUES), max_size=9))
def test_lines_of_all_kinds_mean_the_same_with_kept_parts(lines: list[tuple[str, str]]) -> None:
    """Whatever stands among services, blocks and entries."""
    data = "services:\n  a:\n    environment:\n      A: b\n" + "".join(f"{margin}{text}\n" for margin, text in lines)
    try:
        joined: Any = read_parts(data.encode(), "f")
    except (NotOrdinary, YAMLError):
        return
    joined.put_back()

    alone = ordinary._document(data.encode(), "f")

    assert isinstance(alone, Document)
    assert (_told(joined.root), joined.variables) == (_told(alone.root), alone.variables)


def test_what_is_done_to_a_file_does_not_reach_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part is copied whole: whoever changes a list of one file leaves that of the next alone."""
    monkeypatch.setattr(ordinary, "_read_so_far", ordinary._MANY)
    data = b"services:\n" + SERVICE
    first = ordinary.read_ordinary(data, "f")
    assert first is not None
    first.put_back()

    first.root["services"]["mongodb"]["ports"].clear()
    first.root["services"]["mongodb"]["ports"].places.clear()
    again = ordinary.read_ordinary(data, "f")

    assert again is not None
    again.put_back()
    assert again.root["services"]["mongodb"]["ports"] == ["27017:27017"]


def _line(read: Any, text: bytes) -> Any:
    """Return all that a line tells; None for one that is left to the parser, or is no entry for it either."""
    try:
        line = read(text)
    except (NotOrdinary, YAMLError):
        return None
    if line is None or line[0] == kept.OTHER:
        return None
    return line[:3], type(line[2]), [node and (node.value, node.style, _reach(node, ("", 0))) for node in line[3:]]


def _reach(node: Any, source: Source) -> tuple[int, int, int, int]:
    start, end = node.start_mark, node.end_mark
    return start.line + source[1], start.column, end.line + source[1], end.column


def _read(data: bytes, monkeypatch: pytest.MonkeyPatch, *, many: bool) -> Any:
    """Return all of a document that can be told from outside; None if it is not ordinary."""
    monkeypatch.setattr(ordinary, "_read_so_far", ordinary._MANY if many else -1)
    document = ordinary.read_ordinary(data, "docker-compose.yml")
    if document is None:
        return None
    document.put_back()
    variables = [(list(container), key, steps) for container, key, steps in document.variables]
    return _told(document.root), variables


def _told(value: Any, place: Place | None = None) -> Any:
    if type(value) is Map:
        told: Any = [(key, _told(item, value.places[key])) for key, item in value.items()]
        assert list(value.places) == list(value)
    elif type(value) is Seq:
        told = [_told(item, at) for item, at in zip(value, value.places, strict=True)]
    else:
        told = (type(value), value)
    if place is None:
        return told
    reaches = [node and _reach(node, place[2]) for node in place[:2]]
    return told, reaches, key_mark(place), value_mark(place), last_line(value, place)
