"""What can be seen after a command: the same record for the model and for the engine, so that both compare."""

from collections.abc import Iterable
from typing import NamedTuple

# what can go wrong with a command, in the words of the laboratory
NOT_RUNNING = "the container does not run"
NO_CONTAINER = "there is no container"
READ_ONLY = "the mount is read-only"

NAMED = "named volume {}"
ANONYMOUS = "anonymous volume {}"
BIND = "folder {}"
TMPFS = "memory (tmpfs)"
OWN = "the container itself"


class Store(NamedTuple):
    """Something that holds data and is used by no container now: its name, and the notes in it."""

    name: str
    notes: tuple[int, ...]


class State(NamedTuple):
    """What there is after a command.

    `container`: its number, counted from 1 as they are made; None: there is none. `place`: what holds the data folder.
    `notes`: the numbers of the notes that the container sees. `unused`: volumes and folders that no container uses.
    `failed`: why the command did nothing, None if it worked.
    """

    container: int | None
    running: bool
    place: str | None
    notes: tuple[int, ...]
    unused: tuple[Store, ...]
    failed: str | None = None


NOTHING_YET = State(None, running=False, place=None, notes=(), unused=())


def in_order(stores: Iterable[Store]) -> tuple[Store, ...]:
    """Sort by kind and name, numbers as numbers."""
    return tuple(sorted(stores, key=lambda store: (store.name.rstrip("0123456789"), len(store.name), store.name)))
