"""Who owns a refusal of Compose: the check of the variable, mount or volume it is about, or nobody.

One fault, one lost check: what another check owns is not held against `compose-accepts` as well.
"""

from grader.compose.errors import Refusal
from grader.exercise import Check
from grader.findings import NOT_ATTEMPTED, Finding
from grader.rubric import Rubric

# the text is broken where a value stands: that says nothing about the value
BROKEN_YAML = frozenset({"yaml_syntax", "yaml_alias"})
# what Compose says of `environment:` and `volumes:` without anything under them, and of a text in their place
EMPTY_BLOCK = (".environment must be a mapping", ".volumes must be a array")
VOLUME_KINDS = ("named-volume", "bind-mount")


def owner_of(refusal: Refusal, rubric: Rubric, findings: dict[str, Finding]) -> Check | None:
    """Return the check that a refusal belongs to, None if no other check owns it."""
    path = refusal.path
    if refusal.kind in BROKEN_YAML:
        return None
    if path[:1] == ("volumes",):
        return _owner_of_declaration(refusal, rubric, findings)
    if path[:1] != ("services",) or len(path) < 3:
        return None
    if len(path) == 3:
        return _owner_of_block(refusal, rubric, findings)
    if path[2] == "environment":
        return rubric.owners.get(path[:4])
    if path[2] == "volumes":
        return _owner_of_mount(refusal, rubric, findings)
    return None


def names_target(text: str, target: str) -> bool:
    """Tell whether the short text of a mount names a folder of the container, and not only one above it."""
    return any(piece[:1] in ("", ":", " ") for piece in text.split(f":{target}")[1:])


def _owner_of_declaration(refusal: Refusal, rubric: Rubric, findings: dict[str, Finding]) -> Check | None:
    declared = rubric.of_kind("volumes-declared")
    if refusal.kind == "volume_external_conflict" or refusal.path == ("volumes",):
        return declared
    if refusal.kind == "yaml_duplicate_key" and declared is not None and findings[declared.id].outcome.lost:
        return declared  # the name of a volume is gone, and its settings have fallen to the one above
    if refusal.path[2:3] == ("driver",):
        driver = rubric.of_kind("volumes-driver")
        if driver is not None and driver.id in findings and findings[driver.id].outcome.lost:
            return driver
    return None


def _owner_of_block(refusal: Refusal, rubric: Rubric, findings: dict[str, Finding]) -> Check | None:
    """A block with nothing under it: its owner is the first check that misses something there."""
    if not refusal.message.endswith(EMPTY_BLOCK):
        return None
    for place, check in rubric.owners.items():
        if place[:3] == refusal.path and findings[check.id].outcome is NOT_ATTEMPTED:
            return check
    return None


def _owner_of_mount(refusal: Refusal, rubric: Rubric, findings: dict[str, Finding]) -> Check | None:
    service, target = refusal.path[1], refusal.path[4] if len(refusal.path) > 4 else None
    at_target = rubric.owners.get(("services", service, "volumes", target)) if target is not None else None
    if refusal.kind == "undefined_volume":
        declared = rubric.of_kind("volumes-declared")
        path_like = at_target is not None and at_target.id in findings and findings[at_target.id].outcome.lost
        # a rubric that does not ask for declarations: a volume in its right place is nobody's fault but the file's
        if declared is None and at_target is not None and rubric.of_kind("compose-accepts") is not None:
            return at_target if path_like else None
        if declared is not None and service in declared.parameters["services"]:
            return at_target if path_like else declared
        return at_target or rubric.of_kind("volumes-only-named")
    if refusal.kind == "volume_spec":
        said = (
            check
            for place, check in rubric.owners.items()
            if place[:3] == refusal.path[:3]
            and names_target(refusal.message, place[3])
            and findings[check.id].outcome.lost
        )
        at_target = next(said, at_target)
    if at_target is not None:
        return at_target
    return next(
        (
            check
            for check in rubric.checks()
            if check.kind in VOLUME_KINDS and check.service == service and findings[check.id].outcome.lost
        ),
        None,
    )
