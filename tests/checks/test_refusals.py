"""Compose's own words, where they become part of a check's message."""

import pytest

from grader.selftest.submissions import grade_text
from tests.checks.judged import rubric


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("services: {app: {enviroment: {A: b}}}", "stack.accepted"),
        (
            "services: {kafka: {image: confluentinc/cp-kafka:7.6.0, environment: {KAFKA_PROCESS_ROLES: [broker]}}}",
            "kafka.process-roles",
        ),
    ],
)
def test_a_refusal_names_the_file_that_it_is_about(text: str, check: str) -> None:
    """A reader does not know what `<f>` stands for."""
    report = grade_text(text, rubric())
    message = next(result.message for result in report.checks() if result.id == check)

    assert message is not None
    assert "validating docker-compose.yml" in message
    assert "<f>" not in message
