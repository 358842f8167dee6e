"""One small module a step of the verification, in one explicit table.

A step is a module with the constants ID, TITLE, LIMIT_SECONDS (of its longest part), NEEDS (steps that must have
passed), SERVICES (services that no step may have found broken) and one function `run(session) -> StepFinding`.
"""

from typing import Protocol

from grader.live.session import Session, StepFinding
from grader.live.steps import (
    accepted,
    again,
    docs,
    document_stays,
    health_page,
    healthy,
    images,
    kafka_inside,
    kafka_outside,
    message_stays,
    mongodb,
    mysql,
    order,
    reload_app,
    reload_service,
    row_stays,
    running,
    steady,
    up,
    volumes,
)


class Step(Protocol):
    """What the modules of this table have."""

    @property
    def ID(self) -> str:
        """A stable word."""

    @property
    def TITLE(self) -> str:
        """What a reader sees."""

    @property
    def LIMIT_SECONDS(self) -> float:
        """How long its longest part may take."""

    @property
    def NEEDS(self) -> tuple[str, ...]:
        """Steps that must have passed."""

    @property
    def SERVICES(self) -> tuple[str, ...]:
        """Services that no step may have found broken."""

    def run(self, session: Session) -> StepFinding:
        """Do it and say how it ended."""


STEPS: tuple[Step, ...] = (
    accepted,
    images,
    up,
    running,
    healthy,
    mongodb,
    kafka_inside,
    kafka_outside,
    mysql,
    docs,
    health_page,
    order,
    reload_app,
    reload_service,
    volumes,
    steady,
    again,
    document_stays,
    message_stays,
    row_stays,
)
