"""Width, breaking, and a line with carets."""

from grader.report import Excerpt
from grader.reports.lines import display_width, excerpt_lines, wrap
from grader.reports.look import Look


def test_wide_letters_count_twice_and_combining_marks_not_at_all() -> None:
    """As a terminal draws them."""
    assert 4 == display_width("\N{CJK UNIFIED IDEOGRAPH-6C34}\N{CJK UNIFIED IDEOGRAPH-6C34}")
    assert 1 == display_width("u\N{COMBINING DIAERESIS}")


def test_text_breaks_at_blanks_and_hangs() -> None:
    """The first line has its own indentation."""
    lines = wrap("one two three four", 10, "> ", "   ")

    assert ["> one two", "   three", "   four"] == lines


def test_a_word_without_blanks_is_broken() -> None:
    """A value of 30 letters in 10 columns."""
    lines = wrap("x" * 25, 10)

    assert ["x" * 10, "x" * 10, "x" * 5] == lines


def test_written_line_ends_stay() -> None:
    """A container's log of two lines is two lines."""
    assert ["one", "two"] == wrap("one\ntwo", 80)


def test_carets_stand_below_what_they_mean_behind_wide_letters_and_tabs() -> None:
    """Columns count characters, a terminal counts cells."""
    lines = excerpt_lines(Excerpt("f", 7, "\N{CJK UNIFIED IDEOGRAPH-6C34}\tA: bad", 6, 3), Look())

    assert "    7 | \N{CJK UNIFIED IDEOGRAPH-6C34} A: bad" == lines[0]
    assert "      |       ^^^" == lines[1]


def test_a_long_line_is_cut_around_what_matters() -> None:
    """The underlined part stays visible, with dots where something is missing."""
    lines = excerpt_lines(Excerpt("f", 7, "a" * 200 + "BAD" + "c" * 200, 201, 3), Look(width=60))

    assert lines[0].startswith("    7 | ...")
    assert lines[0].endswith("...")
    assert "BAD" == lines[0][lines[1].index("^") : lines[1].rindex("^") + 1]


def test_a_mark_behind_the_end_of_its_line_still_gets_a_caret() -> None:
    """A value that is missing is marked where it would stand."""
    lines = excerpt_lines(Excerpt("f", 7, "A:", 4, 0), Look())

    assert "      |   ^" == lines[1]
