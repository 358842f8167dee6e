"""The comment beside a grade: the score, and what was lost. Made of the rubric's words only, never of a student's."""

import html
from collections.abc import Mapping
from typing import Any

from grader.batch.gradebooks.guard import guard
from grader.batch.records import checks_of, lost_checks

# A cell of a gradebook, not a page: the feedback page has the rest.
MAX_LOST_NAMED = 12
BEGINNING = "Score: "


def comment_on(record: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """Return the comment for a graded record; `titles` are those of the checks by id.

    Moodle takes comments as HTML, so `<`, `>` and `&` of a title are escaped.
    """
    report, lost = record["report"], lost_checks(record)
    waiting = sum(check["outcome"] == "skipped" for check in checks_of(record))
    parts = [f"{BEGINNING}{report['score']} of {report['max_score']} points."]
    if lost:
        named = [f"{titles.get(check['id'], check['id'])} ({check['max_score']})" for check in lost[:MAX_LOST_NAMED]]
        more = [f"and {len(lost) - MAX_LOST_NAMED} more"] if len(lost) > MAX_LOST_NAMED else []
        parts.append(f"Lost: {'; '.join(named + more)}.")
    if waiting:
        parts.append(f"{waiting} more {'waits' if waiting == 1 else 'wait'} for these.")
    return guard(html.escape(" ".join(" ".join(parts).split()), quote=False))


def is_ours(comment: str) -> bool:
    """Whether a comment may be replaced: there is none, or an earlier run wrote it."""
    return not comment.strip() or comment.startswith(BEGINNING)
