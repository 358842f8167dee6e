"""What `grade` predicted beside what happened: a difference is a finding about the grader, not about the student.

Only what must show is compared. A check may be lost for what the TASK asks and every image would do without (a node id,
a client's name): a running stack says nothing about it. Nor does a step that failed for a reason of this computer.
"""

from collections.abc import Iterator, Sequence

from grader.containers.verdict import Verdict
from grader.live.records import Disagreement, StepResult
from grader.report import CheckResult, Report

# A lost check must show in one of these steps: if all of them have passed, grade was wrong about it.
SHOWS: dict[str, tuple[str, ...]] = {
    "mongodb.data-volume": ("volumes", "document-stays"),
    "kafka.data-volume": ("volumes", "message-stays"),
    "mysql.data-volume": ("volumes", "row-stays"),
    "app.mongodb-url": ("docs", "health-page"),
    "app.kafka-bootstrap": ("docs", "health-page", "order"),
    "app.kafka-client-id": ("docs",),
    "app.source-mount": ("reload-app",),
    "app.shared-mount": ("docs",),
    "mysql-service.kafka-bootstrap": ("order",),
    "mysql-service.kafka-client-id": ("order",),
    "mysql-service.kafka-group-id": ("order",),
    "mysql-service.mysql-host": ("mysql", "order"),
    "mysql-service.mysql-port": ("mysql", "order"),
    "mysql-service.mysql-password": ("mysql", "order"),
    "mysql-service.mysql-database": ("mysql", "order"),
    "mysql-service.source-mount": ("reload-mysql-service",),
    "mysql-service.shared-mount": ("order",),
    "volumes.declared": ("compose", "up"),
}
# a container that does not work fails in one of these
CONTAINER_STEPS = {
    "mongodb": ("running", "mongodb", "docs"),
    "kafka": ("running", "kafka-inside", "kafka-outside", "order"),
    "mysql": ("running", "mysql", "order"),
}


# A fault of one service is also seen in those that use it, and a log-in has two sides.
EXPLAIN = {
    "app": ("mongodb", "kafka"),
    "mysql-service": ("mysql", "kafka"),
    "mongodb": ("app",),
    "mysql": ("mysql-service",),
}
EXPLAIN_ALL = ("stack", "volumes")


def compare(predicted: Report, steps: Sequence[StepResult], *, old_volumes: bool) -> tuple[Disagreement, ...]:
    """Return every disagreement.

    `old_volumes`: predicted is a first start, and this was none. What an earlier one has left explains failures, and
    successes as well: a server that has its users needs no password to start.
    """
    outcomes: dict[str, str] = {step.id: step.outcome for step in steps}
    found = [*_refused(predicted, outcomes)]
    if not old_volumes:
        lost = {check.id: check for check in predicted.checks() if check.outcome.lost}
        found += [*_feared(predicted, lost, outcomes), *_unforeseen(predicted, lost, steps)]
    return tuple(found)


def _refused(predicted: Report, outcomes: dict[str, str]) -> Iterator[Disagreement]:
    """A file that Compose was said to refuse."""
    if not predicted.accepted and outcomes.get("compose") == "passed":
        words = predicted.errors[0].message if predicted.errors else "the file is wrong"
        yield Disagreement("stack.accepted", f"Docker Compose refuses the file: {words}", "Docker Compose accepts it")


def _feared(predicted: Report, lost: dict[str, CheckResult], outcomes: dict[str, str]) -> Iterator[Disagreement]:
    """What was predicted to fail and did not."""
    for identity, check in lost.items():
        steps = SHOWS.get(identity)
        if steps and _all_passed(steps, outcomes):
            words = check.message or check.title
            yield Disagreement(identity, f"{identity} is lost: {words}", f"{_list(steps)} passed")
    for name, steps in CONTAINER_STEPS.items():
        result = predicted.containers.get(name)
        verdict = None if result is None else result.verdict
        if verdict not in (None, Verdict.WORKS.value) and _all_passed(steps, outcomes):
            yield Disagreement(f"containers.{name}", f"{name}: {verdict}", f"{_list(steps)} passed")


def _unforeseen(predicted: Report, lost: dict[str, CheckResult], steps: Sequence[StepResult]) -> Iterator[Disagreement]:
    """What failed although nothing that belongs to it was predicted to."""
    services = {identity.partition(".")[0] for identity in lost}
    told = set()
    for step in steps:
        if step.outcome != "failed" or step.check is None or step.check in told:
            continue
        service = step.check.partition(".")[0]
        if services & {service, *EXPLAIN_ALL, *EXPLAIN.get(service, ())} or step.check == "skeleton":
            continue
        told.add(step.check)
        verdict = predicted.containers.get(service)
        words = f", and {service}: {verdict.verdict}" if verdict is not None and verdict.verdict else ""
        yield Disagreement(step.check, f"nothing is wrong with {service}{words}", f"{step.id} failed: {step.message}")


def _all_passed(steps: Sequence[str], outcomes: dict[str, str]) -> bool:
    return all(outcomes.get(step) == "passed" for step in steps)


def _list(steps: Sequence[str]) -> str:
    return " and ".join(steps)
