"""The round of `grade --watch`: grade, show, wait for a save, and again until somebody presses Ctrl-C."""

from importlib import import_module
from typing import Protocol

from grader.report import Report
from grader.watching.alarm import Alarm
from grader.watching.source import Round, Source

# What only some gradings need. It is loaded while the first report is read, so that none of them is slower than others.
LATE_MODULES = (
    "deepdiff",
    "grader.compose.filling",
    "grader.compose.goyaml.parser",
    "grader.compose.reader",
    "grader.compose.recovery",
    "grader.judging.faults",
    "grader.shown",
)


class Screen(Protocol):
    """Where the rounds are shown."""

    def show(self, seen: Round) -> None:
        """Show one more round."""

    def end(self) -> None:
        """Leave the screen so that a shell can go on below."""


def watch(source: Source, screen: Screen) -> Report:
    """Show a report at once and after every change, until Ctrl-C; return the last one.

    Raises `KeyboardInterrupt` only where there is no report yet.
    """
    seen = source.look()
    try:
        screen.show(seen)
        alarm = Alarm()
        for name in LATE_MODULES:
            import_module(name)
        while True:
            alarm.wait(source.paths())
            if source.stale():
                seen = source.look_when_quiet()
                screen.show(seen)
    except KeyboardInterrupt:
        screen.end()
    return seen.report
