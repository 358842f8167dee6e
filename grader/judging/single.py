"""One check by itself: what it rests on, what it finds, and whether the file lets anybody say so."""

from collections.abc import Collection

from grader.checks import judged
from grader.compose.model import Service
from grader.exercise import Check
from grader.findings import FAILED, SKELETON, Finding, skipped
from grader.judging.line_blocks import damaged_blocks
from grader.judging.state import Judging
from grader.places import Place
from grader.stack import Stack

# kinds whose client must reach a server, by the parameter that names it
SERVER_PARAMETERS = {"mongodb-url": "server", "service-host": "server", "kafka-bootstrap": "broker"}
# kinds that rest on who reaches whom
NETWORK_KINDS = frozenset({*SERVER_PARAMETERS, "kafka-advertised-listeners", "kafka-quorum-voters", "kafka-listeners"})


def without_blame(judging: Judging, check: Check, finding: Finding) -> Finding:
    """Skip a lost check where the file does not let anybody say so."""
    if not finding.outcome.lost:
        return finding
    if not judging.all_read and _unread(judging, check):
        return skipped(judging.accepts, "this part of the file could not be read", at=finding.at)
    if finding.outcome is FAILED and check.kind in NETWORK_KINDS and network_is_to_blame(judging, check):
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
    renamed = any(part in ("networks", "container_name") for _, part in stack.changes.parts)
    if not renamed and all(name in stack.changes.names for name in stack.project.services):
        return False
    if not renamed and _share_one_network(stack):
        return False
    given = stack.with_given_names()
    return not judged(check, given).outcome.lost


def _share_one_network(stack: Stack) -> bool:
    """Tell whether the services see each other as they would if the skeleton's networks were given anew."""
    if stack.changes.names:
        return False
    networks = {service.networks for service in stack.project.services.values()}
    if len(networks) != 1:
        return False
    (attached,) = networks
    return len(attached) == 1 and not attached[0].aliases


def wants_unread_user(judging: Judging, check: Check, blocks: Collection[str | None]) -> bool:
    """Tell whether a URL is wrong only as long as the server makes no user, and the server is in a part refused."""
    server = check.parameters.get("server")
    if check.kind != "mongodb-url" or server not in blocks or server not in judging.stack.project.services:
        return False
    return not judged(check, judging.stack.with_unknown_user(server)).outcome.lost


def _unread(judging: Judging, check: Check) -> bool:
    """Tell whether what the check misses may stand in a part of the file that could not be read."""
    stack = judging.stack
    service = stack.project.services.get(check.service) if check.service is not None else None
    if not (stack.loaded.refusals or stack.loaded.damaged or (service is not None and service.unread)):
        return False
    if service is None:
        damaged = stack.loaded.damaged and None in damaged_blocks(stack)
        return bool(damaged or (check.kind.startswith("volumes-") and "volumes" in stack.unread))
    damaged_here = service.name in damaged_blocks(stack)
    if damaged_here and _in_flow(stack, service):
        return True
    missing = [place for place in judging.rubric.places[check.id] if not is_there(service, place)]
    if not missing:
        return "env_file" in service.unread and _from_env_file(judging, check, service)
    if damaged_here or stack.other_file_damaged:
        return True
    parts = {"environment", "env_file"} if missing[0][2] == "environment" else {"volumes"}
    return bool(parts & service.unread)


def is_there(service: Service, place: Place) -> bool:
    if place[2] == "environment":
        return place[3] in service.environment
    return any(mount.target == place[3] for mount in service.volumes)


def _from_env_file(judging: Judging, check: Check, service: Service) -> bool:
    """Tell whether a value comes from an `env_file`, so that a later one which is unread may have set it again."""
    main = judging.stack.loaded.files
    found = [service.environment[place[3]] for place in judging.rubric.places[check.id] if place[2] == "environment"]
    return any(variable.key.file not in main for variable in found)


def _in_flow(stack: Stack, service: Service) -> bool:
    """Tell whether a service's variables are written in braces: damage there goes beyond its line."""
    at = service.environment_at
    lines = stack.loaded.texts.get(at.file, ()) if at is not None else ()
    text = lines[at.line - 1][at.column - 1 + at.width :] if at is not None and at.line <= len(lines) else ""
    return text.lstrip(" :\"'").startswith("{")
