"""What nobody can be charged for: parts of the file that could not be read, or that another text has swallowed."""

from bisect import bisect_right
from operator import itemgetter

from grader.compose.errors import Refusal
from grader.compose.model import Service
from grader.exercise import Check
from grader.findings import skipped
from grader.judging.charges import unset_names, variable_of
from grader.judging.line_blocks import blocks_of, damaged_blocks
from grader.judging.ownership import names_target
from grader.judging.single import is_there, wants_unread_user
from grader.judging.state import Judging

DOTENV_KINDS = frozenset({"dotenv_syntax", "env_file_missing", "file_missing"})
VOLUMES_KINDS = frozenset({"volumes-declared", "volumes-driver", "volumes-only-named"})
MIN_COLONS = 2  # of a text that names two folders of the container, each behind its own
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


def excuse_swallowed_mounts(judging: Judging) -> None:
    """Skip a mount that stands in the text of another one."""
    texts = [(refusal.path[1], refusal.message) for refusal in judging.stack.loaded.refusals if _is_mount(refusal)]
    for service in judging.stack.project.services.values():
        texts += [(service.name, mount.text) for mount in service.volumes if mount.text is not None]
    for name, text in texts:
        if text.count(":") < MIN_COLONS:
            continue
        said = [check for target, check in judging.rubric.mounts.get(name, ()) if names_target(text, target)]
        for check in said[1:]:
            if judging.findings[said[0].id].outcome.lost and judging.findings[check.id].outcome.lost:
                finding = judging.findings[check.id]
                judging.findings[check.id] = skipped(said[0].id, "another mount has swallowed its line", at=finding.at)


def _is_mount(refusal: Refusal) -> bool:
    return refusal.path[2:3] == ("volumes",) and refusal.kind == "volume_spec"


def excuse_disturbed(judging: Judging) -> None:
    """Skip what is missing in a block with a key at the wrong depth: it may have gone somewhere else."""
    for refusal, owner in zip(judging.stack.loaded.refusals, judging.owners, strict=True):
        if owner is None and refusal.path[:1] != ("x-",):
            _excuse_around(judging, refusal)


def _excuse_around(judging: Judging, refusal: Refusal) -> None:
    stack = judging.stack
    in_main = refusal.at.file == stack.loaded.files[0]
    blocks = blocks_of(stack, refusal.at.line) if in_main else set()
    blocks.update(name for name in refusal.message.split("'")[1::2] if name in stack.project.services)
    strange = refusal.path[:1] == ("networks",) or (
        refusal.path[:1] == ("services",) and refusal.path[1:2] and not _is_known(judging, refusal.path[1])
    )
    whole = _one_key(judging, refusal)
    for check in judging.lost:
        finding = judging.findings[check.id]
        if not finding.outcome.lost:
            continue
        service = stack.project.services.get(check.service or "")
        if service is None:
            here = strange or None in blocks or len(refusal.path) < KEY_STEPS - 1
            moved = finding.actual is not None and refusal.path == (finding.actual,)  # a declaration at the top level
            block_is_there = whole and stack.project.volumes_at is not None and not moved
            # a service that has two of everything: the second half is another one's; a variable among the mounts
            mixed = in_main and (refusal.kind == "yaml_duplicate_key" or refusal.path[2:3] == ("volumes",))
            alien = mixed and finding.at is not None and blocks & blocks_of(stack, finding.at.line) - {None}
            excused = check.kind in VOLUMES_KINDS and bool(alien or (here and not block_is_there))
        else:
            excused = service.name in blocks and _is_gone(judging, check, service, whole=whole)
            excused = excused or _compares_with(check, refusal) or wants_unread_user(judging, check, blocks)
        if excused:
            judging.findings[check.id] = skipped(judging.accepts, "this part of the file is refused", at=finding.at)


def _compares_with(check: Check, refusal: Refusal) -> bool:
    """Tell whether a check compares with a service that has two environments: one of them is another service's."""
    twice = refusal.kind == "yaml_duplicate_key" and refusal.path[2:] == ("environment",)
    return twice and refusal.path[1] in (check.parameters.get("other_service"), check.parameters.get("server"))


def _is_gone(judging: Judging, check: Check, service: Service, *, whole: bool) -> bool:
    """Tell whether what a check looks at is missing; `whole`: and the block it belongs to as well."""
    places = judging.rubric.places[check.id]
    if all(is_there(service, place) for place in places):
        return False
    if not whole:
        return True
    return (service.environment_at if places[0][2] == "environment" else service.volumes_at) is None


def _one_key(judging: Judging, refusal: Refusal) -> bool:
    """Tell whether only one key is unknown, with a name of its own: it can stand for one missing block at most."""
    if refusal.kind != "schema_unknown_key":
        return False
    known = len(refusal.path) < 2 or (refusal.path[0] == "services" and _is_known(judging, refusal.path[1]))
    return known and len(refusal.path) <= KEY_STEPS


def _is_known(judging: Judging, service: str) -> bool:
    return service in judging.stack.given_services


def excuse_next_to_damage(judging: Judging) -> None:
    """Skip a value or mount that a damaged line may belong to: the last one before it."""
    stack = judging.stack
    for name, lines in damaged_blocks(stack).items():
        service = stack.project.services.get(name or "")
        if service is None:
            continue
        marks = [(variable.key.line, variable.name) for variable in service.environment.values()]
        marks += [(mount.at.line, mount.target) for mount in service.volumes]
        marks.sort()
        before = {bisect_right(marks, line, key=itemgetter(0)) for line in lines}
        hit = {(name, marks[count - 1][1]) for count in before if count}
        for check in judging.lost:
            finding = judging.findings[check.id]
            if not finding.outcome.lost:
                continue
            if any((place[1], place[3]) in hit for place in judging.rubric.places[check.id]):
                judging.findings[check.id] = skipped(judging.accepts, "the lines here are damaged", at=finding.at)
