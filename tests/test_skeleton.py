"""What the skeleton gives is compared as Compose reads it; only checks that rest on a difference wait for it."""

import sys
from pathlib import Path

import pytest

from grader import kit
from grader.findings import Outcome
from grader.report import Report
from grader.rubric import load_rubric
from grader.selftest.submissions import grade_text

SOLUTION = (Path(kit.kit_folder()) / "solutions" / "docker-compose.yml").read_text(encoding="utf-8")
RUBRIC = load_rubric(kit.rubric_folder())
KAFKA_NETWORK = "    networks:\n      - social_commerce_network\n    environment:\n      # Who"


def graded(old: str, new: str) -> Report:
    """Grade the solution with one text replaced; it must be there."""
    assert old in SOLUTION
    return grade_text(SOLUTION.replace(old, new, 1), RUBRIC)


def waiting(report: Report) -> set[str]:
    """Return the checks that are skipped because of the skeleton."""
    return {check.id for check in report.checks() if check.because == "skeleton"}


def of_service(service: str) -> set[str]:
    """Return the ids of all checks of a service."""
    return {check.id for check in RUBRIC.checks() if check.service == service}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("build:\n      context: ./apps/mongo_backend\n      dockerfile: Dockerfile", "build: ./apps/mongo_backend"),
        ('- "3306:3306"', '- target: 3306\n        published: "3306"'),
        ('- "3306:3306"', "- 3306:3306/tcp"),
        ("interval: 60s", "interval: 1m"),
        ("# Who this node is", "# Another comment"),
    ],
)
def test_another_spelling_is_no_difference(old: str, new: str) -> None:
    """Compose reads the same."""
    report = graded(old, new)

    assert 100 == report.score
    assert [] == list(report.changes)


@pytest.mark.parametrize(
    ("old", "new", "path", "line"),
    [
        ("interval: 60s", "interval: 30s", "services.mongodb.healthcheck.interval", "interval: 30s"),
        ("restart: unless-stopped", "restart: always", "services.mongodb.restart", "restart: always"),
        ("image: mysql:8.0", "image: docker.io/library/mysql:8.0", "services.mysql.image", "image: docker.io/"),
        ("dockerfile: Dockerfile", "dockerfile: Other", "services.app.build.dockerfile", "dockerfile: Other"),
    ],
)
def test_a_difference_that_no_check_rests_on_is_listed_and_costs_nothing(
    old: str, new: str, path: str, line: str
) -> None:
    """With the line that differs."""
    report = graded(old, new)
    change = report.changes[0]

    assert 100 == report.score
    assert [path] == [change.path for change in report.changes]
    assert change.line is not None
    assert line in SOLUTION.replace(old, new, 1).splitlines()[change.line - 1]


@pytest.mark.parametrize(
    ("old", "new", "checks"),
    [
        ("image: mysql:8.0", "image: mysql:8.4", of_service("mysql")),
        ("image: confluentinc/cp-kafka:7.6.0", "image: bitnami/kafka:3.6", of_service("kafka")),
        ("context: ./apps/mongo_backend", "context: ./apps/mysql_server", of_service("app")),
        ('"9092:9092"', '"9093:9092"', {"kafka.starts"}),
        ('    ports:\n      - "3306:3306"\n', "", {"mysql.starts"}),
        (
            KAFKA_NETWORK,
            "    environment:\n      # Who",
            {"kafka.advertised-listeners", "kafka.starts", "app.kafka-bootstrap", "mysql-service.kafka-bootstrap"},
        ),
        (
            "  kafka:\n    image",
            "  broker:\n    image",
            of_service("kafka") | {"app.kafka-bootstrap", "mysql-service.kafka-bootstrap"},
        ),
    ],
)
def test_checks_that_rest_on_a_difference_wait_for_the_skeleton(old: str, new: str, checks: set[str]) -> None:
    """And every one of them says so."""
    report = graded(old, new)

    assert checks == waiting(report)
    assert report.changes
    assert all(check.message for check in report.checks() if check.outcome is Outcome.SKIPPED)


def test_of_another_image_no_verdict_is_given() -> None:
    """What bitnami's image would do is not known here."""
    report = graded("image: confluentinc/cp-kafka:7.6.0", "image: bitnami/kafka:3.6")

    assert report.containers["kafka"].verdict is None
    assert "works" == report.containers["mongodb"].verdict


def test_only_a_list_that_differs_asks_for_the_costly_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has changed a word does not wait for it."""
    monkeypatch.setitem(sys.modules, "deepdiff", None)

    report = graded("restart: unless-stopped", "restart: always")

    assert ["services.mongodb.restart"] == [change.path for change in report.changes]
