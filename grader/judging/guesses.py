"""What was read from lines that are no YAML: a guess, for which nobody is charged."""

from collections.abc import Iterator

from grader.compose.errors import Refusal
from grader.compose.marks import Mark
from grader.exercise import Check
from grader.findings import FAILED, Finding, skipped
from grader.judging.state import Judging
from grader.patterns import compiled

_PART = r"\s*(?:-\s+)?(?:type|source|target)\s*:"  # of a mount in its long form
INCOMPLETE = ("is missing a mount target", "field Source must not be empty", "field Target must not be empty")


def excuse_guesses(judging: Judging) -> None:
    """Skip what is wrong about a line that was mended, or about a mount that lost a part to a line that is no YAML."""
    loaded = judging.stack.loaded
    if None not in judging.owners:
        return
    torn = _torn_mounts(judging)
    for check in judging.lost:
        finding = judging.findings[check.id]
        if finding.outcome is not FAILED:
            continue
        if check.id in torn or any(at[:2] in loaded.mended for at in _looked_at(judging, check, finding)):
            judging.findings[check.id] = skipped(judging.accepts, "a line here is damaged", at=finding.at)


def _looked_at(judging: Judging, check: Check, finding: Finding) -> Iterator[Mark]:
    """Yield the places that a judgement rests on: its own, and that of the value it compares with."""
    yield from (at for at in (finding.at, finding.source) if at is not None)
    parameters = check.parameters
    server = judging.stack.project.services.get(parameters.get("other_service") or parameters.get("server") or "")
    place = next(iter(judging.rubric.places[check.id]), None)
    if server is None or place is None:
        return
    compared = server.environment.get(parameters.get("other_variable", place[3]))
    if compared is not None:
        yield compared.key


def _torn_mounts(judging: Judging) -> set[str]:
    """Return the checks of mounts without source or target, where such a part stands on a line that is no YAML."""
    refusals = judging.stack.loaded.refusals
    torn = {
        owner.id for refusal, owner in zip(refusals, judging.owners, strict=True) if owner and _is_incomplete(refusal)
    }
    return torn if torn and any(compiled(_PART).match(line) for line in _broken_lines(judging)) else set()


def _is_incomplete(refusal: Refusal) -> bool:
    return refusal.path[2:3] == ("volumes",) and refusal.message.endswith(INCOMPLETE)


def _broken_lines(judging: Judging) -> Iterator[str]:
    loaded = judging.stack.loaded
    main = loaded.files[0]
    refused = {(refusal.at.file, refusal.at.line) for refusal in loaded.refusals if refusal.kind.startswith("yaml_")}
    for file, number in {*loaded.mended, *((main, line) for line in loaded.damaged), *refused}:
        lines = loaded.texts.get(file, ())
        if 0 < number <= len(lines):
            yield lines[number - 1]
