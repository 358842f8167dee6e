"""Choices of the checks that look at no single variable or mount: all volumes, what Compose refuses, what starts."""

from collections.abc import Callable

from grader.batch.choices.texts import listed
from grader.checks import compose_accepts, container_starts, volumes_declared, volumes_driver, volumes_only_named
from grader.checks.volumes_declared import volumes_of
from grader.containers.verdict import Verdict
from grader.exercise import Check
from grader.stack import Stack, untouched

NO_DRIVER = "(no driver)"


def _declared(stack: Stack, check: Check) -> str | None:
    keys = sorted(
        f"{volume.key} (external)" if volume.external else volume.key for volume in stack.project.volumes.values()
    )
    return listed(keys)


def _drivers(stack: Stack, check: Check) -> str | None:
    return listed(sorted({volume.driver or NO_DRIVER for volume in stack.project.volumes.values()}))


def _named(stack: Stack, check: Check) -> str | None:
    """Return the declared volumes, and those of services that have no data of their own."""
    stateful = check.parameters["services"]
    texts = sorted(stack.project.volumes)
    for name, mounts in volumes_of(stack).mounts.items():
        if name not in stateful:
            texts += [f"{name}: {mount.source}" for mount in mounts]
    return listed(texts)


def _refusal(stack: Stack, check: Check) -> str | None:
    """Return the class of what Docker Compose refuses first; its words are in the report."""
    refusals = stack.loaded.refusals
    return f"({refusals[0].kind.replace('_', ' ')})" if refusals else None


def _start(stack: Stack, check: Check) -> str | None:
    """Return what the container would stumble over first; None: it would work, or nobody knows."""
    service = check.parameters["service"]
    here = stack.project.services.get(service)
    if stack.loaded.refusals or here is None or untouched(here):
        return None
    model = stack.containers.of(service)
    if model is None or model.verdict is Verdict.WORKS:
        return None
    problem = next((problem for problem in model.problems if problem.verdict is model.verdict), None)
    cause = "" if problem is None else f": {problem.variable or problem.rule}"
    return f"({model.verdict.value}{cause})"


SPECIAL: dict[str, Callable[[Stack, Check], str | None]] = {
    volumes_declared.KIND: _declared,
    volumes_driver.KIND: _drivers,
    volumes_only_named.KIND: _named,
    compose_accepts.KIND: _refusal,
    container_starts.KIND: _start,
}
