"""Twenty facts about a submission as a plain pytest file checks them: the usual way to grade such an exercise."""

import os

import pytest
import yaml

ENVIRONMENT = (
    ("mongodb", "MONGO_INITDB_DATABASE", "social_commerce"),
    ("kafka", "KAFKA_NODE_ID", "1"),
    ("kafka", "KAFKA_PROCESS_ROLES", "broker,controller"),
    ("kafka", "KAFKA_CONTROLLER_QUORUM_VOTERS", "1@kafka:29093"),
    ("kafka", "KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
    ("kafka", "KAFKA_INTER_BROKER_LISTENER_NAME", "PLAINTEXT"),
    ("kafka", "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
    ("kafka", "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "true"),
    ("kafka", "KAFKA_LOG_DIRS", "/var/lib/kafka/data"),
    ("app", "DATABASE_NAME", "social_commerce"),
    ("app", "KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"),
    ("mysql-service", "KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"),
    ("mysql-service", "MYSQL_HOST", "mysql"),
    ("mysql-service", "MYSQL_PORT", "3306"),
)
MOUNTS = (
    ("mongodb", "mongodb_data:/data/db"),
    ("kafka", "kafka_data:/var/lib/kafka/data"),
    ("mysql", "mysql_data:/var/lib/mysql"),
    ("app", "./apps/mongo_backend:/app"),
    ("mysql-service", "./apps/mysql_server:/app"),
    ("mysql-service", "./shared:/app/shared"),
)


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, object]]:
    """Load the file once."""
    with open(os.environ["SUBMISSION"], encoding="utf-8") as file:
        found: dict[str, dict[str, object]] = yaml.load(file, Loader=yaml.CSafeLoader)["services"]  # noqa: TID251
    return found


@pytest.mark.parametrize(("service", "name", "value"), ENVIRONMENT)
def test_a_variable(services: dict[str, dict[str, dict[str, object]]], service: str, name: str, value: str) -> None:
    """It has the one value that the author thought of."""
    assert value == str(services[service]["environment"][name])


@pytest.mark.parametrize(("service", "mount"), MOUNTS)
def test_a_mount(services: dict[str, dict[str, list[str]]], service: str, mount: str) -> None:
    """It is written in the one way that the author thought of."""
    assert mount in services[service]["volumes"]
