"""The differences between a submission and the skeleton, for people."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from grader.compose.model import Project
from grader.masking import MASK, is_secret, mask_argument
from grader.report import Change

MAX_CHANGES = 30
MAX_COMPARED_ITEMS = 100  # of one list
MAX_VALUE_CHARACTERS = 60

Plain = dict[str, Any]
Difference = tuple[str, tuple[str, ...], Any, Any]  # "removed", "added" or another word; path; before and after


def list_changes(skeleton: Plain, project: Project, hide: Callable[[str], str]) -> tuple[Change, ...]:
    """Return one sentence a difference between the skeleton's plain data and a project's, in the order of the file.

    `hide` takes the passwords out of a text.
    """
    changes = [
        _describe(kind, path, before, after, project, hide)
        for kind, path, before, after in _between(skeleton, project.plain, ())
    ]
    changes.sort(key=lambda change: (change.line or 0, change.path))
    return tuple(changes[:MAX_CHANGES])


def _between(ours: Plain, theirs: Plain, path: tuple[str, ...]) -> Iterator[Difference]:
    """Yield the differences of two maps. Of what the skeleton lacks, the bulk is left out."""
    for key, before in ours.items():
        within = (*path, key)
        if key not in theirs:
            yield "removed", within, before, None
            continue
        after = theirs[key]
        # For Python 1 is equal to 1.0 and to True, so what the values look like counts as well.
        if before == after and repr(before) == repr(after):
            continue
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _between(before, after, within)
        elif isinstance(before, list) and isinstance(after, list):
            yield from _between_lists(before, after, within)
        else:
            yield "changed", within, before, after
    for key in islice((key for key in theirs if key not in ours), MAX_CHANGES):
        yield "added", (*path, key), None, theirs[key]


def _between_lists(ours: list[Any], theirs: list[Any], path: tuple[str, ...]) -> Iterator[Difference]:
    """Yield the differences of two lists, in which order does not count."""
    from deepdiff import DeepDiff  # costs 80 ms: only paid by files that differ in a list

    # both as plain lists and dicts: another class would be a difference
    tree = DeepDiff(_bounded(ours), _bounded(theirs), view="tree", ignore_order=True, threshold_to_diff_deeper=0)
    for kind, levels in tree.items():
        for level in levels:
            yield (
                kind.rpartition("_")[2],
                (*path, *(str(step) for step in level.path(output_format="list"))),
                level.t1,
                level.t2,
            )


def _bounded(value: Any) -> Any:
    """Return a part of a list without its bulk: comparing long lists takes long."""
    if isinstance(value, dict):
        return {key: _bounded(item) for key, item in islice(value.items(), MAX_CHANGES)}
    if isinstance(value, list):
        return [_bounded(item) for item in value[:MAX_COMPARED_ITEMS]]
    return value


def _describe(
    kind: str, path: tuple[str, ...], before: Any, after: Any, project: Project, hide: Callable[[str], str]
) -> Change:
    name = hide(".".join(path))
    show = (lambda _: MASK) if is_secret(path[-1]) else hide
    old, new = (_short(value, show) for value in (before, after))
    if kind == "removed":
        message = f"{name} of the skeleton is gone (it was {old})"
    elif kind == "added":
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
