"""What the steps of one live run share, and what a step returns."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from grader.live.project import Container, LiveProject
from grader.live.records import Cause
from grader.report import CheckResult, Report

# over TCP: through the socket mysqladmin also finds the temporary server of the first start
MYSQL_PING = ("mysqladmin", "ping", "-h", "127.0.0.1", "-P", "3306", "--protocol=tcp")
SERVICES = ("mongodb", "kafka", "app", "mysql", "mysql-service")


class StepFinding(NamedTuple):
    """What one step found. `check` owns a failure (None: nobody's); later steps need not ask `broken` services."""

    passed: bool
    message: str | None = None
    check: str | None = None
    causes: Sequence[Cause] = ()
    broken: Sequence[str] = ()


class Session:
    """One run: the project, what was predicted for it, and what is known so far."""

    def __init__(self, project: LiveProject, predicted: Report, secrets: frozenset[str], *, in_place: bool) -> None:
        self.project = project
        self.predicted = predicted
        self.secrets = secrets
        self.in_place = in_place
        self.resolved: dict[str, Any] = {}
        self.broken: dict[str, str] = {}  # service -> the step that found it so
        self.word = ""  # the message that was written to Kafka
        self.order = ""  # the id of the order that was placed

    def causes(self, *services: str) -> list[Cause]:
        """Return what the logs of these services say about why they do not do their work."""
        from grader.live.causes import find_causes

        containers = self.project.containers()
        found: list[Cause] = []
        for service in services:
            container = containers.get(service)
            if container is not None:
                log, code = self.project.logs(service), exit_code(container)
                found += find_causes(service, log, report=self.predicted, secrets=self.secrets, exit_code=code)
        return found

    def lost(self, *patterns: str) -> CheckResult | None:
        """Return the first check of the report about the file that is lost and matches, `kafka.*`."""
        for pattern in patterns:
            for check in self.predicted.checks():
                if check.outcome.lost and fnmatchcase(check.id, pattern):
                    return check
        return None

    def failed(
        self,
        message: str,
        *,
        services: Sequence[str] = (),
        owners: Sequence[str] = (),
        causes: Sequence[Cause] = (),
        broken: Sequence[str] = (),
    ) -> StepFinding:
        """Return a failure with its reason.

        The logs of `services` are asked first (unless `causes` are known); where they are silent, the first lost check
        of `owners` owns it, with the sentence of the report about the file; where that has lost none, their first.
        """
        message = message if message.endswith((".", "!", "?")) else f"{message}."
        known = list(causes) or self.causes(*services)
        if known:
            return StepFinding(False, message, known[0].check, known, broken=broken)
        check = self.lost(*owners)
        if check is not None:
            return StepFinding(False, f"{message} {check.message or check.title}", check.id, broken=broken)
        owner = next((name for name in owners if "*" not in name), None)
        return StepFinding(False, message, owner, broken=broken)


def passed(message: str | None = None) -> StepFinding:
    """The step has proved what it is for."""
    return StepFinding(True, message)


def exit_code(container: Container) -> int | None:
    """Return the exit code of a container that has ended, None while it runs."""
    return None if container.running else container.exit_code
