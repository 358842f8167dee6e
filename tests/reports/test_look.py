"""Which terminal gets colours and symbols."""

import io

import pytest

from grader.reports.look import PLAIN, Look, look_of


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)

    def isatty(self) -> bool:
        """Say yes."""
        return True


def test_a_pipe_gets_plain_words() -> None:
    """80 columns, no colours, no symbols."""
    assert PLAIN == look_of(io.StringIO(), {"TERM": "xterm-256color"})


def test_a_terminal_gets_both() -> None:
    """As wide as it says."""
    assert Look(colour=True, symbols=True, width=90) == look_of(Terminal(), {"TERM": "xterm-256color", "COLUMNS": "90"})


@pytest.mark.parametrize(
    ("environment", "colour", "symbols"),
    [
        ({"NO_COLOR": "1", "TERM": "xterm"}, False, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": "xterm"}, False, True),
        ({"NO_COLOR": "", "TERM": "xterm"}, True, True),
        ({"TERM": "xterm", "LANG": "C", "LC_CTYPE": "C.UTF-8"}, True, False),
        ({"TERM": "xterm", "LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, True, False),
        ({"TERM": "xterm", "LANG": "C.UTF-8"}, True, True),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True, False),
    ],
)
def test_the_environment_decides(environment: dict[str, str], colour: bool, symbols: bool) -> None:
    """An empty NO_COLOR does not count (no-color.org)."""
    look = look_of(Terminal(), environment)

    assert (colour, symbols) == (look.colour, look.symbols)


def test_force_color_reaches_a_pipe() -> None:
    """For pagers and build logs that show colours."""
    assert look_of(io.StringIO(), {"FORCE_COLOR": "1"}).colour


def test_a_terminal_that_cannot_encode_symbols_gets_none() -> None:
    """Colours are ASCII, bars are not."""
    look = look_of(Terminal("ascii"), {"TERM": "xterm"})

    assert (True, False) == (look.colour, look.symbols)


@pytest.mark.parametrize(("columns", "width"), [("10", 40), ("5000", 100), ("nonsense", 80), ("99999", 80)])
def test_the_width_has_limits(columns: str, width: int) -> None:
    """Neither too narrow to say anything nor too wide to read."""
    assert width == look_of(io.StringIO(), {"COLUMNS": columns}).width


def test_only_a_whole_fills_the_bar() -> None:
    """And the first point is seen."""
    look = Look(symbols=True)

    assert ["░░░░", "█░░░", "███░", "████"] == [look.bar(part, 40, cells=4) for part in (0, 1, 39, 40)]
