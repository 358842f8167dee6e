"""Keys that are there twice: what is taken for granted of them is what a look at the whole document says."""

import random

import pytest

from grader.compose import second_look
from grader.compose.errors import Refusal, Unreadable
from grader.compose.files import MemoryFiles
from grader.compose.loader import load
from grader.compose.request import Request

BASE = """\
services:
  web:
    image: nginx
    environment:
      A: "1"
      B: $C
    ports: ["80:80", {target: 81}]
  db:
    image: mysql
    1: x
volumes:
  data:
  "quoted": {driver: local, labels: {a: b}}
"""


def with_doubles(dice: random.Random) -> str:
    """Return the file with some lines once more: behind themselves, or elsewhere."""
    lines = BASE.splitlines(keepends=True)
    for _ in range(dice.choice([1, 1, 2, 3])):
        line = dice.choice(lines)
        lines.insert(lines.index(line) if dice.random() < 0.6 else dice.randrange(len(lines)), line)
    return "".join(lines)


def refusals(text: str) -> list[Refusal] | str:
    """Return what Compose refuses, or why nothing could be read."""
    try:
        return list(load(Request(MemoryFiles({"compose.yaml": text.encode()}, "/s"), "/s")).refusals)
    except Unreadable as error:
        return error.message


def test_doubled_keys_are_refused_as_by_a_look_at_the_whole_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also beside keys that are no text, and two or three at a time."""
    dice = random.Random(5)
    texts = [with_doubles(dice) for _ in range(300)]

    at_once = [refusals(text) for text in texts]
    monkeypatch.setattr(second_look, "_of_doubles", lambda reading, document: [])
    looked_at = [refusals(text) for text in texts]

    assert looked_at == at_once
    assert sum("already defined" in str(found) for found in at_once) > len(texts) / 3
