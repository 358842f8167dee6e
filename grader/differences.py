"""The differences between a submission and the skeleton, for people."""

from collections.abc import Callable
from typing import Any

from grader.compose.model import Project
from grader.masking import MASK, is_secret, mask_argument
from grader.report import Change

MAX_CHANGES = 30
MAX_COMPARED_ITEMS = 100  # of one list
MAX_VALUE_CHARACTERS = 60

Plain = dict[str, Any]


def list_changes(skeleton: Plain, project: Project, hide: Callable[[str], str]) -> tuple[Change, ...]:
    """Return one sentence a difference between the skeleton's plain data and a project's, in the order of the file.

    `hide` takes the passwords out of a text.
    """
    from deepdiff import DeepDiff  # costs 80 ms: only paid by files that differ

    ours, theirs = _differing(skeleton, project.plain)
    given = _bounded(ours, skeleton)  # both as plain dicts: another class would be a difference
    tree = DeepDiff(given, _bounded(theirs, skeleton), view="tree", ignore_order=True, threshold_to_diff_deeper=0)
    changes = []
    for kind, levels in tree.items():
        for level in levels:
            path = tuple(str(step) for step in level.path(output_format="list"))
            changes.append(_describe(kind, path, level.t1, level.t2, project, hide))
    changes.sort(key=lambda change: (change.line or 0, change.path))
    return tuple(changes[:MAX_CHANGES])


def _differing(ours: Plain, theirs: Plain) -> tuple[Plain, Plain]:
    """Leave out what is equal in both: most of a file is, and Python compares it in no time.

    For Python 1 is equal to 1.0 and to True, so what the values look like counts as well.
    """
    left, right = dict(ours), dict(theirs)
    for key in [key for key in left if key in right]:
        one, other = left[key], right[key]
        if one == other and repr(one) == repr(other):
            del left[key], right[key]
        elif isinstance(one, dict) and isinstance(other, dict):
            left[key], right[key] = _differing(one, other)
    return left, right


def _bounded(value: Any, given: Any) -> Any:
    """Return a part of a project without the bulk of what the skeleton lacks: comparing long lists takes long."""
    if isinstance(value, dict):
        pattern = given if isinstance(given, dict) else {}
        others = [key for key in value if key not in pattern][:MAX_CHANGES]
        kept = {key for key in value if key in pattern}.union(others)
        return {key: _bounded(item, pattern.get(key)) for key, item in value.items() if key in kept}
    if isinstance(value, list):
        return [_bounded(item, None) for item in value[:MAX_COMPARED_ITEMS]]
    return value


def _describe(
    kind: str, path: tuple[str, ...], before: Any, after: Any, project: Project, hide: Callable[[str], str]
) -> Change:
    name = hide(".".join(path))
    show = (lambda _: MASK) if is_secret(path[-1]) else hide
    old, new = (_short(value, show) for value in (before, after))
    if kind.endswith("_removed"):
        message = f"{name} of the skeleton is gone (it was {old})"
    elif kind.endswith("_added"):
        message = f"{name} is not in the skeleton ({new})"
    else:
        message = f"{name} was {old} in the skeleton and is {new} here"
    return Change(name, message, _line(path, project))


def _line(path: tuple[str, ...], project: Project) -> int | None:
    for length in range(len(path), 0, -1):
        mark = project.places.get(path[:length])
        if mark is not None:
            return mark.line
    return None


def _short(value: Any, hide: Callable[[str], str]) -> str:
    if isinstance(value, dict | list) or value is None:
        return "a block" if value else "empty"
    text = hide(mask_argument(str(value)))
    return text if len(text) <= MAX_VALUE_CHARACTERS else text[: MAX_VALUE_CHARACTERS - 3] + "..."
