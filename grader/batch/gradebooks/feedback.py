"""The comment beside a grade: the score, and what was lost. Made of the rubric's words only, never of a student's."""

import html
from collections.abc import Sequence

from grader.batch.briefs import LETTERS, LOST, Brief
from grader.batch.gradebooks.guard import guard
from grader.exercise import Check

# A cell of a gradebook, not a page: the feedback page has the rest.
MAX_LOST_NAMED = 12
BEGINNING = "Score: "


def comment_on(brief: Brief, checks: Sequence[Check]) -> str:
    """Return the comment for a graded submission; `checks` are those of the rubric.

    Moodle takes comments as HTML, so `<`, `>` and `&` of a title are escaped.
    """
    lost = [check for check, letter in zip(checks, brief.outcomes, strict=True) if letter in LOST]
    waiting = brief.outcomes.count(LETTERS["skipped"])
    parts = [f"{BEGINNING}{brief.score} of {brief.max_score} points."]
    if lost:
        named = [f"{check.title} ({check.points})" for check in lost[:MAX_LOST_NAMED]]
        more = [f"and {len(lost) - MAX_LOST_NAMED} more"] if len(lost) > MAX_LOST_NAMED else []
        parts.append(f"Lost: {'; '.join(named + more)}.")
    if waiting and lost:
        parts.append(f"{waiting} more {'waits' if waiting == 1 else 'wait'} for {'it' if len(lost) == 1 else 'these'}.")
    elif waiting:  # what nobody lost waits for the skeleton
        parts.append(f"{waiting} could not be judged, because what was given there was changed.")
    return guard(html.escape(" ".join(" ".join(parts).split()), quote=False))


def is_ours(comment: str) -> bool:
    """Whether a comment may be replaced: there is none, or an earlier run wrote it."""
    return not comment.strip() or comment.startswith(BEGINNING)
