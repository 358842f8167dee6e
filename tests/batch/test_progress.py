"""Progress says how far it is, how fast, how long it takes, how the class does, and what went wrong."""

import io
import re

import pytest

from grader.batch.progress import BAR_CHARACTERS, FIRST_LINE_SECONDS, LINE_SECONDS, Bar, Counts, Lines, duration

ALL = "50 a second, 18 s left, mean 60.5, 4 unchanged, 5 not gradable, 1 grader fault"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def counted(clock: Clock, total: int | None = 1000) -> Counts:
    """Return counts after two seconds: 90 graded, 4 unchanged, 5 not gradable, one fault."""
    counts = Counts(total, clock)
    for number in range(90):
        counts.add(60 + number % 2, fault=False, unchanged=False)
    for _ in range(4):
        counts.add(None, fault=False, unchanged=True)
    for _ in range(5):
        counts.add(None, fault=False, unchanged=False)
    counts.add(None, fault=True, unchanged=False)
    clock.now += 2
    return counts


def test_a_line_says_all_of_it() -> None:
    """Rate, time left, mean and faults."""
    words = counted(Clock()).words()

    assert (
        "100 of 1,000 submissions, 50 a second, 18 s left, mean 60.5, 4 unchanged, 5 not gradable, 1 grader fault"
        == words
    )


def test_without_a_total_there_is_no_time_left() -> None:
    """A stream does not say how long it is."""
    words = counted(Clock(), total=None).words()

    assert words.startswith("100 submissions, 50 a second, mean")


def test_a_batch_of_one_is_told_in_the_singular() -> None:
    """And a rate of the first few says nothing."""
    clock = Clock()
    counts = Counts(1, clock)
    counts.add(50, fault=False, unchanged=False)
    clock.now += 3

    assert ["1 of 1 submission, mean 50.0", "1 submission in 3 s"] == [counts.words(), counts.end()]


def test_a_total_that_was_too_small_is_not_shown() -> None:
    """Of an LMS download the students are counted beforehand, not their attempts."""
    words = counted(Clock(), total=99).words()

    assert words.startswith("100 submissions, 50 a second, mean")


def test_whose_results_went_is_counted() -> None:
    """Whoever names the folder of another class sees it."""
    counts = counted(Clock())
    counts.gone = 30

    assert counts.end().endswith(
        ", 4 of them unchanged since the last run, 30 of the last run no longer there: their results were removed"
    )


def test_a_pipe_gets_a_line_every_few_seconds() -> None:
    """A log of an hour must stay readable."""
    clock, stream = Clock(), io.StringIO()
    lines = Lines(stream, clock)
    counts = counted(Clock())
    for _ in range(60):  # a minute
        clock.now += 1
        lines.show(counts)

    shown = stream.getvalue().splitlines()

    assert 1 + (60 - FIRST_LINE_SECONDS) // LINE_SECONDS == len(shown)


def test_a_short_batch_says_nothing() -> None:
    """Who waits less than a moment needs no progress."""
    stream = io.StringIO()
    with Lines(stream, Clock()) as lines:
        lines.show(counted(Clock()))

    assert "" == stream.getvalue()


def test_a_terminal_gets_a_bar_with_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is drawn again and again at its place."""
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("COLUMNS", "140")
    stream = io.StringIO()
    with Bar(stream, 1000) as bar:
        bar.show(counted(Clock()))

    assert "mean 60.5" in stream.getvalue()


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (140, f"100 of 1,000 submissions, {ALL}"),
        (120, f"100 of 1,000, {ALL}"),
        (100, "100 of 1,000, 50 a second, 18 s left, 5 not gradable, 1 grader fault"),
        (80, "100 of 1,000, 18 s left, 5 not gradable, 1 grader fault"),
        (60, "100 of 1,000, 18 s left, 1 grader fault"),
        (50, "100 of 1,000, 18 s left"),
        (40, "100 of 1,000"),
    ],
)
def test_a_narrow_terminal_still_shows_a_bar(columns: int, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the words, those go first that matter least."""
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("COLUMNS", str(columns))
    stream = io.StringIO()
    with Bar(stream, 1000) as bar:
        bar.show(counted(Clock()))
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", stream.getvalue())
    (shown,) = {line.strip() for line in re.split(r"[\r\n]", plain) if "100 of" in line}

    assert "━" * (BAR_CHARACTERS - 1) in shown.replace("╸", "━").replace("╺", "━")
    assert shown.endswith(f" {words}")


def test_times_are_round() -> None:
    """Nobody needs the seconds of an hour."""
    assert ["4 s", "89 s", "2 min", "2 h 5 min"] == [duration(4.2), duration(89), duration(125), duration(7500)]
