"""`!reset` and `!override`: what earlier files gave is taken away before the later one is laid on it.

Compose: compose-go 2.9.1 (`loader/reset.go`). Items of lists cannot be taken away, so a path through a list matches
nothing.
"""

from typing import Any

from grader.compose.items import Steps
from grader.compose.tree import Map


def apply_resets(resets: list[Steps], root: Map, below: Steps = ()) -> None:
    """Take the values at the paths `resets` out of `root`, which stands at the path `below`."""
    for steps in resets:
        if steps[: len(below)] != below or len(steps) == len(below):
            continue
        container: Any = root
        *inner, last = steps[len(below) :]
        for step in inner:
            container = container.get(str(step)) if type(container) is Map else None
        name = str(last)
        if type(container) is Map and name in container:
            del container[name], container.places[name]
