"""No text of ours may become a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.gradebooks.feedback import MAX_LOST_NAMED, comment_on
from grader.batch.gradebooks.guard import FORMULA_STARTS, guard
from tests.batch.gradebooks.records import checks, record


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_what_could_be_a_formula_gets_an_apostrophe(start: str) -> None:
    """The signs of OWASP ASVS 1.2.10."""
    assert f"'{start}cmd" == guard(f"{start}cmd")


@given(st.text())
def test_a_guarded_text_is_the_text(text: str) -> None:
    """With at most one sign before it, and then never a dangerous one."""
    assert guard(text) in (text, f"'{text}")
    assert not guard(text).startswith(FORMULA_STARTS)


def test_a_comment_names_what_was_lost() -> None:
    """With its points, in the order of the rubric; HTML is escaped."""
    titled = checks("A number & a <node>")

    assert (
        "Score: 95 of 100 points. Lost: A number &amp; a &lt;node&gt; (2); kafka.cluster-id (3). "
        "1 more waits for these." == comment_on(record("a", 95), titled)
    )


@pytest.mark.parametrize(
    ("outcomes", "end"),
    [
        ("fpwp", "Lost: kafka.node-id (2). 1 more waits for it."),
        ("fnww", "Lost: kafka.node-id (2); kafka.cluster-id (3). 2 more wait for these."),
        ("ppwp", "1 could not be judged, because what was given there was changed."),
    ],
)
def test_a_comment_says_what_the_others_wait_for(outcomes: str, end: str) -> None:
    """For the checks that were lost; where none was, for what the skeleton gives."""
    comment = comment_on(record("a", 90)._replace(outcomes=outcomes), checks())

    assert f"Score: 90 of 100 points. {end}" == comment


def test_a_comment_stays_short() -> None:
    """However much was lost."""
    found = record("a", 0)

    comment = comment_on(found._replace(outcomes=50 * found.outcomes), 50 * checks())

    assert f"and {100 - MAX_LOST_NAMED} more." in comment
    assert len(comment) < 400
