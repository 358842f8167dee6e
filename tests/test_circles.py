"""The modules of the grader import downwards: none of them, at whatever moment, one that imports it."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
# `%grade` asks `q`, which is made when the package of the magics is imported
ALLOWED = {("grader.notebook.magics", "grader.notebook")}


def name_of(path: Path) -> str:
    """Return the name of the module in a file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path, modules: dict[str, Path]) -> Iterator[str]:
    """Yield the modules that one imports, also within a function and for types only."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if inner in modules else node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_nothing_is_imported_in_a_circle() -> None:
    """Whoever reads a module has read what it rests on."""
    modules = {name_of(path): path for path in (ROOT / "grader").rglob("*.py") if "kit" not in path.parts}
    graph = {
        module: {other for other in imported(path, modules) if other in modules and (module, other) not in ALLOWED}
        for module, path in modules.items()
    }
    circle: list[str] = []
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]

    assert len(modules) > 100
    assert [] == circle
