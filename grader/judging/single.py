"""One check by itself: what it rests on, what it finds, and whether the file lets anybody say so."""

from grader.checks import KINDS
from grader.checks.places import Place
from grader.compose.model import Service
from grader.findings import Finding, Outcome, skipped
from grader.judging.state import SKELETON, Judging
from grader.rubric import Check
from grader.stack import Stack

# kinds whose client must reach a server, by the parameter that names it
SERVER_PARAMETERS = {"mongodb-url": "server", "service-host": "server", "kafka-bootstrap": "broker"}
# kinds that rest on who reaches whom
NETWORK_KINDS = frozenset({*SERVER_PARAMETERS, "kafka-advertised-listeners", "kafka-quorum-voters", "kafka-listeners"})


def judge_one(judging: Judging, check: Check) -> Finding:
    stack = judging.stack
    waiting = None if judging.as_given else rests_on_change(judging, check)
    if waiting is not None:
        return waiting
    finding = KINDS[check.kind].check(stack, **check.parameters)
    if not finding.outcome.lost:
        return finding
    if _unread(judging, check, finding):
        return skipped(judging.accepts, "this part of the file could not be read", at=finding.at)
    if finding.outcome is Outcome.FAILED and check.kind in NETWORK_KINDS and network_is_to_blame(judging, check):
        return skipped(SKELETON, "the networks of the skeleton were changed", at=finding.at)
    return finding


def rests_on_change(judging: Judging, check: Check) -> Finding | None:
    """Skip what cannot be judged because something that the skeleton gives is not there or another one."""
    stack = judging.stack
    service = check.service
    if service is None:
        return None
    server = check.parameters.get(SERVER_PARAMETERS.get(check.kind, ""))
    for name in (service, server):
        if isinstance(name, str) and name not in stack.project.services:
            owner = judging.accepts if stack.loaded.damaged else SKELETON
            return skipped(owner, f"there is no service {name}")
    for part in ("image", "build"):
        if (service, part) in stack.changes.parts:
            return skipped(SKELETON, f"the {part} of {service} is not the skeleton's", at=stack.service(service).at)
    return None


def network_is_to_blame(judging: Judging, check: Check) -> bool:
    """Tell whether the check would pass with the networks that the skeleton gives."""
    stack = judging.stack
    if not any(part in ("networks", "container_name") for _, part in stack.changes.parts):
        return False
    given = stack.with_given_names()
    return not KINDS[check.kind].check(given, **check.parameters).outcome.lost


def _unread(judging: Judging, check: Check, finding: Finding) -> bool:
    """Tell whether what the check misses may stand in a part of the file that could not be read."""
    stack = judging.stack
    service = stack.project.services.get(check.service) if check.service is not None else None
    if service is None:
        damaged = stack.loaded.damaged and None in _damaged_blocks(stack)
        return bool(damaged or (check.kind.startswith("volumes-") and "volumes" in stack.unread))
    if service.name in _damaged_blocks(stack) and _in_flow(stack, service):
        return True
    missing = [place for place in judging.rubric.places[check.id] if not _is_there(service, place)]
    if not missing:
        return False
    if service.name in _damaged_blocks(stack) or stack.other_file_damaged:
        return True
    parts = {"environment", "env_file"} if missing[0][2] == "environment" else {"volumes"}
    return bool(parts & service.unread)


def _is_there(service: Service, place: Place) -> bool:
    if place[2] == "environment":
        return place[3] in service.environment
    return any(mount.target == place[3] for mount in service.volumes)


def _damaged_blocks(stack: Stack) -> set[str | None]:
    """Name the services whose block holds a damaged line; None stands for what is no service."""
    starts: list[tuple[int, str | None]] = [(service.at.line, name) for name, service in stack.project.services.items()]
    if stack.project.volumes_at is not None:
        starts.append((stack.project.volumes_at.line, None))
    starts.sort(key=lambda start: start[0])
    blocks: set[str | None] = set()
    for line in stack.loaded.damaged:
        before = [name for start, name in starts if start <= line]
        blocks.add(before[-1] if before else None)
        if not any(service.at.line <= line <= service.end_line for service in stack.project.services.values()):
            blocks.add(None)
    return blocks


def _in_flow(stack: Stack, service: Service) -> bool:
    """Tell whether a service's variables are written in braces: damage there goes beyond its line."""
    at = service.environment_at
    lines = stack.loaded.texts.get(at.file, ()) if at is not None else ()
    text = lines[at.line - 1][at.column - 1 + at.width :] if at is not None and at.line <= len(lines) else ""
    return text.lstrip(" :\"'").startswith("{")
