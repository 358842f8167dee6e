"""How Compose goes through the nodes of a document before go-yaml makes values of them.

Compose: compose-go 2.9.1 (`loader/reset.go`). What an alias stands for takes its place, what has the tag `!reset` goes,
what has `!override` is left as it is. Equal keys and aliases that lead in a circle are found on the way.
"""

from grader.compose.gotext import quote
from grader.compose.goyaml.decoder import Refused, Steps
from grader.compose.goyaml.graph import Node

_DOT = "\N{GHOST}"  # stands for the dots in a key

# What follows in Go's own words is where in the memory it happened.
_NOTHING = "panic: runtime error: invalid memory address or nil pointer dereference"
NOTHING_LEFT = f"{_NOTHING} [recovered]\n\t{_NOTHING} [recovered]\n\t{_NOTHING}"


class Resetter:
    """Goes through one document."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._visited: dict[int, list[str]] = {}
        self._depth = 0

    def run(self, root: Node) -> Node:
        """Return the document without what is reset. Raises `Refused` and `TooMuch`."""
        resolved = self._resolve(root, "")
        if resolved is None:
            raise Refused(NOTHING_LEFT, root.line)
        return resolved

    def _resolve(self, node: Node, path: str) -> Node | None:
        self._depth += 1
        self._steps.take(self._depth)
        try:
            if ".<<" in path:
                path = path.replace(_DOT, ".").replace(".<<", "", 1)
            if node.kind == "alias":
                assert node.target is not None
                self._look_for_circle(node, path.replace(_DOT, "."))
                return self._resolve(node.target, path)
            if node.tag == "!reset":
                return None
            if node.tag != "!override":
                node.content = self._content(node, path)
            return node
        finally:
            self._depth -= 1

    def _content(self, node: Node, path: str) -> list[Node]:
        kept = []
        if node.kind == "seq":
            for index, item in enumerate(node.content):
                resolved = self._resolve(item, _below(path, str(index)))
                if resolved is not None:
                    kept.append(resolved)
            return kept
        lines: dict[str, int] = {}
        for key, value in zip(node.content[::2], node.content[1::2], strict=True):
            if key.value in lines:
                message = f"mapping key {quote(key.value)} already defined at line {lines[key.value]}"
                raise Refused(f"line {key.line}: {message}", key.line)
            lines[key.value] = key.line
            resolved = self._resolve(value, _below(path, key.value))
            if resolved is not None:
                kept += [key, resolved]
        return kept

    def _look_for_circle(self, alias: Node, path: str) -> None:
        known = self._visited.setdefault(id(alias.target), [])
        for before in known:
            if path == before or "<<" in path or "<<" in before:
                continue
            inside = path.startswith(before + ".") or before.startswith(path + ".")
            if inside and not _in_two_services(path, before):
                raise Refused(f"cycle detected: node at path {path} references node at path {before}", alias.line)
        known.append(path)


def _below(path: str, step: str) -> str:
    return f"{path}.{step.replace('.', _DOT)}" if path else step


def _in_two_services(path: str, other: str) -> bool:
    steps = path.split("."), other.split(".")
    for index, (one, two) in enumerate(zip(*steps, strict=False)):
        if one == two == "services" and index + 1 < min(map(len, steps)):
            return steps[0][index + 1] != steps[1][index + 1]
    return False
