"""Who owns a refusal of Compose: the check of the variable, mount or volume it is about, or nobody.

One fault, one lost check: what another check owns is not held against `compose-accepts` as well.
"""

from grader.checks import KINDS
from grader.checks.places import Place
from grader.compose.model import Refusal
from grader.findings import Finding
from grader.rubric import Check, Rubric

VOLUME_KINDS = ("named-volume", "bind-mount")


def check_of_kind(rubric: Rubric, kind: str) -> Check | None:
    """Return the first check of a kind, None if the rubric has none."""
    return next((check for check in rubric.checks() if check.kind == kind), None)


def places_of(check: Check) -> tuple[Place, ...]:
    """Return the places of the model that a check judges."""
    return KINDS[check.kind].places(**check.parameters)


def all_places(rubric: Rubric) -> dict[Place, Check]:
    """Map every place to the first check that judges it."""
    found: dict[Place, Check] = {}
    for check in rubric.checks():
        for place in places_of(check):
            found.setdefault(place, check)
    return found


def owner_of(refusal: Refusal, rubric: Rubric, places: dict[Place, Check], findings: dict[str, Finding]) -> Check | None:
    """Return the check that a refusal belongs to, None if no other check owns it."""
    path = refusal.path
    if path[:1] == ("volumes",):
        return _owner_of_declaration(refusal, rubric, findings)
    if path[:1] != ("services",) or len(path) < 4:
        return None
    if path[2] == "environment":
        return places.get(path[:4])
    if path[2] == "volumes":
        return _owner_of_mount(refusal, rubric, places, findings)
    return None


def _owner_of_declaration(refusal: Refusal, rubric: Rubric, findings: dict[str, Finding]) -> Check | None:
    if refusal.kind == "volume_external_conflict":
        return check_of_kind(rubric, "volumes-declared")
    if refusal.path[2:3] == ("driver",):
        driver = check_of_kind(rubric, "volumes-driver")
        if driver is not None and driver.id in findings and findings[driver.id].outcome.lost:
            return driver
    return None


def _owner_of_mount(
    refusal: Refusal, rubric: Rubric, places: dict[Place, Check], findings: dict[str, Finding]
) -> Check | None:
    service, target = refusal.path[1], refusal.path[4] if len(refusal.path) > 4 else None
    at_target = places.get(("services", service, "volumes", target)) if target is not None else None
    if refusal.kind == "undefined_volume":
        declared = check_of_kind(rubric, "volumes-declared")
        if declared is not None and service in declared.parameters["services"]:
            path_like = at_target is not None and at_target.id in findings and findings[at_target.id].outcome.lost
            return at_target if path_like else declared
        return at_target or check_of_kind(rubric, "volumes-only-named")
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
