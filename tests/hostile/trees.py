"""YAML as a tree that can hold what no data can: keys twice, anchors anywhere, odd tags; and back to text."""

from typing import Any

import yaml


class Node:
    """A text (`value` and `style`), a list (`items`) or a map (`items` in pairs), with what may stand before it."""

    def __init__(self, kind: str, value: str = "", style: str = "") -> None:
        self.kind = kind  # text, list, map
        self.value = value
        self.style = style  # of a text: as in YAML; of a list or map: `flow` or nothing
        self.items: list[Any] = []
        self.before = ""  # an anchor or a tag

    def children(self) -> list["Node"]:
        """Return what is directly inside, keys too."""
        return [part for pair in self.items for part in pair] if self.kind == "map" else list(self.items)

    def all(self) -> list["Node"]:
        """Return this node and everything inside."""
        found = [self]
        for node in found:
            found.extend(node.children())
        return found

    def become(self, other: "Node") -> None:
        """Say what another node says."""
        self.kind, self.value, self.style, self.items, self.before = (
            other.kind, other.value, other.style, other.items, other.before,
        )  # fmt: skip

    def copy(self) -> "Node":
        """Return an equal tree that shares nothing."""
        made = Node(self.kind, self.value, self.style)
        made.before = self.before
        made.items = [(item[0].copy(), item[1].copy()) if self.kind == "map" else item.copy() for item in self.items]
        return made


def read(text: str) -> Node | None:
    """Return the tree of a file, None if it is no YAML or has aliases."""
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return None
    return None if root is None else _node(root, 0)


def _node(found: yaml.Node, depth: int) -> Node:
    if depth > 30:  # an alias to itself
        return Node("text", "deep")
    if isinstance(found, yaml.MappingNode):
        made = Node("map", style="flow" if found.flow_style else "")
        made.items = [(_node(key, depth + 1), _node(value, depth + 1)) for key, value in found.value]
    elif isinstance(found, yaml.SequenceNode):
        made = Node("list", style="flow" if found.flow_style else "")
        made.items = [_node(item, depth + 1) for item in found.value]
    else:
        made = Node("text", str(found.value), getattr(found, "style", None) or "")
    return made


def write(node: Node, indent: int = 0) -> str:
    """Return the text of a tree, from the place where it stands."""
    before = f"{node.before} " if node.before else ""
    if node.kind == "text":
        return before + _scalar(node, indent)
    if not node.items or node.style == "flow":
        return before + _flow(node)
    pad = " " * indent
    lines = []
    for item in node.items:
        if node.kind == "list":
            lines.append(f"{pad}- {write(item, indent + 2).lstrip()}")
        else:
            key, value = item
            lines.append(f"{pad}{_key(key)}: {write(value, indent + 2)}")
    return before + "\n" + "\n".join(lines)


def _key(node: Node) -> str:
    before = f"{node.before} " if node.before else ""
    return before + (_scalar(node, 0, one_line=True) if node.kind == "text" else f"? {_flow(node)}\n")


def _flow(node: Node) -> str:
    before = f"{node.before} " if node.before else ""
    if node.kind == "text":
        return before + _scalar(node, 0, one_line=True)
    if node.kind == "list":
        return f"{before}[{', '.join(map(_flow, node.items))}]"
    return f"{before}{{{', '.join(f'{_flow(key)}: {_flow(value)}' for key, value in node.items)}}}"


def _scalar(node: Node, indent: int, *, one_line: bool = False) -> str:
    text = node.value
    if node.style in ("|", ">") and not one_line:
        pad = " " * max(indent, 1)
        return f"{node.style}\n" + "\n".join(pad + line for line in text.split("\n"))
    if node.style == "'":
        return "'" + text.replace("'", "''") + "'"
    if node.style or "\n" in text:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    return text
