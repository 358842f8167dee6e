"""What is wrong once every check has judged by itself: each fault is charged to one check, and others are excused."""

from grader.compose.model import Loaded
from grader.judging.charges import charge_once, charge_refusals, charge_shared_gaps
from grader.judging.excuses import (
    excuse_disturbed,
    excuse_dotenv,
    excuse_next_to_damage,
    excuse_swallowed_mounts,
)
from grader.judging.guesses import excuse_guesses
from grader.judging.orphans import excuse_orphans
from grader.judging.state import Judging
from grader.judging.swallowing import Swallowed, charge_swallowing


def settle_faults(judging: Judging, loaded: Loaded, swallowed: Swallowed) -> None:
    """Charge and excuse, in place; `loaded` still has the variables that have `swallowed` others."""
    charge_refusals(judging)
    excuse_dotenv(judging)
    charge_swallowing(judging, loaded, swallowed)
    findings = judging.findings
    looked = [look[0] for look in judging.rubric.looks] if loaded.refusals or swallowed else judging.missed
    judging.lost = [check for check in looked if findings[check.id].outcome.lost]
    excuse_orphans(judging)
    excuse_guesses(judging)
    excuse_next_to_damage(judging)
    several = len(judging.lost) > 1  # what is lost alone is lost for itself
    if several:
        excuse_swallowed_mounts(judging)
    excuse_disturbed(judging)
    if several:
        charge_once(judging)
        charge_shared_gaps(judging)
