"""Random compose projects, odd but possible, in the parts that a student writes."""

import json
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

Draw = st.DrawFn

NAMES = ["A", "B", "C", "A_1", "LONG_NAME", "a", "K.x", "1N", "é"]
SHELL = {"SHELL": "from shell", "EMPTY": "", "A": "shell-a"}

PIECES: dict[str, dict[str, list[str]]] = json.loads(
    (Path(__file__).parents[1] / "data" / "compose_pieces.json").read_text("utf-8")
)


class Written(NamedTuple):
    """The files of a project by name, and the variables of the shell."""

    files: dict[str, str]
    shell: dict[str, str]


def _one(draw: Draw, usual: list[str], refused: list[str]) -> str:
    """Draw a text; one in thirty is one that Compose may refuse."""
    return draw(st.sampled_from(refused if draw(st.integers(0, 29)) == 29 else usual))


def _piece(draw: Draw, kind: str) -> str:
    return _one(draw, PIECES[kind]["usual"], PIECES[kind]["refused"])


def _value(draw: Draw, indent: str) -> str:
    kind = draw(st.integers(0, 9))
    if kind < 3:
        text = _piece(draw, "templates")
        return f'"{text}"' if draw(st.booleans()) or text[-1] in "{:" or ": " in text else text
    return _piece(draw, "values").replace("{i}", indent)


def _map_lines(draw: Draw, indent: str, anchors: list[str]) -> list[str]:
    unique = draw(st.integers(0, 19)) != 19
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=unique))
    lines = [f"{indent}{name}: {_value(draw, indent)}" for name in names]
    if draw(st.booleans()) and anchors:
        merged = draw(
            st.sampled_from(
                [f"*{anchors[0]}", "[" + ", ".join(f"*{name}" for name in anchors) + "]", "{A: merged, B: 1}"]
            )
        )
        lines.insert(draw(st.integers(0, len(lines))), f"{indent}<<: {merged}")
    return lines


def _environment(draw: Draw, anchors: list[str]) -> list[str]:
    kind = draw(st.integers(0, 19))
    if anchors and kind < 3:
        return [f"    environment: *{draw(st.sampled_from(anchors))}"]
    if kind < 11:
        return ["    environment:", *_map_lines(draw, "      ", anchors)]
    if kind < 18:
        size = draw(st.integers(1, 4))
        return ["    environment:", *(f"      - {_piece(draw, 'items')}" for _ in range(size))]
    return [f"    environment: {draw(st.sampled_from(['{}', '[]', '', '{A: 1, B: x}', '[A=1, B]', 'A=1', '5']))}"]


def _env_file(draw: Draw) -> list[str]:
    entries = [
        "f1.env",
        "./f1.env",
        "f2.env",
        "{path: f2.env}",
        "{path: f1.env, format: raw}",
        "{path: gone.env, required: false}",
        ".env",
    ]
    refused = ["gone.env", "{required: false}", "5", "", "{path: f1.env, format: x}", "${"]
    if draw(st.booleans()):
        return [f"    env_file: {_one(draw, ['f1.env', 'f2.env', '${NO:-f1}.env', '[]'], refused)}"]
    size = draw(st.integers(1, 3))
    return ["    env_file:", *(f"      - {_one(draw, entries, refused)}" for _ in range(size))]


def _volumes(draw: Draw) -> list[str]:
    lines = ["    volumes:"]
    for _ in range(draw(st.integers(1, 4))):
        long = draw(st.integers(0, 3)) == 0
        lines.append(f"      - {_piece(draw, 'long_mounts' if long else 'mounts')}")
    return lines


def _service(draw: Draw, name: str, anchors: list[str], *, whole: bool) -> list[str]:
    blocks = [["    image: x"]] if whole or draw(st.booleans()) else []
    if draw(st.integers(0, 3)):
        blocks.append(_environment(draw, anchors))
    if draw(st.integers(0, 3)) == 0:
        blocks.append(_env_file(draw))
    if draw(st.booleans()):
        blocks.append(_volumes(draw))
    if draw(st.integers(0, 4)) == 0:
        blocks.append([f"    {_piece(draw, 'extras')}"])
    if not blocks:
        return [f"  {name}: {{}}"]
    return [f"  {name}:", *(line for block in draw(st.permutations(blocks)) for line in block)]


def _compose_file(draw: Draw, *, whole: bool) -> str:
    lines: list[str] = []
    anchors: list[str] = []
    if draw(st.integers(0, 3)) == 0:
        for anchor in draw(st.sampled_from([["one"], ["one", "two"]])):
            lines += [f"x-{anchor}: &{anchor}", *_map_lines(draw, "  ", anchors)]
            anchors.append(anchor)
    lines.append("services:")
    for name in draw(st.sampled_from([["app"], ["app"], ["app", "web"]] if whole else [["app"], ["web", "app"]])):
        lines += _service(draw, name, anchors, whole=whole)
    if whole or draw(st.booleans()):
        lines.append("volumes:")
        lines += [f"  {name}: {_piece(draw, 'declarations')}" for name in ("db", "data")]
    return "\n".join(lines) + draw(st.sampled_from(["\n", "\n", ""]))


def _dotenv(draw: Draw) -> str:
    size = draw(st.integers(0, 4))
    return "".join(_piece(draw, "variables") + "\n" for _ in range(size)) + draw(
        st.sampled_from(["", "", "LAST=1", "BARE"])
    )


@st.composite
def projects(draw: Draw) -> Written:
    """Draw a project of one or two files, with `.env` and env files."""
    files = {"docker-compose.yml": _compose_file(draw, whole=True), "f1.env": _dotenv(draw), "f2.env": _dotenv(draw)}
    if draw(st.booleans()):
        files[".env"] = _dotenv(draw)
    if draw(st.integers(0, 2)) == 0:
        files["docker-compose.override.yml"] = _compose_file(draw, whole=False)
    return Written(files, SHELL if draw(st.booleans()) else {})
