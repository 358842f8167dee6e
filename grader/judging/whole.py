"""The checks that look at what became of the others: Compose's acceptance, and the starts of the containers."""

from grader.checks import judged
from grader.compose.marks import Mark
from grader.compose.model import Service
from grader.containers.verdict import Verdict
from grader.exercise import Check
from grader.findings import NOT_ATTEMPTED, PASSED, SKELETON, SKIPPED, Finding, failed, not_attempted, skipped
from grader.judging.line_blocks import damaged_blocks
from grader.judging.single import network_is_to_blame, rests_on_change
from grader.judging.state import Judging
from grader.stack import Stack, untouched

# the container rule for a volume that two services use; data volumes have been judged before
SHARED_VOLUME = "volume-shared"
MISPLACED_KINDS = frozenset({"bind-mount", "volumes-only-named"})


def judge_acceptance(judging: Judging, check: Check) -> Finding:
    stack = judging.stack
    refusals = stack.loaded.refusals
    if not refusals:
        if stack.untouched:
            return not_attempted("nothing is filled in yet", at=_first_service(stack))
        return judged(check, stack)
    from grader.judging.plain_words import explain  # here, because most files are accepted
    from grader.masking import refusal_in_words

    for refusal, owner in zip(refusals, judging.owners, strict=True):
        if owner is None:
            words = refusal_in_words(refusal)
            end = "" if words.endswith(".") else "."
            message = f"Docker Compose refuses the file: {words}{end}{explain(refusal, stack.loaded.texts)}"
            return failed(message, at=refusal.at)
    first = judging.owners[0]
    return skipped(first.id if first is not None else SKELETON, at=refusals[0].at)


def _first_service(stack: Stack) -> Mark | None:
    return next((service.at for service in stack.project.services.values()), None)


def judge_start(judging: Judging, check: Check) -> Finding:
    stack = judging.stack
    waiting = None if judging.as_given else rests_on_change(judging, check)
    if waiting is not None:
        return waiting
    service = check.service or ""
    here = stack.service(service)
    if untouched(here) and not (_unread(stack, here) or _moved_away(judging, check)):
        return judged(check, stack)
    if stack.loaded.refusals:
        owner = next((owner.id for owner in judging.owners if owner is not None), judging.accepts)
        return skipped(judging.accepts if None in judging.owners else owner, "Compose starts nothing", at=here.at)
    if (service, "ports") in stack.changes.parts:
        return skipped(SKELETON, f"the published port of {service} is not the skeleton's", at=here.at)
    for other in judging.rubric.by_service[check.service] if judging.missed else ():
        found = judging.findings.get(other.id)
        if found is None or found.outcome is PASSED or other.id == check.id:
            continue
        if found.outcome.lost:
            return skipped(other.id, at=here.at)
        if found.because is not None:
            return found._replace(at=here.at)
    finding = judged(check, stack)
    if not finding.outcome.lost:
        return finding
    blamed = _blamed_elsewhere(judging, check, service)
    if blamed is not None:
        return skipped(blamed, at=here.at)
    if network_is_to_blame(judging, check):
        return skipped(SKELETON, "the networks of the skeleton were changed", at=finding.at)
    return finding


def _unread(stack: Stack, service: Service) -> bool:
    """Tell whether something in a service's block could not be read."""
    return bool(service.unread) or service.name in damaged_blocks(stack)


def _moved_away(judging: Judging, check: Check) -> bool:
    """Tell whether a service only looks untouched: what it should have is waited for elsewhere."""
    return any(
        judging.findings[other.id].because == judging.accepts
        for other in judging.rubric.by_service[check.service]
        if other.id in judging.findings
    )


def _is_lost(judging: Judging, check: Check) -> bool:
    """Tell whether a check is lost as far as is known: the checks of this module are judged one after the other."""
    return check.id in judging.findings and judging.findings[check.id].outcome.lost


def _blamed_elsewhere(judging: Judging, check: Check, service: str) -> str | None:
    """Name the lost check of another service that the container's verdict goes back to."""
    model = judging.stack.containers.of(service)
    if model is not None:
        from grader.judging.charges import lost_over_the_same_text  # here, because most containers work

        lost_before = lost_over_the_same_text(judging, service, model.problems[0])
        if lost_before is not None:
            return lost_before
    if model is not None and model.problems[0].rule == SHARED_VOLUME:
        lost = (other for other in judging.rubric.checks() if _is_lost(judging, other))
        return next((other.id for other in lost if other.kind in MISPLACED_KINDS), None)
    if model is None or model.verdict is not Verdict.CLIENTS_FAIL:
        return None
    for other in judging.rubric.checks():
        asks = service in (other.parameters.get("server"), other.parameters.get("broker"))
        if asks and _is_lost(judging, other):
            return other.id
    return None


def apply_needs(judging: Judging) -> None:
    for check in judging.rubric.needing:
        if judging.findings[check.id].outcome in (NOT_ATTEMPTED, SKIPPED):
            continue
        for need in check.needs:
            outcome = judging.findings[need].outcome
            if outcome is not PASSED:
                judging.findings[check.id] = skipped(need, at=judging.findings[check.id].at)
                break
