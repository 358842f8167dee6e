"""A process that reads many files keeps the heads of services: no file may mean anything else for it."""

from pathlib import Path
from typing import Any

import pytest

from bench.submissions import generate
from grader.compose import ordinary
from grader.compose.heads import take_out
from grader.compose.tree import Map, Place, Seq, key_mark, last_line, value_mark
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
    "a service that is only a head": b"services:\n" + HEAD,
    "the same service again": b"services:\n" + SERVICE + SERVICE,
    "lines of Windows": (b"services:\n" + SERVICE).replace(b"\n", b"\r\n"),
    "an old line break": b"services:\n  a:\n    image: x\x0a    hostname: y\xc2\x85    z: 1\n" + BELOW,
    "a line separator": "services:\n  a:\n    image: x\n    hostname: y\u2028    z: 1\n".encode() + BELOW,
    "the sign that stands in": b"services:\n" + SERVICE + "    \ufffc0: x\n".encode(),
    "words of another script": "services:\n# Ä\n".encode() + SERVICE,
    "a variable in a head": b"services:\n  a:\n    image: $IMAGE\n" + BELOW,
    "a variable below": b"services:\n" + HEAD + b"    environment:\n      A: $B\n    hostname: $C\n",
    "a key without a value": b"services:\n  a:\n    image: x\n    ports:\n" + BELOW,
    "a text with kept lines": b"services:\n  a:\n    image: x\n    hostname: |+\n      y\n\n" + BELOW,
    "a plain text of two lines": b"services:\n  a:\n    image: x\n      y\n" + BELOW,
    "a tab": b"services:\n  a:\n    image: x\n\t\n" + BELOW,
    "a second document": b"services:\n" + SERVICE + b"---\n" + SERVICE,
    "no service at all": SERVICE,
    "services without an environment": b"services:\n" + HEAD + HEAD.replace(b"mongodb", b"b") + b"\nvolumes:\n  a:\n",
    "mounts before the environment": b"services:\n" + HEAD + b"    volumes:\n      - a:/b\n" + BELOW,
    "mounts alone": b"services:\n" + HEAD + b"    volumes: [a:/b]\n  # here\n  c:\n    image: d\n",
    "a text of two lines at the end": b"services:\n  a:\n    image: x\n\n      y\n  b:\n    image: x\n\n    tty: on\n",
    "a text that a remark ends": b"services:\n  a:\n    image: x\n  # z\n      y\n  b:\n    image: x\n# z\n",
    "a list behind a remark": b"services:\n  a:\n    image: x\n    ports:\n  # z\n      - 1\n  b:\n    image: x\n",
    "maps at the end": b"services:\n  a:\n    image: x\n    depends_on:\n      b:\n        required: true\n\n\n  b:\n",
    "a text between quotes at the end": b'services:\n  a:\n    image: "x\n\n    y"\n  b:\n    image: "x\n  y"\n',
    "a list between brackets at the end": b"services:\n  a:\n    image: x\n    ports: [\n    1,\n    2 ]\n\n\n  b:\n",
    "lines of its own at the end": b"services:\n  a:\n    image: |+\n      y\n\n\n  b:\n    build: >-\n      z\n\n\n",
    "nothing at the end": b"services:\n  a:\n    image: x\n    ports:\n\n\n  b:\n    image: x\n    dns:\n      -\n\n",
    "a remark at the end": b"services:\n  a:\n    image: x\n    # y\n  # z\n# z\n\n  b:\n    image: x # y\n\n\n",
    "no line break at the end": b"services:\n  a:\n    image: x\n    ports:\n      - 1",
    "spaces in an empty line": b"services:\n  a:\n    image: x\n   \n      y\n  b:\n    image: x\n      \n\n",
    "services in the column of services": b"services:\n" + HEAD + b"environment:\n  A: b\n",
    "a key one to the left": b"services:\n" + HEAD + b"   environment:\n      A: b\n",
    "lines of Windows, one of Unix": (b"services:\n" + HEAD).replace(b"\n", b"\r\n") + BELOW,
    "an old line break of Windows": b"services:\r\n  a:\r\n    image: x\r      y\r\n" + BELOW,
    "nothing but the head": HEAD,
    "an environment that is empty": b"services:\n" + HEAD + b"    environment:\n",
    "an environment in the line": b"services:\n" + HEAD + b"    environment: {A: b}\n",
    "something behind the key": b"services:\n" + HEAD + b"    environment:x\n",
}


@pytest.mark.parametrize("data", SAME_EITHER_WAY.values(), ids=SAME_EITHER_WAY.keys())
def test_a_file_means_the_same_with_and_without_kept_heads(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Values, their order, and every line and column are the same, also where the head was met before."""

    read_alone = _read(data, monkeypatch, many=False)
    met_before = [_read(data, monkeypatch, many=True) for _ in range(2)]
    if met_before[0] is None and read_alone is not None:  # left to the reader that reads everything
        assert data not in (SOLUTION, b"services:\n" + SERVICE, b"services:\n" + HEAD)
        return

    assert met_before == [read_alone, read_alone]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.name}")
def test_a_recorded_file_means_the_same_with_kept_heads(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever Docker Compose was asked about; None is what the reader that reads everything sees to."""
    data = file.read_bytes()

    assert _read(data, monkeypatch, many=True) in (None, _read(data, monkeypatch, many=False))


@pytest.mark.parametrize("number", range(200))
def test_a_generated_submission_means_the_same_with_kept_heads(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nearly all of them have heads, and none needs the slow way because of that."""
    data = generate(number, seed=5).get("docker-compose.yml", b"")

    assert _read(data, monkeypatch, many=True) == _read(data, monkeypatch, many=False)


def test_the_heads_of_a_solution_are_taken_out() -> None:
    """Five services, five heads; the rest keeps its lines."""

    rest, heads = take_out(SOLUTION, ordinary._map_alone)

    assert (len(heads), rest.count(b"\n")) == (5, SOLUTION.count(b"\n"))
    assert b"image:" not in rest


def test_what_is_done_to_a_file_does_not_reach_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """A head is copied whole: whoever changes a list of one file leaves that of the next alone."""
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
    return told, key_mark(place), value_mark(place), last_line(value, place)
