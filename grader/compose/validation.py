"""The schema stage of one document: what breaks a rule is refused and taken out of the project.

Compose: compose-go 2.9.1 (`schema/schema.go`).
"""

from typing import Any

from grader.compose.glance import fits
from grader.compose.items import Steps, path_of
from grader.compose.reading import SCHEMA, Reading
from grader.compose.schema import Fault, check, unknown_text
from grader.compose.schema_rules import PROJECT
from grader.compose.tree import Map, Seq, key_mark, value_mark

MAX_UNKNOWN = 20  # keys of one map that are refused one by one; the first message names them all


def validate(reading: Reading, root: Map) -> None:
    """Check a merged project, in place."""
    if fits(root, PROJECT):
        return
    faults: list[Fault] = []
    check(root, PROJECT, (), None, None, faults)
    for order, fault in enumerate(faults):
        _refuse(reading, root, fault, order)
    gone: dict[int, tuple[Any, set[Any]]] = {}
    for fault in faults:
        if _is_declaration(fault):
            fault.container[fault.key] = None
        elif fault.container is not None:
            gone.setdefault(id(fault.container), (fault.container, set()))[1].update(fault.unknown or (fault.key,))
    for container, keys in gone.values():
        if type(container) is Seq:
            for index in sorted(keys, reverse=True):
                del container[index], container.places[index]
        else:
            for key in keys:
                del container[key], container.places[key]


def _refuse(reading: Reading, root: Map, fault: Fault, order: int) -> None:
    """Note a fault. Several unknown keys of one map are one text for Compose, and a refusal each for us."""
    path = tuple(map(str, fault.steps))
    prefix = f"validating <f>: {'.'.join(path)} "
    if not fault.unknown:
        place = fault.container.places[fault.key]
        _note_unread(reading, fault)
        path = path_of(fault.steps, _item(root, fault.steps))
        reading.refuse(SCHEMA, prefix + fault.text, path, value_mark(place), fault.kind, -fault.depth, order)
        return
    for index, name in enumerate(fault.unknown[:MAX_UNKNOWN]):
        text = prefix + unknown_text(fault.unknown[index:])
        at = key_mark(fault.container.places[name])
        reading.refuse(SCHEMA, text, (*path, name), at, fault.kind, -fault.depth, order, index)


def _is_declaration(fault: Fault) -> bool:
    """Tell whether a volume or network is declared, though with a value of the wrong kind: `db: local`."""
    steps = fault.steps
    return (
        len(steps) == 2
        and steps[0] in ("volumes", "networks")
        and not fault.unknown
        and steps[1] not in ("driver", "driver_opts", "external", "labels", "name")
    )


def _note_unread(reading: Reading, fault: Fault) -> None:
    """Note a part of a service that is there but cannot be read at all."""
    steps = fault.steps
    if len(steps) == 3 and steps[0] == "services" and steps[2] in ("environment", "env_file", "volumes"):
        value = fault.container[fault.key]
        if value is not None:
            reading.unread.add((str(steps[1]), str(steps[2])))


def _item(root: Map, steps: Steps) -> Any:
    """Return the item of a service's list that a path leads to or through."""
    item: Any = root
    for step in steps[:4]:
        item = item[step]
    return item
