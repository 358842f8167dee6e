"""Reports written down by hand: renderers are functions of a report and need nothing else."""

import os

from grader.compose.marks import Mark
from grader.findings import Outcome
from grader.report import Change, CheckResult, ContainerResult, Excerpt, ExerciseResult, Problem, Reason, Report

FILE = "docker-compose.yml"


def check(
    name: str,
    outcome: Outcome,
    *,
    points: int = 3,
    message: str | None = None,
    line: int = 12,
    because: str | None = None,
) -> CheckResult:
    """A result of a check, its mark in the middle of nowhere."""
    exercise = {"mongodb": "01-mongodb", "kafka": "02-kafka"}[name.partition(".")[0]]
    return CheckResult(
        id=name,
        title=f"Title of {name}",
        outcome=outcome,
        score=points if outcome is Outcome.PASSED else 0,
        max_score=points,
        message=message,
        because=because,
        at=Mark(FILE, line, 7, 10),
        source=None,
        excerpt=None,
        log=None,
        task=f"exercises/{exercise}/TASK.md#somewhere",
    )


WRONG = check(
    "kafka.cluster-id", Outcome.FAILED, message="The cluster id decodes to 7 bytes: too short.", line=41
)._replace(
    at=Mark(FILE, 41, 19, 10),
    excerpt=Excerpt(FILE, 41, "      CLUSTER_ID: my-cluster", 19, 10),
    log="Cluster ID string my-cluster does not appear to be a valid UUID",
)
FROM_DOTENV = check("kafka.node-id", Outcome.FAILED, message="This is no whole number.")._replace(
    at=Mark(FILE, 30, 22, 10),
    source=Mark(".env", 2, 9, 3),
    excerpt=Excerpt(".env", 2, "NODE_ID=one", 9, 3),
)


def exercise(name: str, checks: list[CheckResult]) -> ExerciseResult:
    """An exercise whose points are those of its checks."""
    return ExerciseResult(
        id=name,
        title=f"Title of {name}",
        service=name.partition("-")[2],
        score=sum(result.score for result in checks),
        max_score=sum(result.max_score for result in checks),
        checks=checks,
    )


def report(*exercises: ExerciseResult, accepted: bool = True) -> Report:
    """A graded report in the current folder."""
    return Report(
        grader="0.1.0",
        folder=os.getcwd(),
        file=FILE,
        status="graded",
        reason=None,
        score=sum(part.score for part in exercises),
        max_score=sum(part.max_score for part in exercises),
        accepted=accepted,
        errors=[],
        containers={
            "mongodb": ContainerResult("works", None),
            "kafka": ContainerResult("storage format fails", "Cluster ID"),
        },
        changes=[],
        exercises=list(exercises),
        warnings=[],
    )


HALF = report(
    exercise(
        "01-mongodb",
        [check("mongodb.database", Outcome.PASSED, points=4), check("mongodb.data-volume", Outcome.PASSED, points=4)],
    ),
    exercise(
        "02-kafka",
        [
            WRONG,
            FROM_DOTENV,
            check("kafka.listeners", Outcome.NOT_ATTEMPTED, points=4, message="Kafka has no listeners yet."),
            check("kafka.starts", Outcome.SKIPPED, points=1, because="kafka.cluster-id"),
        ],
    ),
)._replace(
    changes=[Change("services.kafka.image", "is another image", 28)],
    warnings=[Problem('The "X" variable is not set. Defaulting to a blank string.', FILE, 33, 9)],
)

UNTOUCHED = report(
    exercise("01-mongodb", [check("mongodb.database", Outcome.NOT_ATTEMPTED, message="There is no environment yet.")]),
    exercise("02-kafka", [check("kafka.node-id", Outcome.NOT_ATTEMPTED, message="There is no environment yet.")]),
)._replace(containers={"kafka": ContainerResult("image script exits", "KAFKA_PROCESS_ROLES is not set")})

FULL = report(
    exercise("01-mongodb", [check("mongodb.database", Outcome.PASSED)]),
    exercise("02-kafka", [check("kafka.node-id", Outcome.PASSED)]),
)._replace(containers={name: ContainerResult("works", None) for name in ("mongodb", "kafka")})

REFUSAL = "validating <f>: services.kafka additional properties 'enviroment' not allowed"
REFUSED = report(
    exercise("02-kafka", [WRONG, check("kafka.x", Outcome.FAILED, message=f"Docker Compose refuses this: {REFUSAL}")]),
    accepted=False,
)._replace(
    errors=[Problem(REFUSAL, FILE, 20, 5)],
    containers={"kafka": ContainerResult(None, None)},
)

BROKEN = report()._replace(
    status="not gradable",
    reason=Reason("input", "This is no YAML: a quote is never closed. Close it and run grade again.", 3, 9),
    score=None,
    max_score=100,
    accepted=False,
    containers={},
)


def everywhere(text: str) -> Report:
    """Return a report with a text in each place that a student can write to."""
    wrong = WRONG._replace(
        message=text,
        log=text,
        at=Mark(text, 3, 1),
        source=Mark(text, 3, 1),
        excerpt=Excerpt(text, 3, f"A: {text}", 4, 5),
    )
    missing = check("kafka.listeners", Outcome.NOT_ATTEMPTED, message=text)._replace(at=Mark(text, 3, 1))
    waits = check("kafka.starts", Outcome.SKIPPED, because=text)
    right = check("kafka.node-id", Outcome.PASSED)
    return HALF._replace(
        file=text,
        accepted=False,
        errors=[Problem(text, text, 1, 1)],
        exercises=[exercise("02-kafka", [wrong, missing, waits, right])],
        changes=[Change(text, "is new", 7)],
        warnings=[Problem(text, text, 1, 1)],
    )
