"""The path of a refusal in the model, and what an item of a list is about, as far as it can be guessed."""

from typing import Any

from grader.compose.tree import Map

Steps = tuple[str | int, ...]


def path_of(steps: Steps, item: Any = None) -> tuple[str, ...]:
    """Return the path of the value at `steps`; `item` is the item of a service's list it is, or lies in.

    An item of `environment` is known by the name of its variable, a mount carries its target behind its index.
    """
    path = tuple(map(str, steps))
    if len(steps) < 4 or steps[0] != "services" or type(steps[3]) is not int:
        return path
    if steps[2] == "environment":
        name = variable_of(item)
        return (*path[:3], name, *path[4:]) if name else path
    if steps[2] == "volumes":
        target = target_of(item)
        return (*path[:4], target, *path[4:]) if target else path
    return path


def variable_of(item: Any) -> str | None:
    """Return the name of the variable that an item of an environment is about."""
    if type(item) is Map and len(item) == 1:
        return str(next(iter(item))).partition("=")[0].strip()
    return item.partition("=")[0].strip() if type(item) is str else None


def target_of(item: Any) -> str | None:
    """Return the folder in the container that an item of a list of mounts is about."""
    if type(item) is str:
        return next((part.strip() for part in reversed(item.split(":")) if part.strip().startswith("/")), None)
    if type(item) is Map:
        texts = (item.get("target"), item.get("dst"), item.get("destination"), *item.values(), *reversed(item))
        return next((target for text in texts if (target := target_of(text)) is not None), None)
    return None
