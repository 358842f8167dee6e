"""From a stack to findings: every check once, each fault charged to one check.

The order: what rests on a changed skeleton is skipped; each kind judges; what could not be read is skipped; refusals go
to their owners; a text that several checks stumble over is charged once; then the checks that look at the others.
"""

from collections.abc import Callable
from functools import lru_cache

from grader.checks.variable import NOT_SAID
from grader.exercise import Check
from grader.findings import FAILED, NOT_ATTEMPTED, PASSED, Finding, with_message
from grader.judging.single import rests_on_change, without_blame
from grader.judging.state import Judging
from grader.judging.swallowing import find_swallowed, without_swallowing
from grader.judging.whole import apply_needs, judge_acceptance, judge_start
from grader.rubric import Rubric
from grader.stack import Stack

# Images: read only while the volume is new
FIRST_START = frozenset(
    {
        ("mongodb", "MONGO_INITDB_DATABASE"),
        ("mysql", "MYSQL_ROOT_PASSWORD"),
        ("mysql", "MYSQL_DATABASE"),
        ("mysql", "MYSQL_USER"),
        ("mysql", "MYSQL_PASSWORD"),
        ("kafka", "KAFKA_NODE_ID"),
    }
)
SAYS_NOTHING = NOT_SAID.capitalize()  # as a sentence
REMEMBERED = "A volume that already exists remembers the old value (`docker compose down -v`)."


def judge(stack: Stack, rubric: Rubric) -> dict[str, Finding]:
    """Return a finding for every check of the rubric, by check id."""
    loaded = stack.loaded
    swallowed = find_swallowed(loaded, rubric.asked)
    if swallowed:
        stack = stack.with_loaded(without_swallowing(loaded, swallowed))
    judging = Judging(stack, rubric)
    findings = judging.findings
    as_given = judging.as_given
    missed = judging.missed
    for check, check_id, look in rubric.looks:
        waiting = None if as_given else rests_on_change(judging, check)
        finding = findings[check_id] = look(stack) if waiting is None else waiting
        if finding.outcome is not PASSED:
            missed.append(check)
            if waiting is None:
                stack.lost[check_id] = finding.outcome.lost
                findings[check_id] = without_blame(judging, check, finding)
    if loaded.refusals or any(findings[check.id].outcome.lost for check in missed):
        from grader.judging.faults import settle_faults  # here, because a solution has none

        settle_faults(judging, loaded, swallowed)
    for check in rubric.of_acceptance:
        _judge_last(judging, check, judge_acceptance)
    for check in rubric.of_starts:
        _judge_last(judging, check, judge_start)
    if not missed and not loaded.refusals:
        return findings
    apply_needs(judging)
    of_first_start = _of_first_start(rubric)
    # a refusal, or an entry that has swallowed others, is also charged to a check that passed
    for check in rubric.checks() if loaded.refusals or swallowed else missed:
        finding = findings[check.id]
        outcome = finding.outcome
        if outcome is PASSED:
            continue
        if outcome is FAILED:
            if check.id in of_first_start:
                findings[check.id] = with_message(finding, f"{finding.message} {REMEMBERED}")
        elif outcome is NOT_ATTEMPTED:
            message = finding.message or ""
            if message.startswith(SAYS_NOTHING):
                findings[check.id] = with_message(finding, _with_title(check.title, message))
    return findings


@lru_cache(maxsize=256)  # of a rubric's checks
def _with_title(title: str, message: str) -> str:
    return f"{title}: {message[:1].lower()}{message[1:]}"


def _judge_last(judging: Judging, check: Check, look: Callable[[Judging, Check], Finding]) -> None:
    finding = judging.findings[check.id] = look(judging, check)
    if finding.outcome is not PASSED:
        judging.missed.append(check)


@lru_cache(maxsize=8)
def _of_first_start(rubric: Rubric) -> frozenset[str]:
    """Name the checks about a value that only counts at the first start, once a process."""
    return frozenset(
        check_id
        for check_id, places in rubric.places.items()
        if any((place[1], place[3]) in FIRST_START for place in places)
    )
