"""Random changes of the tree that a YAML file stands for: kinds, numbers, places, anchors, tags."""

from collections.abc import Callable
from random import Random

from tests.hostile.snippets import WRONG
from tests.hostile.trees import Node

Change = Callable[[Random, Node, list[Node]], None]

MARKS = (
    *("&a", "!!str", "!!int", "!!null", "!!map", "!!seq", "!!set", "!!python/name:os.system"),
    *("!reset", "!override"),
)
MAX_COPIED_NODES = 200


def change_tree(random: Random, root: Node) -> None:
    """Change a tree in one place or two."""
    for _ in range(random.choice((1, 1, 2))):
        nodes = root.all()
        random.choice(CHANGES)(random, random.choice(nodes), nodes)


def _wrong(random: Random, node: Node, nodes: list[Node]) -> None:
    """Put a value of another kind in the place of one."""
    node.become(Node("text", random.choice(WRONG)))


def _other(random: Random, node: Node, nodes: list[Node]) -> None:
    """Put a copy of another part here."""
    source = random.choice(nodes).copy()
    if len(source.all()) < MAX_COPIED_NODES:
        node.become(source)


def _nest(random: Random, node: Node, nodes: list[Node]) -> None:
    """Put a value into a list or a map of its own."""
    inner = node.copy()
    outer = Node(random.choice(("list", "map")), style=random.choice(("", "flow")))
    outer.items = [inner] if outer.kind == "list" else [(Node("text", random.choice(("a", "<<", "path"))), inner)]
    node.become(outer)


def _double(random: Random, node: Node, nodes: list[Node]) -> None:
    """Say something twice, the key included."""
    if node.items:
        item = random.choice(node.items)
        copied = (item[0].copy(), item[1].copy()) if node.kind == "map" else item.copy()
        node.items.insert(random.randint(0, len(node.items)), copied)


def _turn(random: Random, node: Node, nodes: list[Node]) -> None:
    """Make a list of a map, and the other way round."""
    if node.kind == "map":
        glue = random.choice(("=", ":", ": "))
        node.items = [Node("text", f"{key.value}{glue}{value.value}") for key, value in node.items]
        node.kind = "list"
    elif node.kind == "list":
        node.items = [(item, Node("text")) for item in node.items]
        node.kind = "map"


def _drop(random: Random, node: Node, nodes: list[Node]) -> None:
    """Leave something out, or mix the order."""
    if node.items:
        random.shuffle(node.items)
        if random.random() < 0.7:
            node.items.pop()


def _mark(random: Random, node: Node, nodes: list[Node]) -> None:
    """Give an anchor or a tag to something; to an anchor, an alias somewhere."""
    node.before = random.choice(MARKS)
    if node.before == "&a":
        random.choice(nodes).become(Node("text", "*a"))


def _merge(random: Random, node: Node, nodes: list[Node]) -> None:
    """Merge something into a map."""
    if node.kind == "map":
        source = random.choice(nodes).copy()
        value = source if len(source.all()) < MAX_COPIED_NODES else Node("text", "*a")
        node.items.insert(random.randint(0, len(node.items)), (Node("text", "<<"), value))


def _restyle(random: Random, node: Node, nodes: list[Node]) -> None:
    """Write the same otherwise, here or everywhere."""
    choices = ("", "'", '"', "|", ">") if node.kind == "text" else ("", "flow")
    for one in nodes if random.random() < 0.1 else [node]:
        if one.kind == node.kind:
            one.style = random.choice(choices)


CHANGES: tuple[Change, ...] = (_wrong, _other, _nest, _double, _turn, _drop, _mark, _merge, _restyle)
