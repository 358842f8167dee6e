"""What stands on the screen, with the time of day given."""

from io import StringIO

import pytest

from grader.reports.text import render_text
from grader.watching.screens import TextScreen
from grader.watching.source import Round
from tests.reports.samples import BROKEN, FULL, HALF, UNTOUCHED


@pytest.fixture
def stream(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """A screen without colours, 80 columns wide."""
    for name in ("FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return StringIO()


def test_what_is_watched_is_named(stream: StringIO) -> None:
    """The compose file first, a long list cut."""
    screen = TextScreen(stream)
    screen.show(Round(HALF, [".env", HALF.file, "a.env", "b.env", "c.env", "d.env"], unfinished=False))

    assert stream.getvalue() == render_text(HALF) + (
        "\nWatching docker-compose.yml, .env, a.env, b.env and 2 more. Save to grade again;\nCtrl-C ends.\n"
    )


def test_each_round_says_when_and_how_many_points(stream: StringIO) -> None:
    """And nothing that stands on the screen is removed."""
    screen = TextScreen(stream, lambda: "12:03:07")
    screen.show(Round(FULL, [FULL.file], unfinished=False))
    screen.show(Round(UNTOUCHED, [FULL.file], unfinished=False))
    screen.show(Round(UNTOUCHED, [FULL.file], unfinished=False))
    lines = [line for line in stream.getvalue().splitlines() if line.startswith("----")]

    assert [f"---- 12:03:07 {'-' * 55} 0 / 6 (-6)", f"---- 12:03:07 {'-' * 60} 0 / 6"] == lines
    assert "\x1b" not in stream.getvalue()


def test_an_unfinished_state_is_one_line_and_nothing_to_compare_with(stream: StringIO) -> None:
    """The next good one is compared with the last good one."""
    screen = TextScreen(stream, lambda: "12:03:07")
    screen.show(Round(UNTOUCHED, [], unfinished=False))
    start = len(stream.getvalue())
    screen.show(Round(BROKEN, [], unfinished=True))
    screen.show(Round(UNTOUCHED, [], unfinished=False))
    said = stream.getvalue()[start:].splitlines()

    assert said[0] == (
        "---- 12:03:07  docker-compose.yml:3:9: This is no YAML: a quote is never closed. Close it and run grade "
        "again. The last score stays: 0 / 6."
    )
    assert "No check has changed." == said[2]
