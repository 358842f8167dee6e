"""The running sums of the dashboard give what the textbook's formulas give."""

from math import sqrt
from statistics import fmean, median, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.dashboard.statistics import VERDICTS, Relation, Scores, Verdict

MAX_SCORE = 100
scores = st.lists(st.integers(0, MAX_SCORE), min_size=1, max_size=60)
students = st.lists(st.tuples(st.booleans(), st.integers(0, MAX_SCORE)), max_size=60)


def counted(given_scores: list[int]) -> Scores:
    """Return the scores after all of them were added."""
    found = Scores(MAX_SCORE)
    for score in given_scores:
        found.add(score)
    return found


def related(given_students: list[tuple[bool, int]]) -> Relation:
    """Return the relation after all students were added."""
    found = Relation()
    for solved, rest in given_students:
        found.add(solved, rest)
    return found


@given(scores)
def test_mean_and_median_are_exact(found: list[int]) -> None:
    """They are those of the list of all scores."""
    assert fmean(found) == pytest.approx(counted(found).mean())
    assert median(found) == counted(found).median()


def test_nobody_has_no_mean() -> None:
    """An empty class has neither a mean nor a median."""
    assert (None, None) == (counted([]).mean(), counted([]).median())


@given(students)
def test_the_coefficient_is_the_point_biserial_one(found: list[tuple[bool, int]]) -> None:
    """It is the difference of the means over the deviation, times the root of both shares."""
    solved = [rest for was_solved, rest in found if was_solved]
    others = [rest for was_solved, rest in found if not was_solved]
    rests = solved + others
    if not solved or not others or len(set(rests)) == 1:
        expected = None
    else:
        shares = len(solved) * len(others) / len(rests) ** 2
        expected = pytest.approx((fmean(solved) - fmean(others)) / pstdev(rests) * sqrt(shares), abs=1e-9)

    assert expected == related(found).coefficient()


@given(students)
def test_every_verdict_has_words(found: list[tuple[bool, int]]) -> None:
    """Whatever the figures are, there is a sentence."""
    assert VERDICTS[related(found).verdict()].endswith(".")


@pytest.mark.parametrize(
    ("verdict", "found"),
    [
        ("too few", [(True, 90), (False, 10)] * 4),
        ("nearly all", [(True, score) for score in range(40)] + [(False, 3)]),
        ("hardly any", [(False, score) for score in range(40)] + [(True, 3)]),
        ("too few", [(True, score) for score in range(12)] + [(False, 3)]),
        ("same rest", [(True, 50), (False, 50)] * 6),
        ("separates", [(True, 60 + score) for score in range(10)] + [(False, 20 + score) for score in range(10)]),
        ("against", [(False, 60 + score) for score in range(10)] + [(True, 20 + score) for score in range(10)]),
        ("unrelated", [(score % 2 == 0, score // 2) for score in range(40)]),
    ],
)
def test_the_figures_are_told_in_words(verdict: Verdict, found: list[tuple[bool, int]]) -> None:
    """Each kind of check has its own sentence."""
    assert verdict == related(found).verdict()


def test_a_check_is_not_doubted_by_chance() -> None:
    """Twelve students with a slightly negative coefficient say nothing against a check."""
    found = related([(True, 50), (True, 48), (True, 51), (False, 52), (False, 50), (False, 51)] * 2)
    coefficient = found.coefficient()

    assert coefficient is not None
    assert -0.55 < coefficient < -0.5
    assert "unrelated" == found.verdict()
