"""What `grade --watch` prints: for people what has changed, for editors all findings between two marker lines.

Nothing is ever cleared: what was said before stays on the screen, and where something new begins a line says when.
"""

import os
import time
from collections.abc import Callable
from typing import TextIO

from grader.endings import UsageError
from grader.report import Problem, Report
from grader.reports.clean import clean_line
from grader.reports.delta import render_delta
from grader.reports.lines import wrap
from grader.reports.look import Look, look_of
from grader.reports.places import shown_path
from grader.reports.text import render_text
from grader.reports.unix import render_unix
from grader.watching.loop import Screen
from grader.watching.source import Round

MAX_NAMED_FILES = 4
RULE = "----"


class TextScreen:
    """The whole report first, then after each save what is different from the last file that could be read.

    `now` gives the time of day as it is shown.
    """

    def __init__(self, stream: TextIO, now: Callable[[], str] | None = None) -> None:
        self._stream = stream
        self._now = now or _time_of_day
        self._base: Report | None = None
        self._begun = False

    def show(self, seen: Round) -> None:
        """Show one more round."""
        report = seen.report
        look = look_of(self._stream, os.environ)
        if not self._begun:
            self._begun = True
            self._print(render_text(report, look) + "\n" + _watching(seen, look))
        elif seen.unfinished:
            line = f"{RULE} {self._now()}  {_unfinished(report, self._base)}"
            self._print(look.paint(line, "yellow") + "\n")
        else:
            self._print(self._news(report, look))
        if not seen.unfinished:
            self._base = report

    def end(self) -> None:
        """Leave the line on which the terminal has shown ^C."""
        _leave_line(self._stream)

    def _news(self, report: Report, look: Look) -> str:
        if self._base is None:  # nothing could be read until now
            return look.paint(f"{RULE} {self._now()}", "dim") + "\n" + render_text(report, look)
        return _heading(self._now(), self._base, report, look) + "\n" + render_delta(self._base, report, look)

    def _print(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


class UnixScreen:
    """All findings as `file:line:column: message [id]` in each round, between lines that an editor knows.

    VS Code's problem matcher (`.vscode/tasks.json`) throws the old findings away at the first marker line and shows the
    new ones at the second.
    """

    def __init__(self, stream: TextIO, now: Callable[[], str] | None = None) -> None:
        self._stream = stream
        self._now = now or _time_of_day

    def show(self, seen: Round) -> None:
        """Print one round."""
        report = seen.report
        score = "not gradable" if report.score is None else f"{report.score} / {report.max_score}"
        begin = f"[{self._now()}] grading {shown_path(report, None)}"
        end = f"[{self._now()}] {score}, watching for changes"
        self._stream.write(f"{begin}\n{render_unix(report)}{end}\n")
        self._stream.flush()

    def end(self) -> None:
        """Leave the line on which the terminal has shown ^C."""
        _leave_line(self._stream)


class FileScreen:
    """Keeps a file up to date beside what another screen shows."""

    def __init__(self, screen: Screen, write: Callable[[Report], None]) -> None:
        self._screen = screen
        self._write = write

    def show(self, seen: Round) -> None:
        """Write the file anew, then show the round."""
        self._write(seen.report)
        self._screen.show(seen)

    def end(self) -> None:
        """Leave the other screen."""
        self._screen.end()


def screen_for(name: str, stream: TextIO, write: Callable[[Report], None] | None) -> Screen:
    """Return the screen for the format `name`; with `write` the format is that of a file and the screen shows text.

    Raises `UsageError` for a format that is one document: several in a row are none.
    """
    if write is not None:
        return FileScreen(TextScreen(stream), write)
    if name == "text":
        return TextScreen(stream)
    if name == "unix":
        return UnixScreen(stream)
    raise UsageError(
        f"--watch shows text or unix; several {name} reports in a row are no {name} file. "
        "Leave --watch out, or add -o FILE: it is written anew after every save."
    )


def _leave_line(stream: TextIO) -> None:
    if stream.isatty():
        stream.write("\n")
        stream.flush()


def _time_of_day() -> str:
    return time.strftime("%H:%M:%S")


def _heading(now: str, before: Report, after: Report, look: Look) -> str:
    change = (after.score or 0) - (before.score or 0)
    score = f"{after.score} / {after.max_score}" + (f" ({change:+})" if change else "")
    left = f"{RULE} {now} "
    rule = left + "-" * max(look.width - len(left) - len(score) - 1, 4)
    return look.paint(rule, "dim") + " " + look.paint(score, "bold", "green" if change >= 0 else "yellow")


def _watching(seen: Round, look: Look) -> str:
    names = sorted(seen.names, key=lambda name: name != seen.report.file)
    named = ", ".join(names[:MAX_NAMED_FILES]) or "the folder"
    more = f" and {len(names) - MAX_NAMED_FILES} more" if len(names) > MAX_NAMED_FILES else ""
    return "\n".join(wrap(f"Watching {named}{more}. Save to grade again; Ctrl-C ends.", look.width)) + "\n"


def _unfinished(report: Report, base: Report | None) -> str:
    """Say in one line what cannot be read, and that nothing is lost by it."""
    reason = report.reason
    error = report.errors[0] if reason is None else Problem(reason.message, None, reason.line, reason.column)
    place = f"{shown_path(report, error.file)}:{error.line}:{error.column or 1}: " if error.line else ""
    words = clean_line(error.message.partition("<f>: ")[2] or error.message).rstrip(".")
    stands = "" if base is None else f" The last score stays: {base.score} / {base.max_score}."
    return f"{place}{words}.{stands}"
