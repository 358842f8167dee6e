"""The page on the verification names every step of `grade live`."""

from pathlib import Path

import pytest

from grader.live.steps import STEPS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "exercises" / "07-verification" / "TASK.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("title", [step.TITLE for step in STEPS])
def test_every_step_is_on_the_page(title: str) -> None:
    """By hand on the left, its title on the right."""
    table = PAGE.partition("## By hand and with grade live")[2]

    assert title in table
