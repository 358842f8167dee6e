"""From a stack to findings: every check once, each fault charged to one check.

The order: what rests on a changed skeleton is skipped; each kind judges; what could not be read is skipped; refusals go
to their owners; a text that several checks stumble over is charged once; then the checks that look at the others.
"""

from grader.checks import KINDS
from grader.checks.places import Place
from grader.compose.marks import Mark
from grader.compose.model import Loaded, Refusal, Service, Variable
from grader.containers.verdict import Verdict
from grader.findings import Finding, Outcome, failed, not_attempted, skipped
from grader.masking import mask_refusal
from grader.ownership import owner_of
from grader.rubric import Check, Rubric
from grader.spelling import did_you_mean
from grader.stack import Stack, untouched

SKELETON = "skeleton"
# kinds that look at what became of the other checks
LAST_KINDS = frozenset({"compose-accepts", "container-starts"})
# the keys of the skeleton and those that the TASK adds
KEYS = (
    *("services", "volumes", "networks", "environment", "env_file", "image", "build", "container_name", "restart"),
    *("ports", "depends_on", "healthcheck", "context", "dockerfile", "driver", "external", "name", "read_only"),
)
# the container rule for a volume that two services use; data volumes have been judged before
SHARED_VOLUME = "volume-shared"
DOTENV_KINDS = frozenset({"dotenv_syntax", "env_file_missing", "file_missing"})
# kinds whose client must reach a server, by the parameter that names it
SERVER_PARAMETERS = {"mongodb-url": "server", "service-host": "server", "kafka-bootstrap": "broker"}
# kinds that rest on who reaches whom
NETWORK_KINDS = frozenset({*SERVER_PARAMETERS, "kafka-advertised-listeners", "kafka-quorum-voters", "kafka-listeners"})
# Images: read only while the volume is new
FIRST_START = frozenset(
    {
        ("mongodb", "MONGO_INITDB_DATABASE"),
        ("mysql", "MYSQL_ROOT_PASSWORD"),
        ("mysql", "MYSQL_DATABASE"),
        ("mysql", "MYSQL_USER"),
        ("mysql", "MYSQL_PASSWORD"),
        ("kafka", "KAFKA_NODE_ID"),
    }
)
REMEMBERED = "A volume that already exists remembers the old value (`docker compose down -v`)."


class Judging:
    """One pass over all checks of a rubric for one stack; `findings` holds the result by check id."""

    __slots__ = ("accepts", "findings", "owners", "rubric", "stack")

    def __init__(self, stack: Stack, rubric: Rubric) -> None:
        self.stack = stack
        self.rubric = rubric
        accepts = rubric.of_kind("compose-accepts")
        self.accepts = accepts.id if accepts is not None else SKELETON
        self.findings: dict[str, Finding] = {}
        self.owners: list[Check | None] = []


def without_refused(loaded: Loaded) -> Loaded:
    """Leave out the variables that a refusal is about: their own check is lost, others judge as if they were absent.

    Where the text is broken, the marked line counts as damaged: nobody knows what it was meant to say.
    """
    if not loaded.refusals:
        return loaded
    refused = {refusal.path[1:4:2] for refusal in loaded.refusals if refusal.path[2:3] == ("environment",)}
    broken = {(refusal.at.file, refusal.at.line) for refusal in loaded.refusals if refusal.kind == "yaml_syntax"}
    damaged = sorted({*loaded.damaged, *(line for file, line in broken if file == loaded.files[0])})
    project = loaded.project
    services = {
        name: service.with_environment(
            {
                key: found
                for key, found in service.environment.items()
                if (name, key) not in refused and (found.key.file, found.key.line) not in broken
            }
        )
        for name, service in project.services.items()
    }
    return loaded._replace(project=project.with_services(services), damaged=damaged)


def judge(stack: Stack, rubric: Rubric) -> dict[str, Finding]:
    """Return a finding for every check of the rubric, by check id, in the rubric's order."""
    judging = Judging(stack, rubric)
    for check in rubric.checks():
        if check.kind not in LAST_KINDS:
            judging.findings[check.id] = _judge_one(judging, check)
    _charge_refusals(judging)
    _excuse_dotenv(judging)
    _charge_once(judging)
    for check in rubric.checks():
        if check.kind == "compose-accepts":
            judging.findings[check.id] = _judge_acceptance(judging, check)
    for check in rubric.checks():
        if check.kind == "container-starts":
            judging.findings[check.id] = _judge_start(judging, check)
    _apply_needs(judging)
    return {check.id: _finish(judging, check) for check in rubric.checks()}


def _judge_one(judging: Judging, check: Check) -> Finding:
    stack = judging.stack
    waiting = _rests_on_change(judging, check)
    if waiting is not None:
        return waiting
    finding = KINDS[check.kind].check(stack, **check.parameters)
    if not finding.outcome.lost:
        return finding
    if _unread(judging, check, finding):
        return skipped(judging.accepts, "this part of the file could not be read", at=finding.at)
    if finding.outcome is Outcome.FAILED and check.kind in NETWORK_KINDS and _network_is_to_blame(judging, check):
        return skipped(SKELETON, "the networks of the skeleton were changed", at=finding.at)
    return finding


def _rests_on_change(judging: Judging, check: Check) -> Finding | None:
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


def _network_is_to_blame(judging: Judging, check: Check) -> bool:
    """Tell whether the check would pass with the networks that the skeleton gives."""
    stack = judging.stack
    if not any(part == "networks" for _, part in stack.changes.parts):
        return False
    given = stack.with_one_network()
    return not KINDS[check.kind].check(given, **check.parameters).outcome.lost


def _unread(judging: Judging, check: Check, finding: Finding) -> bool:
    """Tell whether what the check misses may stand in a part of the file that could not be read."""
    stack = judging.stack
    service = stack.project.services.get(check.service) if check.service is not None else None
    if service is None:
        return _damage_outside_services(stack) or bool(check.kind.startswith("volumes-") and "volumes" in stack.unread)
    missing = [place for place in judging.rubric.places[check.id] if not _is_there(service, place)]
    if not missing:
        return False
    if any(service.at.line <= line <= service.end_line for line in stack.loaded.damaged):
        return True
    parts = {"environment", "env_file"} if missing[0][2] == "environment" else {"volumes"}
    return bool(parts & service.unread)


def _is_there(service: Service, place: Place) -> bool:
    if place[2] == "environment":
        return place[3] in service.environment
    return any(mount.target == place[3] for mount in service.volumes)


def _damage_outside_services(stack: Stack) -> bool:
    services = stack.project.services.values()
    return any(
        not any(service.at.line <= line <= service.end_line for service in services) for line in stack.loaded.damaged
    )


def _charge_refusals(judging: Judging) -> None:
    """Give every refusal to its owner; a variable that several places miss is the fault of the first."""
    asked_for: dict[str, str] = {}
    for refusal in judging.stack.loaded.refusals:
        owner = owner_of(refusal, judging.rubric, judging.findings)
        judging.owners.append(owner)
        if owner is None:
            _excuse(judging, refusal)
            continue
        finding = judging.findings[owner.id]
        if finding.outcome is Outcome.SKIPPED:
            continue
        if refusal.kind == "interpolation_required":
            wanted = refusal.message.partition(": ")[2]
            first = asked_for.setdefault(wanted, owner.id)
            if first != owner.id:
                judging.findings[owner.id] = skipped(first, "waits for the same missing variable", at=refusal.at)
                continue
        if finding.outcome is not Outcome.FAILED:
            judging.findings[owner.id] = failed(f"Docker Compose refuses this: {mask_refusal(refusal)}", at=refusal.at)


def _excuse(judging: Judging, refusal: Refusal) -> None:
    """Skip the check of a value whose text is broken."""
    for length in (4, 5):
        place = refusal.path[:4] if length == 4 else (*refusal.path[:3], *refusal.path[4:5])
        check = judging.rubric.owners.get(place)
        if check is not None and judging.findings[check.id].outcome.lost:
            judging.findings[check.id] = skipped(judging.accepts, "this part of the file is refused", at=refusal.at)


def _excuse_dotenv(judging: Judging) -> None:
    """Skip what takes its value from a file of variables that could not be read."""
    if not any(refusal.kind in DOTENV_KINDS for refusal in judging.stack.loaded.refusals):
        return
    unset = _unset_names(judging.stack)
    for check in judging.rubric.checks():
        finding = judging.findings.get(check.id)
        if finding is None or not finding.outcome.lost or finding.at is None:
            continue
        variable = _variable_of(judging, check)
        at = finding.at if variable is None else variable.marks.written
        if (at.file, at.line) in unset:
            judging.findings[check.id] = skipped(judging.accepts, "the file of variables could not be read", at=at)


def _charge_once(judging: Judging) -> None:
    """A text that several checks take their value from (an anchor, a line of `.env`) is one fault, not several."""
    first_by_fault: dict[tuple[str, ...], str] = {}
    unset = _unset_names(judging.stack)
    for check in judging.rubric.checks():
        finding = judging.findings.get(check.id)
        if finding is None or not finding.outcome.lost:
            continue
        for fault in _faults(judging, check, finding, unset):
            first = first_by_fault.setdefault(fault, check.id)
            if first != check.id:
                judging.findings[check.id] = skipped(first, "takes its value from the same text", at=finding.at)
                break


def _faults(
    judging: Judging, check: Check, finding: Finding, unset: dict[tuple[str, int], list[str]]
) -> list[tuple[str, ...]]:
    """Name what a lost check stumbled over, as far as others can stumble over the same."""
    variable = _variable_of(judging, check)
    if variable is None:
        return [_fault_at(finding.source)] if finding.source is not None else []
    written = variable.marks.written
    faults: list[tuple[str, ...]] = [("unset", name) for name in unset.get((written.file, written.line), ())]
    if finding.outcome is Outcome.FAILED and variable.value:
        faults.append(_fault_at(variable.marks.source))
    return faults


def _fault_at(mark: Mark) -> tuple[str, ...]:
    return ("text", mark.file, str(mark.line), str(mark.column))


def _variable_of(judging: Judging, check: Check) -> Variable | None:
    for place in judging.rubric.places[check.id]:
        service = judging.stack.project.services.get(place[1])
        if place[2] == "environment" and service is not None:
            return service.environment.get(place[3])
    return None


def _unset_names(stack: Stack) -> dict[tuple[str, int], list[str]]:
    """Map a line to the names used on it that are set nowhere: `The "V" variable is not set ...`."""
    names: dict[tuple[str, int], list[str]] = {}
    for notice in stack.loaded.warnings:
        parts = notice.message.split('"')
        if notice.at is not None and len(parts) == 3 and parts[2].startswith(" variable is not set"):
            names.setdefault((notice.at.file, notice.at.line), []).append(parts[1])
    return names


def _judge_acceptance(judging: Judging, check: Check) -> Finding:
    stack = judging.stack
    refusals = stack.loaded.refusals
    if not refusals:
        if stack.untouched:
            return not_attempted("nothing is filled in yet", at=_first_service(stack))
        return KINDS[check.kind].check(stack, **check.parameters)
    for refusal, owner in zip(refusals, judging.owners, strict=True):
        if owner is None:
            words = f"Docker Compose refuses the file: {mask_refusal(refusal)}."
            return failed(f"{words}{_meant(refusal)}", at=refusal.at)
    first = judging.owners[0]
    return skipped(first.id if first is not None else SKELETON, at=refusals[0].at)


def _meant(refusal: Refusal) -> str:
    """Ask whether a key that Compose does not know was meant to be one that it knows."""
    if refusal.kind != "schema_unknown_key" or "'" not in refusal.message:
        return ""
    return did_you_mean(refusal.message.split("'")[1], KEYS)


def _first_service(stack: Stack) -> Mark | None:
    return next((service.at for service in stack.project.services.values()), None)


def _judge_start(judging: Judging, check: Check) -> Finding:
    stack = judging.stack
    waiting = _rests_on_change(judging, check)
    if waiting is not None:
        return waiting
    service = check.service or ""
    here = stack.service(service)
    if untouched(here):
        return KINDS[check.kind].check(stack, **check.parameters)
    if stack.loaded.refusals:
        owner = next((owner.id for owner in judging.owners if owner is not None), judging.accepts)
        return skipped(judging.accepts if None in judging.owners else owner, "Compose starts nothing", at=here.at)
    if (service, "ports") in stack.changes.parts:
        return skipped(SKELETON, f"the published port of {service} is not the skeleton's", at=here.at)
    for other in judging.rubric.checks():
        if other.service == service and other.id != check.id and judging.findings[other.id].outcome.lost:
            return skipped(other.id, at=here.at)
    finding = KINDS[check.kind].check(stack, **check.parameters)
    if not finding.outcome.lost:
        return finding
    model = stack.containers.of(service)
    only_named = judging.rubric.of_kind("volumes-only-named")
    if only_named is not None and model is not None and model.problems[0].rule == SHARED_VOLUME:
        return skipped(only_named.id, "another service writes to the same volume", at=here.at)
    if model is not None and model.verdict is Verdict.CLIENTS_FAIL:
        for other in judging.rubric.checks():
            asks = service in (other.parameters.get("server"), other.parameters.get("broker"))
            if asks and judging.findings[other.id].outcome.lost:
                return skipped(other.id, at=here.at)
    if _network_is_to_blame(judging, check):
        return skipped(SKELETON, "the networks of the skeleton were changed", at=finding.at)
    return finding


def _apply_needs(judging: Judging) -> None:
    for check in judging.rubric.checks():
        if judging.findings[check.id].outcome in (Outcome.NOT_ATTEMPTED, Outcome.SKIPPED):
            continue
        for need in check.needs:
            outcome = judging.findings[need].outcome
            if outcome is not Outcome.PASSED:
                judging.findings[check.id] = skipped(need, at=judging.findings[check.id].at)
                break


def _finish(judging: Judging, check: Check) -> Finding:
    """Add what is true of every message about a value that only counts at the first start."""
    finding = judging.findings[check.id]
    if finding.outcome is not Outcome.FAILED or not finding.message:
        return finding
    if not any((place[1], place[3]) in FIRST_START for place in judging.rubric.places[check.id]):
        return finding
    return finding._replace(message=f"{finding.message} {REMEMBERED}")
