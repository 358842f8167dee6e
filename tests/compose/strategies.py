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
    """The files of a project by name, the variables of the shell, the files named by `-f`, and active profiles."""

    files: dict[str, str]
    shell: dict[str, str]
    named: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()


class Anchors(NamedTuple):
    """The anchors of a file by what they hold: a map of variables, a list of items, a list of mounts, a service."""

    maps: list[str]
    items: list[str]
    mounts: list[str]
    services: list[str]


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


def _environment(draw: Draw, anchors: Anchors, tag: str) -> list[str]:
    kind = draw(st.integers(0, 19))
    if anchors.maps and kind < 3:
        return [f"    environment: *{draw(st.sampled_from([*anchors.maps, *anchors.items]))}"]
    if kind < 11:
        return [f"    environment:{tag}", *_map_lines(draw, "      ", anchors.maps)]
    if kind < 18:
        size = draw(st.integers(1, 4))
        return [f"    environment:{tag}", *(f"      - {_piece(draw, 'items')}" for _ in range(size))]
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


def _volumes(draw: Draw, anchors: Anchors, tag: str) -> list[str]:
    if draw(st.booleans()) and anchors.mounts:
        return [f"    volumes: *{draw(st.sampled_from(anchors.mounts))}"]
    lines = [f"    volumes:{tag}"]
    for _ in range(draw(st.integers(1, 4))):
        long = draw(st.integers(0, 3)) == 0
        lines.append(f"      - {_piece(draw, 'long_mounts' if long else 'mounts')}")
    return lines


def _tag(draw: Draw, *, later: bool) -> str:
    """Draw a tag for a block; `!reset` and `!override` mean something in a file laid on another."""
    return draw(st.sampled_from(["", "", " !override", " !reset"] if later else [*[""] * 15, " !override"]))


def _extends(draw: Draw) -> list[str]:
    usual = [
        "extends: base",
        "extends: {service: base}",
        "extends: {file: sub/other.yml, service: base}",
        "extends:\n      file: ./sub/other.yml\n      service: web",
    ]
    refused = [
        "extends: nobody",
        "extends: {file: gone.yml, service: base}",
        "extends: {file: sub/other.yml}",
        "extends:",
    ]
    return [f"    {_one(draw, usual, refused)}"]


def _service(draw: Draw, name: str, anchors: Anchors, *, whole: bool) -> list[str]:
    blocks = [["    image: x"]] if whole or draw(st.booleans()) else []
    if anchors.services and draw(st.integers(0, 2)) == 0:
        blocks.append([f"    <<: *{draw(st.sampled_from(anchors.services))}"])
    if draw(st.integers(0, 3)):
        blocks.append(_environment(draw, anchors, _tag(draw, later=not whole)))
    if draw(st.integers(0, 3)) == 0:
        blocks.append(_env_file(draw))
    if draw(st.booleans()):
        blocks.append(_volumes(draw, anchors, _tag(draw, later=not whole)))
    if draw(st.integers(0, 4)) == 0:
        blocks.append([f"    {_piece(draw, 'extras')}"])
    elif name == "app" and draw(st.integers(0, 5)) == 0:
        blocks.append(_extends(draw))
    if not blocks:
        return [f"  {name}: {{}}"]
    return [f"  {name}:", *(line for block in draw(st.permutations(blocks)) for line in block)]


def _anchored(draw: Draw) -> tuple[Anchors, list[str]]:
    """Draw blocks that begin with `x-`, with an anchor each."""
    anchors = Anchors([], [], [], [])
    lines: list[str] = []
    for anchor in draw(st.sampled_from([["one"], ["one", "two"]])):
        lines += [f"x-{anchor}: &{anchor}", *_map_lines(draw, "  ", anchors.maps)]
        anchors.maps.append(anchor)
    if draw(st.booleans()):
        lines += ["x-items: &items", *(f"  - {_piece(draw, 'items')}" for _ in range(2))]
        anchors.items.append("items")
    if draw(st.booleans()):
        lines += ["x-mounts: &mounts", *(f"  - {_piece(draw, 'mounts')}" for _ in range(2))]
        anchors.mounts.append("mounts")
    if draw(st.booleans()):
        lines += ["x-service: &service", *(line[2:] for line in _environment(draw, anchors, "")), "  restart: always"]
        anchors.services.append("service")
    return anchors, lines


def _compose_file(draw: Draw, *, whole: bool, name: str = "") -> str:
    anchors = Anchors([], [], [], [])
    lines: list[str] = []
    if draw(st.integers(0, 3)) == 0:
        anchors, lines = _anchored(draw)
    lines.append("services:")
    names = [["app"], ["app"], ["app", "web"], ["base", "app"]] if whole else [["app"], ["web", "app"]]
    for service in [name] if name else draw(st.sampled_from(names)):
        lines += _service(draw, service, anchors, whole=whole)
    if whole or draw(st.booleans()):
        lines.append("volumes:")
        lines += [f"  {volume}: {_piece(draw, 'declarations')}" for volume in ("db", "data")]
    return "\n".join(lines) + draw(st.sampled_from(["\n", "\n", ""]))


def _dotenv(draw: Draw) -> str:
    size = draw(st.integers(0, 4))
    return "".join(_piece(draw, "variables") + "\n" for _ in range(size)) + draw(
        st.sampled_from(["", "", "LAST=1", "BARE"])
    )


@st.composite
def projects(draw: Draw) -> Written:
    """Draw a project of one or more files, with `.env`, env files, and files that are extended or included."""
    files = {"docker-compose.yml": _compose_file(draw, whole=True), "f1.env": _dotenv(draw), "f2.env": _dotenv(draw)}
    named: tuple[str, ...] = ()
    if draw(st.booleans()):
        files[".env"] = _dotenv(draw)
    kind = draw(st.integers(0, 8))
    if kind < 3:
        files["docker-compose.override.yml"] = _compose_file(draw, whole=False)
    elif kind == 3:
        files["sub/second.yml"] = _compose_file(draw, whole=False)
        named = ("docker-compose.yml", "sub/second.yml")
    elif kind == 4:
        files["docker-compose.yml"] += "\n---\n" + _compose_file(draw, whole=False)
    elif kind == 5:
        files["docker-compose.yml"] += "\n" + _include(draw)
        files["sub/inc.yml"] = _compose_file(draw, whole=True, name=draw(st.sampled_from(["inc", "inc", "app"])))
    if "sub/other.yml" in files["docker-compose.yml"]:
        files["sub/other.yml"] = _compose_file(draw, whole=True, name=draw(st.sampled_from(["base", "web"])))
    if any(file.startswith("sub/") for file in files):
        files |= {f"sub/{file}": _dotenv(draw) for file in ("f1.env", ".env") if draw(st.booleans())}
    profiles = draw(st.sampled_from([(), (), (), ("p",), ("*",)]))
    return Written(files, SHELL if draw(st.booleans()) else {}, named, profiles)


def _include(draw: Draw) -> str:
    usual = ["[sub/inc.yml]", "[{path: ./sub/inc.yml}]", "[{path: sub/inc.yml, env_file: f2.env}]"]
    usual += ["[{path: sub/inc.yml, project_directory: .}]", "[{path: [sub/inc.yml]}]", "[sub/${NO:-inc}.yml]"]
    return f"include: {_one(draw, usual, ['[gone.yml]', 'sub/inc.yml', '[]', '[{file: sub/inc.yml}]'])}\n"
