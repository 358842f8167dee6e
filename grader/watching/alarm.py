"""Waits until it is worth looking at the files again.

File events only make it faster: network folders, folders of a virtual machine and broken watchers send none, and
nobody can tell beforehand. So each wait ends after `POLL_MS` in any case, and the files themselves decide.
"""

import os
import time
from collections.abc import Iterator
from typing import Any

POLL_MS = 200
EVENT_STEP_MS = 20  # how long watchfiles collects events that come one after another
DEBOUNCE_MS = 50  # an editor's save is several steps (truncate, write, rename); look when it has been quiet so long
MAX_DEBOUNCES = 4  # a file that is written without a pause is looked at all the same


class Alarm:
    """The events of some folders as far as there are any, and the time."""

    def __init__(self) -> None:
        self._folders: list[str] = []
        self._events: Iterator[Any] | None = None

    def wait(self, paths: list[str]) -> None:
        """Return when something may have happened to one of the absolute `paths`, at the latest after `POLL_MS`."""
        folders = sorted({os.path.dirname(path) for path in paths})
        folders = [folder for folder in folders if os.path.isdir(folder)]
        if folders != self._folders:
            self._folders = folders
            self._events = _events(folders)
        if self._events is not None:
            try:
                next(self._events)
                return
            except (OSError, RuntimeError, StopIteration):  # no more watches to be had, a folder that went away ...
                self._events = None
        time.sleep(POLL_MS / 1000)


def _events(folders: list[str]) -> Iterator[Any] | None:
    """Return watchfiles' events; None where it is not installed or there is no folder."""
    if not folders:
        return None
    try:
        from watchfiles import watch
    except ImportError:  # the extra `watch`, or a platform without it
        return None
    return watch(
        *folders,
        watch_filter=None,
        debounce=DEBOUNCE_MS,
        step=EVENT_STEP_MS,
        rust_timeout=POLL_MS,
        yield_on_timeout=True,
        force_polling=False,
        recursive=False,
    )
