"""What is handed in instead of an answer: no YAML, nothing, something else, something nasty."""

import random
from collections.abc import Callable, Sequence

COMPOSE = "docker-compose.yml"
ALIAS_LEVELS = 9
BRACKETS = 20_000


def _empty(skeleton: str, rng: random.Random) -> dict[str, bytes]:
    return {COMPOSE: b""}


def _binary(skeleton: str, rng: random.Random) -> dict[str, bytes]:
    return {COMPOSE: b"\x89PNG\r\n\x1a\n" + rng.randbytes(2_000)}


def _no_yaml(skeleton: str, rng: random.Random) -> dict[str, bytes]:
    return {COMPOSE: b'Dear all,\n\nI could not finish: my laptop broke [yesterday. "Sorry!\n\tBest regards\n'}


def _missing(skeleton: str, rng: random.Random) -> dict[str, bytes]:
    return {"notes.txt": b"see my repository\n"}


def _nothing(skeleton: str, rng: random.Random) -> dict[str, bytes]:
    return {}


def _utf_16(skeleton: str, rng: random.Random) -> dict[str, bytes]:
    return {COMPOSE: skeleton.encode("utf-16")}


def _conflict(skeleton: str, rng: random.Random) -> dict[str, bytes]:
    half = len(skeleton) // 2
    return {COMPOSE: f"{skeleton[:half]}\n<<<<<<< HEAD\n=======\n>>>>>>> main\n{skeleton[half:]}".encode()}


def _three_files(skeleton: str, rng: random.Random) -> dict[str, bytes]:
    other = skeleton.replace("8000:8000", f"{rng.randrange(8001, 9000)}:8000")
    return {COMPOSE: skeleton.encode(), "docker-compose-old.yml": other.encode(), "compose-final.yml": other.encode()}


def _alias_bomb(skeleton: str, rng: random.Random) -> dict[str, bytes]:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]\n"]
    for level in range(1, ALIAS_LEVELS):
        levels.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n")
    return {COMPOSE: "".join(levels).encode()}


def _deep(skeleton: str, rng: random.Random) -> dict[str, bytes]:
    return {COMPOSE: b"services: " + b"[" * BRACKETS}


def _escapes(skeleton: str, rng: random.Random) -> dict[str, bytes]:
    text = skeleton.replace(
        "    # Add the environment here: the name", "    environment:\n      '\x1b[31m=1+1': '=cmd|x'\n    #"
    )
    return {COMPOSE: text.encode()}


BROKEN: Sequence[Callable[[str, random.Random], dict[str, bytes]]] = (
    _empty,
    _binary,
    _no_yaml,
    _missing,
    _nothing,
    _utf_16,
    _conflict,
    _three_files,
    _alias_bomb,
    _deep,
    _escapes,
)
