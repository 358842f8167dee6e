"""Points: exact, rounded half up where they must be, never above the maximum, and written as the file writes them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.gradebooks.numbers import Style, read_number, scale, write_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("100", "100"),
        (" 10.0 ", "10"),
        ("62,50", "62.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1,000", "1"),
        ("0", "0"),
        ("", None),
        ("-", None),
        ("-5", None),
        ("(read only)", None),
        ("EX", None),
        ("1e9", None),
        ("٣", None),
        ("9" * 31, None),
    ],
)
def test_the_last_sign_is_the_decimal_one(text: str, number: str | None) -> None:
    """As Canvas reads numbers, thousands included."""
    assert (None if number is None else Fraction(number)) == read_number(text)


@pytest.mark.parametrize(
    ("score", "points", "places", "written"),
    [
        (62, "100", 2, "62"),
        (62, "10", 2, "6.2"),
        (62, "50", 2, "31"),
        (1, "12.5", 2, "0.13"),
        (3, "12.5", 2, "0.38"),
        (1, "50", 0, "1"),
        (100, "2.5", 0, "2"),
        (0, "10", 2, "0"),
        (62, None, 2, "62"),
    ],
)
def test_a_score_becomes_points(score: int, points: str | None, places: int, written: str) -> None:
    """No needless zeros; half up; what is rounded never exceeds the maximum."""
    grade, _ = scale(score, 100, None if points is None else Fraction(points), places)

    assert written == write_number(grade, Style(places=places))


def test_the_decimal_sign_is_that_of_the_file() -> None:
    """Moodle reads decimals in the language of its site."""
    assert "6,2" == write_number(Fraction(62, 10), Style(mark=","))


@given(st.integers(0, 500), st.integers(1, 500), st.fractions(0, 1000, max_denominator=100), st.integers(0, 2))
def test_scaling_keeps_within_half_a_step(score: int, max_score: int, points: Fraction, places: int) -> None:
    """And says truly whether it had to round."""
    score = min(score, max_score)
    exact = score * points / max_score

    grade, rounded = scale(score, max_score, points, places)

    assert rounded == (grade != exact)
    assert grade <= points
    assert abs(grade - exact) < Fraction(1, 10**places)
    assert grade == read_number(write_number(grade, Style(places=places)))
