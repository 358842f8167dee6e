"""The generated override file lets a submission run beside the student's own stack."""

import os
from pathlib import Path
from typing import Any

import pytest

from grader.live.copying import copy_submission
from grader.live.override import override_text, write
from tests.checks.judged import solution
from tests.live_unit.resolving import PROJECT, read, resolve

OVERRIDE = "override.yml"


def overridden(tmp_path: Path, text: str) -> dict[str, Any]:
    """Return what Compose makes of a submission together with its override file."""
    submission, copy = tmp_path / "submission", tmp_path / "copy"
    submission.mkdir()
    copy.mkdir()
    copy_submission(read(submission, text), str(submission), str(copy))
    override = override_text(resolve(copy), project=PROJECT, submission=str(submission), copy=str(copy))
    (copy / OVERRIDE).write_text(override, encoding="utf-8")
    return resolve(copy, ("docker-compose.yml", OVERRIDE))


def test_ports_are_free_ones_of_this_computer(tmp_path: Path) -> None:
    """Docker chooses the port of the host, and nobody else can reach it."""
    services = overridden(tmp_path, solution())["services"]
    ports = [port for service in services.values() for port in service.get("ports", ())]

    assert [8000, 9092, 27017, 3306] == [port["target"] for port in ports]
    assert {"127.0.0.1"} == {port["host_ip"] for port in ports}
    assert not any("published" in port for port in ports)


def test_container_names_become_aliases(tmp_path: Path) -> None:
    """Two containers cannot have one name; inside the network the name stays known."""
    services = overridden(tmp_path, solution())["services"]

    assert not any("container_name" in service for service in services.values())
    assert ["social_commerce_kafka"] == services["kafka"]["networks"]["social_commerce_network"]["aliases"]


def test_aliases_that_were_written_stay(tmp_path: Path) -> None:
    """The new one comes beside them."""
    text = solution().replace(
        "    networks:\n      - social_commerce_network\n    environment:\n      # Who",
        "    networks:\n      social_commerce_network: {aliases: [broker]}\n    environment:\n      # Who",
    )
    networks = overridden(tmp_path, text)["services"]["kafka"]["networks"]

    assert {"broker", "social_commerce_kafka"} == set(networks["social_commerce_network"]["aliases"])


def test_healthchecks_run_every_few_seconds(tmp_path: Path) -> None:
    """And MySQL is asked over TCP: the temporary server of the first start listens on a socket only."""
    services = overridden(tmp_path, solution())["services"]

    assert "10s" == services["mongodb"]["healthcheck"]["interval"]
    assert "mongosh" in services["mongodb"]["healthcheck"]["test"][1]
    assert "2s" == services["mysql"]["healthcheck"]["interval"]
    assert "--protocol=tcp" in services["mysql"]["healthcheck"]["test"]
    assert "healthcheck" not in services["kafka"]


def test_a_healthcheck_that_is_switched_off_stays_off(tmp_path: Path) -> None:
    """Nothing is added that the student left out."""
    text = solution().replace("    image: confluentinc", "    healthcheck: {disable: true}\n    image: confluentinc")

    assert {"disable": True} == overridden(tmp_path, text)["services"]["kafka"]["healthcheck"]


@pytest.mark.parametrize("entry", ["name: my_data", "external: true", "{external: true, name: my_data}"])
def test_a_volume_with_a_name_of_its_own_is_not_touched(entry: str, tmp_path: Path) -> None:
    """The project has its own volume; an external one is not found, as on a fresh computer."""
    item = f" {entry}" if entry.startswith("{") else f"\n    {entry}"
    text = solution().replace("  kafka_data:\n    driver: local", f"  kafka_data:{item}")

    assert f"{PROJECT}_kafka_data" == overridden(tmp_path, text)["volumes"]["kafka_data"]["name"]


def test_folders_of_the_submission_are_those_of_the_copy(tmp_path: Path) -> None:
    """Relative ones by themselves, and those with a full path too."""
    submission = tmp_path / "submission"
    text = solution().replace("./shared:/app/shared", f"{submission}/shared:/app/shared", 1)
    mounts = overridden(tmp_path, text)["services"]["app"]["volumes"]
    copy = str(tmp_path / "copy")

    assert [f"{copy}/apps/mongo_backend", f"{copy}/shared"] == [mount["source"] for mount in mounts]


def test_an_image_that_is_built_takes_no_name_of_the_students(tmp_path: Path) -> None:
    """It would replace the student's own."""
    text = solution().replace(
        "    build:\n      context: ./apps/mongo", "    image: mine\n    build:\n      context: ./apps/mongo"
    )

    assert "image" not in overridden(tmp_path, text)["services"]["app"]


def test_what_is_written_is_yaml_for_every_text() -> None:
    """JSON is; quotes and line ends cannot end it."""
    assert r'{"a": ["x\ny", "\"", null, 1, true]}' == write({"a": ["x\ny", '"', None, 1, True]})


def test_the_copy_holds_what_the_project_is_made_of(tmp_path: Path) -> None:
    """The compose file and its side files, the code, the folders that are mounted; not what lies beside them."""
    submission, copy = tmp_path / "submission", tmp_path / "copy"
    for name in ("notes", "secret", "mysql_data"):
        (submission / name).mkdir(parents=True)
        (submission / name / "file.txt").write_text(name, encoding="utf-8")
    (submission / ".env").write_text("A=1\n", encoding="utf-8")
    copy.mkdir()
    text = solution().replace("      - mysql_data:", "      - ./notes:/notes\n      - ./mysql_data:")
    copied = copy_submission(read(submission, text), str(submission), str(copy))

    assert {".env", "apps", "docker-compose.yml", "notes", "shared"} == set(os.listdir(copy))
    assert ("apps", "shared") == copied.from_kit
    assert "notes" == (copy / "notes" / "file.txt").read_text(encoding="utf-8")


def test_own_code_comes_before_the_kits(tmp_path: Path) -> None:
    """A student's changed app is the one that runs."""
    submission, copy = tmp_path / "submission", tmp_path / "copy"
    (submission / "apps" / "mongo_backend").mkdir(parents=True)
    (submission / "apps" / "mongo_backend" / "main.py").write_text("# mine\n", encoding="utf-8")
    copy.mkdir()
    copied = copy_submission(read(submission, solution()), str(submission), str(copy))

    assert ("shared",) == copied.from_kit
    assert "# mine\n" == (copy / "apps" / "mongo_backend" / "main.py").read_text(encoding="utf-8")
