"""Whether somebody wants this process to end.

Docker: a container is stopped with SIGTERM, and killed 10 seconds later if it still runs. The process with the number 1
has no default reaction to SIGTERM.
"""

import signal
from types import FrameType


class StopSignal:
    """Remembers that SIGTERM (or Ctrl-C) arrived."""

    def __init__(self) -> None:
        self._arrived = False

    def listen(self) -> None:
        """From now on only remember the signal, instead of ending at once."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)

    def is_set(self) -> bool:
        """Tell whether the signal arrived."""
        return self._arrived

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._arrived = True
