"""How far a batch is: a bar on a terminal, elsewhere a line every few seconds."""

import sys
import time
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Protocol

from grader.batch.counted import counted

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

LINE_SECONDS = 5.0
FIRST_LINE_SECONDS = 2.0
BAR_SECONDS = 0.1
BAR_CHARACTERS = 20
MIN_DONE_FOR_GUESS = 20  # the first ones wait for the workers to start: they say nothing about the rest

# what is left out of the words where a terminal is narrow, the first one first
LEAST_FIRST = ("mean", "unchanged", "rate", "not gradable", "faults", "left")


class Counts:
    """What was done so far. `total` is None where the source cannot tell; a mean is that of this run's grades."""

    def __init__(self, total: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self.total = total
        self.done = self.unchanged = self.not_gradable = self.faults = self.gone = 0
        self._scores = self._graded = 0
        self._clock = clock
        self._start = clock()

    def add(self, score: int | None, *, fault: bool, unchanged: bool) -> None:
        """Count one submission."""
        self.done += 1
        if unchanged:
            self.unchanged += 1
        elif score is not None:
            self._scores += score
            self._graded += 1
        elif fault:
            self.faults += 1
        else:
            self.not_gradable += 1

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return self._clock() - self._start

    def words(self, room: int | None = None) -> str:
        """Return the counts in words: `1,200 of 5,000 submissions, 900 a second, 4 s left, mean 61.3, 2 not gradable`.

        Where they would take more than `room` characters, what matters least is left out.
        """
        done = counted(self.done, "submission")
        short = f"{self.done:,}"
        left = ""
        if self.total is not None and self.done <= self.total:
            done = f"{self.done:,} of {counted(self.total, 'submission')}"
            short = f"{self.done:,} of {self.total:,}"
            if MIN_DONE_FOR_GUESS <= self.done < self.total:
                left = f"{duration((self.total - self.done) * self.seconds / self.done)} left"
        parts = {"done": done, "rate": self._rate(), "left": left, **self._findings()}
        for least in ("done", *LEAST_FIRST):
            words = ", ".join(filter(None, parts.values()))
            if room is None or len(words) <= room:
                break
            parts[least] = short if least == "done" else ""
        return ", ".join(filter(None, parts.values()))

    def end(self) -> str:
        """Return how it went when all is done: `52 submissions in 3 s, 17 a second, 50 of them unchanged`."""
        parts = [f"{counted(self.done, 'submission')} in {duration(self.seconds)}"]
        if rate := self._rate():
            parts.append(rate)
        if self.unchanged:
            parts.append(f"{self.unchanged:,} of them unchanged since the last run")
        if self.gone:
            parts.append(f"{self.gone:,} of the last run no longer there: their results were removed")
        return ", ".join(parts)

    def _rate(self) -> str:
        """Return how many a second, where that says anything."""
        rate = self.done / self.seconds if self.seconds > 0 else 0.0
        return f"{rate:,.0f} a second" if self.done >= MIN_DONE_FOR_GUESS and rate >= 1 else ""

    def _findings(self) -> dict[str, str]:
        """Return mean, unchanged and what could not be graded; nothing of what there is none of."""
        return {
            "mean": f"mean {self._scores / self._graded:.1f}" if self._graded else "",
            "unchanged": f"{self.unchanged:,} unchanged" if self.unchanged else "",
            "not gradable": f"{self.not_gradable:,} not gradable" if self.not_gradable else "",
            "faults": counted(self.faults, "grader fault") if self.faults else "",
        }


def duration(seconds: float) -> str:
    """Return `4 s`, `3 min`, `2 h 5 min`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


class Display(Protocol):
    """Where progress is shown; a context manager, so that a terminal is left as it was."""

    def __enter__(self) -> "Display": ...

    def __exit__(self, *_: object) -> None: ...

    def show(self, counts: Counts) -> None:
        """Called after each submission; shows something now and then."""


class Lines:
    """A line every few seconds, for pipes, logs and where the extra `batch` is not installed."""

    def __init__(self, stream: IO[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._next = clock() + FIRST_LINE_SECONDS

    def __enter__(self) -> "Lines":
        return self

    def __exit__(self, *_: object) -> None:
        return

    def show(self, counts: Counts) -> None:
        """Print a line if it is time for one."""
        now = self._clock()
        if now >= self._next:
            self._next = now + LINE_SECONDS
            print(counts.words(), file=self._stream, flush=True)


class Bar:
    """A bar with rate, time left, running mean and faults, drawn by rich."""

    def __init__(self, stream: IO[str], total: int | None) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self._progress: RichProgress = Progress(
            BarColumn(bar_width=BAR_CHARACTERS),
            TextColumn("{task.description}"),
            console=Console(file=stream),
            transient=True,
        )
        self._task = self._progress.add_task("", total=total)
        self._next = 0.0

    def __enter__(self) -> "Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, counts: Counts) -> None:
        """Draw the bar again if it is time to."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + BAR_SECONDS
            words = counts.words(self._progress.console.width - BAR_CHARACTERS - 1)
            self._progress.update(self._task, completed=counts.done, description=words)


def display_for(total: int | None) -> Display:
    """Return what fits stderr: progress never mixes with what is printed as the result."""
    if sys.stderr.isatty():
        try:
            return Bar(sys.stderr, total)
        except ImportError:
            pass
    return Lines(sys.stderr)
