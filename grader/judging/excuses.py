"""What nobody can be charged for: parts of the file that could not be read, or that another text has swallowed."""

from grader.compose.model import Refusal
from grader.findings import Outcome, skipped
from grader.judging.charges import unset_names, variable_of
from grader.judging.ownership import names_target
from grader.judging.single import blocks_of, is_there
from grader.judging.state import Judging

DOTENV_KINDS = frozenset({"dotenv_syntax", "env_file_missing", "file_missing"})
VOLUMES_KINDS = frozenset({"volumes-declared", "volumes-driver", "volumes-only-named"})
KEY_STEPS = 3  # of a path that ends in a key of a service


def excuse_dotenv(judging: Judging) -> None:
    """Skip what takes its value from a file of variables that could not be read."""
    if not any(refusal.kind in DOTENV_KINDS for refusal in judging.stack.loaded.refusals):
        return
    unset = unset_names(judging.stack)
    for check in judging.rubric.checks():
        finding = judging.findings.get(check.id)
        if finding is None or not finding.outcome.lost or finding.at is None:
            continue
        variable = variable_of(judging, check)
        at = finding.at if variable is None else variable.marks.written
        if (at.file, at.line) in unset:
            judging.findings[check.id] = skipped(judging.accepts, "the file of variables could not be read", at=at)


def excuse_swallowed(judging: Judging) -> None:
    """Skip a variable that another one's text has swallowed: YAML takes a badly indented list item for text."""
    for check in judging.rubric.checks():
        finding = judging.findings.get(check.id)
        service = judging.stack.project.services.get(check.service or "")
        if finding is None or finding.outcome is not Outcome.NOT_ATTEMPTED or service is None:
            continue
        for place in judging.rubric.places[check.id]:
            for other in service.environment.values():
                owner = judging.rubric.owners.get((*place[:3], other.name))
                swallowed = other.value is not None and f" {place[3]}=" in other.value
                if swallowed and owner is not None and judging.findings[owner.id].outcome.lost:
                    judging.findings[check.id] = skipped(owner.id, f"{other.name} has swallowed its line", at=other.key)


def excuse_swallowed_mounts(judging: Judging) -> None:
    """Skip a mount that stands in the text of another one."""
    texts = [(refusal.path[1], refusal.message) for refusal in judging.stack.loaded.refusals if _is_mount(refusal)]
    for service in judging.stack.project.services.values():
        texts += [(service.name, mount.text) for mount in service.volumes if mount.text is not None]
    for name, text in texts:
        said = [
            check
            for place, check in judging.rubric.owners.items()
            if place[1] == name and place[2] == "volumes" and names_target(text, place[3])
        ]
        for check in said[1:]:
            if judging.findings[said[0].id].outcome.lost and judging.findings[check.id].outcome.lost:
                finding = judging.findings[check.id]
                judging.findings[check.id] = skipped(said[0].id, "another mount has swallowed its line", at=finding.at)


def _is_mount(refusal: Refusal) -> bool:
    return refusal.path[2:3] == ("volumes",) and refusal.kind == "volume_spec"


def excuse_disturbed(judging: Judging) -> None:
    """Skip what is missing in a block with a key at the wrong depth: it may have gone somewhere else."""
    stack = judging.stack
    for refusal, owner in zip(stack.loaded.refusals, judging.owners, strict=True):
        if owner is not None or not _moves_others(judging, refusal):
            continue
        blocks = blocks_of(stack, [refusal.at.line]) if refusal.at.file == stack.loaded.files[0] else set()
        strange = refusal.path[:1] == ("networks",) or (
            refusal.path[:1] == ("services",) and refusal.path[1:2] and not _is_known(judging, refusal.path[1])
        )
        for check in judging.rubric.checks():
            finding = judging.findings.get(check.id)
            if finding is None or not finding.outcome.lost:
                continue
            service = stack.project.services.get(check.service or "")
            if service is None:
                excused = check.kind in VOLUMES_KINDS and (strange or None in blocks)
            else:
                excused = service.name in blocks and not all(
                    is_there(service, place) for place in judging.rubric.places[check.id]
                )
            if excused:
                judging.findings[check.id] = skipped(judging.accepts, "this part of the file is refused", at=finding.at)


def _moves_others(judging: Judging, refusal: Refusal) -> bool:
    """Tell whether a refusal is about more than one unknown key with a name of its own."""
    if refusal.kind != "schema_unknown_key":
        return refusal.path[:1] != ("x-",)
    known = len(refusal.path) < 2 or (refusal.path[0] == "services" and _is_known(judging, refusal.path[1]))
    return not (known and len(refusal.path) <= KEY_STEPS)


def _is_known(judging: Judging, service: str) -> bool:
    return any(place[1] == service for place in judging.rubric.owners)
