"""Who pays: refusals go to their owners, and a text that several checks stumble over is charged once."""

from grader.compose.errors import Refusal
from grader.compose.marks import Mark
from grader.compose.model import Loaded, Service, Variable
from grader.containers.verdict import Problem
from grader.exercise import Check
from grader.findings import FAILED, NOT_ATTEMPTED, SKIPPED, Finding, failed, skipped
from grader.judging.ownership import owner_of
from grader.judging.state import Judging
from grader.masking import refusal_in_words
from grader.patterns import compiled
from grader.stack import Stack

NEW_LINE = "\n"
_USED = r"(?<!\$)\$\{?([A-Za-z_]\w*)"  # variables in a text, as Compose writes them
_SET = r"([A-Za-z_]\w*)="
MAX_JOINED_CHARACTERS = 500  # of a value that may hold the next line, too
BLOCK_STEPS = 3  # of a path that ends in `environment` or `volumes`: what is missing there stays `not attempted`


def without_refused(loaded: Loaded) -> Loaded:
    """Leave out the variables that a refusal is about: their own check is lost, others judge as if they were absent.

    Where the text is broken, the marked line counts as damaged: nobody knows what it was meant to say. What is refused
    about a line that was mended is the fault of the guess.
    """
    if loaded.mended:
        loaded = loaded._replace(refusals=[refusal for refusal in loaded.refusals if not _is_guess(loaded, refusal)])
    refused = {refusal.path[1:4:2] for refusal in loaded.refusals if refusal.path[2:3] == ("environment",)}
    broken = {(refusal.at.file, refusal.at.line) for refusal in loaded.refusals if refusal.kind == "yaml_syntax"}
    damaged = sorted({*loaded.damaged, *(line for file, line in broken if file == loaded.files[0])})
    services = dict(loaded.project.services)
    for name, service in services.items():
        kept = {
            key: found
            for key, found in service.environment.items()
            if (name, key) not in refused and not (broken and found.key[:2] in broken)
        }
        if len(kept) < len(service.environment):
            services[name] = service.with_environment(kept)
    return loaded._replace(project=loaded.project.with_services(services), damaged=damaged)


def _is_guess(loaded: Loaded, refusal: Refusal) -> bool:
    return refusal.kind != "yaml_syntax" and (refusal.at.file, refusal.at.line) in loaded.mended


def charge_refusals(judging: Judging) -> None:
    """Give every refusal to its owner; a text that several places share is the fault of the first."""
    refusals = judging.stack.loaded.refusals
    owners = [owner_of(refusal, judging.rubric, judging.findings) for refusal in refusals]
    faults = [_fault_of(refusal, judging.stack.loaded) for refusal in refusals]
    unset = unset_names(judging.stack)
    first_by_fault: dict[str, Check] = {}
    first_by_name: dict[str, Check] = {}
    for refusal, fault, owner in zip(refusals, faults, owners, strict=True):
        if owner is not None:
            first_by_fault.setdefault(fault, owner)
            for name in unset.get((refusal.at.file, refusal.at.line), ()):
                first_by_name.setdefault(name, owner)
    for refusal, fault, owner in zip(refusals, faults, owners, strict=True):
        first = first_by_fault.get(fault)
        if first is None:  # nothing is asked about its place, but the name that is set nowhere is missing here as well
            names = unset.get((refusal.at.file, refusal.at.line), ())
            first = next((first_by_name[name] for name in names if name in first_by_name), None)
        judging.owners.append(first)
        if first is None:
            _excuse(judging, refusal)
        elif owner is not None:
            _charge(judging, refusal, owner, first)


def _charge(judging: Judging, refusal: Refusal, owner: Check, first: Check) -> None:
    outcome = judging.findings[owner.id].outcome
    if outcome is SKIPPED:
        return
    if first.id != owner.id:
        judging.findings[owner.id] = skipped(first.id, "waits for the same text to be mended", at=refusal.at)
    elif outcome is not FAILED and len(refusal.path) != BLOCK_STEPS:
        judging.findings[owner.id] = failed(f"Docker Compose refuses this: {refusal_in_words(refusal)}", at=refusal.at)


def _fault_of(refusal: Refusal, loaded: Loaded) -> str:
    """Name what a refusal is about, so that the same text met twice (through an anchor) is one fault."""
    if refusal.kind == "interpolation_required":
        return refusal.message.partition(": ")[2]
    name = refusal.path[-1] if refusal.path else ""
    if refusal.kind == "interpolation_format":
        return f"{name} {refusal.message.rpartition(NEW_LINE)[2]}"
    at = refusal.at
    lines = loaded.texts.get(at.file, ())
    written = lines[at.line - 1][at.column - 1 : at.column - 1 + at.width] if at.line <= len(lines) else ""
    return f"{name} {written}" if written.startswith("*") else str(at)


def _excuse(judging: Judging, refusal: Refusal) -> None:
    """Skip the check of a value whose text is broken."""
    for length in (4, 5):
        place = refusal.path[:4] if length == 4 else (*refusal.path[:3], *refusal.path[4:5])
        check = judging.rubric.owners.get(place)
        if check is not None and judging.findings[check.id].outcome.lost:
            judging.findings[check.id] = skipped(judging.accepts, "this part of the file is refused", at=refusal.at)


def charge_once(judging: Judging) -> None:
    """A text that several checks take their value from (an anchor, a line of `.env`) is one fault, not several."""
    failed_checks = [check for check in judging.lost if judging.findings[check.id].outcome is FAILED]
    if len(failed_checks) < 2:  # what is missing takes its value from nowhere
        return
    first_by_fault: dict[tuple[str, ...], str] = {}
    unset = unset_names(judging.stack)
    for check in failed_checks:
        finding = judging.findings[check.id]
        for fault in _faults(judging, check, finding, unset):
            first = first_by_fault.setdefault(fault, check.id)
            if first != check.id:
                judging.findings[check.id] = skipped(first, "takes its value from the same text", at=finding.at)
                break


def _faults(
    judging: Judging, check: Check, finding: Finding, unset: dict[tuple[str, int], list[str]]
) -> list[tuple[str, ...]]:
    """Name what a lost check stumbled over, as far as others can stumble over the same."""
    if finding.outcome is not FAILED:
        return []
    variable = variable_of(judging, check)
    if variable is None:
        if finding.at is None:
            return []
        names = unset.get((finding.at.file, finding.at.line), ())
        return [*(("unset", name) for name in names), _fault_at(finding.source or finding.at)]
    written, source = variable.marks
    faults: list[tuple[str, ...]] = [("unset", name) for name in unset.get((written.file, written.line), ())]
    if variable.value is None:
        faults.append(("outside", variable.name))
    faults.append(_fault_at(source))
    lines = judging.stack.loaded.texts.get(written.file, ())
    text = lines[written.line - 1][written.column - 1 :] if 0 < written.line <= len(lines) else ""
    if "$" in text:
        faults += [("used", name) for name in compiled(_USED).findall(text)]
    if source != written:  # a line of `.env` that goes on over the next one
        known = {name for names in unset.values() for name in names}
        words = compiled(_SET).findall((variable.value or "")[:MAX_JOINED_CHARACTERS])
        ends = {word[start:] for word in words for start in range(len(word))}
        faults += [("unset", name) for name in sorted(known & ends)]
    return faults


def lost_over_the_same_text(judging: Judging, service: str, problem: Problem) -> str | None:
    """Name the lost check that stumbles over a text to which the problem of a service's container goes back, too."""
    variable = judging.stack.project.services[service].environment.get(problem.variable or "")
    if variable is None:
        return None
    unset = unset_names(judging.stack)
    written = variable.marks.written
    own = {_fault_at(variable.marks.source), *(("unset", name) for name in unset.get((written.file, written.line), ()))}
    for check in judging.rubric.checks():
        finding = judging.findings.get(check.id)
        if finding is not None and finding.outcome.lost and own.intersection(_faults(judging, check, finding, unset)):
            return check.id
    return None


def charge_shared_gaps(judging: Judging) -> None:
    """A variable that two services lack which take others from the same text is missing once."""
    services = judging.stack.project.services
    asked_again = judging.rubric.asked_again
    first_by_name: dict[str, list[Check]] = {}
    for check in judging.lost:
        if check.id not in asked_again:
            continue
        finding = judging.findings[check.id]
        for place in asked_again[check.id] if finding.outcome is NOT_ATTEMPTED else ():
            if place[1] not in services:
                continue
            for other in first_by_name.setdefault(place[3], []):
                if _share_a_text(services[other.service or ""], services[place[1]]):
                    judging.findings[check.id] = skipped(other.id, "takes its values from the same text", at=finding.at)
                    break
            first_by_name[place[3]].append(check)


def _share_a_text(one: Service, other: Service) -> bool:
    ours, theirs = one.environment, other.environment
    return any(ours[name].marks.source == theirs[name].marks.source for name in ours.keys() & theirs.keys())


def _fault_at(mark: Mark) -> tuple[str, ...]:
    return ("text", mark.file, str(mark.line), str(mark.column))


def variable_of(judging: Judging, check: Check) -> Variable | None:
    for place in judging.rubric.places[check.id]:
        service = judging.stack.project.services.get(place[1])
        if place[2] == "environment" and service is not None:
            return service.environment.get(place[3])
    return None


def unset_names(stack: Stack) -> dict[tuple[str, int], list[str]]:
    """Map a line to the names used on it that are set nowhere: `The "V" variable is not set ...`."""
    names: dict[tuple[str, int], list[str]] = {}
    for notice in (*stack.loaded.warnings, *stack.loaded.remarks):
        parts = notice.message.split('"')
        if notice.at is not None and len(parts) == 3 and parts[2].startswith(" variable is not set"):
            names.setdefault((notice.at.file, notice.at.line), []).append(parts[1])
    return names
