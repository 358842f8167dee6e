"""Mounts of the broker: what it can write, and what outlives its container."""

import pytest

from grader.containers.kafka import read
from grader.containers.verdict import Verdict
from tests.containers.projects import BASE, changed, kafka, mounts, project, service


@pytest.mark.parametrize(
    ("volumes", "log_dirs", "verdict", "persisted"),
    [
        (["kafka_data:/var/lib/kafka/data"], "/var/lib/kafka/data", "works", True),
        (["kafka_data:/var/lib/kafka/data/"], "/var/lib/kafka/data/", "works", True),
        (["kafka_data:/var/lib/kafka/data"], "/var/lib/kafka/data/inner", "works", True),
        (["kafka_data:/var/lib/kafka/data"], "/tmp/kafka-logs", "works", False),
        (["kafka_data:/var/lib/kafka/data"], "logs", "works", False),
        (["kafka_data:/var/lib/kafka/data"], "/var/lib/kafka/data,/tmp/more", "works", False),
        ([], "/var/lib/kafka/data", "works", False),
        (["/var/lib/kafka/data"], "/var/lib/kafka/data", "works", False),
        (["kafka_data:/var/lib/kafka"], "/var/lib/kafka/data", "works", False),
        (["kafka_data:/var/lib/kafka"], "/var/lib/kafka/logs", "works", True),
        (["kafka_data:/data"], "/var/lib/kafka/data", "works", False),
        (["kafka_data:/data"], "/data", "storage format fails", True),
        (["kafka_data:/data"], "/data/inner", "storage format fails", True),
        (["kafka_data:/var/lib/kafka/logs"], "/var/lib/kafka/logs", "storage format fails", True),
        (["kafka_data:/var/lib/kafka/data/inner"], "/var/lib/kafka/data", "broker refuses to start", False),
        (["kafka_data:/var/lib/kafka/data:ro"], "/var/lib/kafka/data", "image script exits", True),
        (["./data:/var/lib/kafka/data"], "/var/lib/kafka/data", "image script exits", False),
        (["kafka_data:/var/lib/kafka/data", "x:/x:ro"], "/x", "storage format fails", True),
        (["kafka_data:/var/lib/kafka/data", "./secrets:/etc/kafka/secrets"], "/var/lib/kafka/data", "works", True),
        (["kafka_data:/var/lib/kafka/data", "./etc:/etc/kafka"], "/var/lib/kafka/data", "image script exits", True),
    ],
)
def test_a_mount_decides_whether_kafka_can_write_and_remember(
    volumes: list[str], log_dirs: str, verdict: str, persisted: bool
) -> None:
    """A named volume takes over the owner of the image's folder, where the image has one."""
    model = kafka(changed(KAFKA_LOG_DIRS=log_dirs), volumes=volumes)

    assert (verdict, persisted) == (model.verdict.value, model.persisted)


def test_memory_is_written_and_forgotten() -> None:
    """A tmpfs belongs to everybody."""
    model = kafka(volumes=[], plain={"tmpfs": ["/var/lib/kafka/data:size=1g"]})

    assert (Verdict.WORKS, False) == (model.verdict, model.persisted)


def test_the_message_names_the_read_only_file_system() -> None:
    """Where a log directory lies on one."""
    volumes = ["kafka_data:/var/lib/kafka/data", "x:/x:ro"]
    message = kafka(changed(KAFKA_LOG_DIRS="/x"), volumes=volumes).message

    assert "/x/meta.properties.tmp (Read-only file system)" in (message or "")


def test_a_volume_of_another_server_cannot_be_written() -> None:
    """MongoDB and MySQL make their folder their own."""
    volume = mounts(["data:/var/lib/kafka/data"])
    model = read(project(service("mongodb", {}, mounts(["data:/data/db"])), service("kafka", BASE, volume)))

    assert ("volume-shared", Verdict.IMAGE_SCRIPT_EXITS) == (model.problems[0].rule, model.verdict)


def test_the_metadata_may_lie_elsewhere() -> None:
    """It must be in the volume as well, and be writable."""
    assert not kafka(changed(KAFKA_METADATA_LOG_DIR="/tmp/meta")).persisted
    assert "log-dir-unwritable" == kafka(changed(KAFKA_METADATA_LOG_DIR="/meta")).problems[0].rule
