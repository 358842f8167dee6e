"""Lists where maps belong, maps where texts belong, and the other way round, in every place that is read."""

import pytest

from grader.compose.errors import Unreadable
from grader.compose.files import MemoryFiles
from grader.compose.loader import load
from grader.compose.printed import printed
from grader.compose.request import Request
from grader.compose.schema_rules import PROJECT, SERVICE
from tests.hostile.inputs.pieces import COMPOSE, SOLUTION
from tests.hostile.oracle import FOLDER, complaints
from tests.hostile.snippets import WRONG
from tests.hostile.trees import Node, read, write

DEEPER = (
    "[{a: b}]",
    "[2024-01-01]",
    "[true]",
    "{a: ~}",
    "{a: {b: c}}",
    "{a: 2024-01-01}",
    "[{target: 5}]",
    "[{type: bind, target: /x}]",
    "[{source: [a]}]",
    "{driver: [a], config: 5}",
    "{limits: 5, reservations: [a], resources: {limits: [a]}}",
    "{context: [a], args: [5], labels: [~], additional_contexts: [5], ssh: [5], secrets: [5], tags: [[a]]}",
    "{test: 5, interval: [a]}",
    "{external: {name: 5}}",
    "{external: [a], file: [a], name: {a: b}}",
    "{ipam: {config: [5]}}",
    "{a: {aliases: [5]}}",
)
VALUES = (*WRONG, *DEEPER)
EXTENDING = "services:\n  app:\n    extends: {file: b.yml, service: app}\n    environment: [A=1]\n"


def places() -> list[tuple[str, int]]:
    """Return every key, value and item of the solution: what it says, and its number."""
    root = read(SOLUTION)
    assert root is not None
    return [(f"{node.kind} {node.value}"[:40], number) for number, node in enumerate(root.all())]


@pytest.mark.parametrize("value", WRONG)
def test_any_place_of_the_solution_may_hold_anything(value: str) -> None:
    """Keys, values, lists and maps are replaced in turn, each by a third of the values."""
    for shown, number in places()[WRONG.index(value) % 3 :: 3]:
        root = read(SOLUTION)
        assert root is not None
        root.all()[number].become(Node("text", value))

        assert [] == complaints({COMPOSE: write(root).lstrip("\n").encode() + b"\n"}, explain=False), shown


def is_read(files: dict[str, str]) -> bool:
    """Read a project: it is there afterwards, or one sentence says why not."""
    try:
        loaded = load(Request(MemoryFiles(files), FOLDER))
    except Unreadable as error:
        return bool(error.message)
    return bool(printed(loaded)) and loaded.project.services is not None


@pytest.mark.parametrize("key", SERVICE.fields)
def test_any_key_of_a_service_may_hold_anything(key: str) -> None:
    """In the file itself, in one that it extends, and in one that is laid on top."""
    for value in VALUES:
        text = f"services:\n  app:\n    image: x\n    {key}: {value}\n"
        extending = f"{EXTENDING}    {key}: {value}\n" if key not in ("extends", "environment") else EXTENDING

        assert is_read({COMPOSE: text}), value
        assert is_read({COMPOSE: extending, "b.yml": text}), value
        assert is_read({COMPOSE: text, "docker-compose.override.yml": text}), value


@pytest.mark.parametrize("key", PROJECT.fields)
def test_any_key_at_the_top_may_hold_anything(key: str) -> None:
    """Also in a file that is included or extended."""
    for inner in VALUES:
        for value in (inner, f"{{a: {inner}}}", f"{{a: {{a: {inner}}}}}"):
            text = f"{key}: {value}\n" + ("" if key == "services" else "services: {app: {image: x}}\n")

            assert is_read({COMPOSE: text}), value
            assert is_read({COMPOSE: "include: [b.yml]\n", "b.yml": text}), value
            assert is_read({COMPOSE: EXTENDING, "b.yml": text}), value
