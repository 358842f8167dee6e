"""Each step turns what it sees into a sentence and the check that owns it, and waits no longer than it must."""

import json
import os
from pathlib import Path

import pytest

from grader.live import waiting
from grader.live.process import Ran
from grader.live.project import MountPoint
from grader.live.session import SERVICES, StepFinding
from grader.live.steps import (
    STEPS,
    accepted,
    kafka_inside,
    kafka_outside,
    mysql,
    order,
    reload_app,
    reloading,
    row_stays,
    running,
    steady,
    volumes,
)
from tests.checks.judged import rubric
from tests.live_unit.runs import predicted
from tests.live_unit.scripted import Scripted, container, says, session


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here takes time."""
    for module in (waiting, running, reloading):
        monkeypatch.setattr(module, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(running, "STAY_SECONDS", 0.01)


def answered(**said: object) -> Scripted:
    """A project in which every client says this."""
    return Scripted(lambda service, argv: says(json.dumps(said)))


def test_steps_have_ids_of_their_own_and_need_only_earlier_ones() -> None:
    """Else one could wait for ever, or hide another."""
    seen: list[str] = []
    for step in STEPS:
        assert step.ID not in seen
        assert set(step.NEEDS) <= set(seen)
        assert set(step.SERVICES) <= set(SERVICES)
        assert step.LIMIT_SECONDS > 0
        seen.append(step.ID)


def test_a_refusal_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report about the file has Compose's words too."""
    words = "validating docker-compose.yml:  additional properties 'enviroment' not allowed"
    report = predicted("services:\n", "enviroment: 1\nservices:\n")
    project = Scripted(lambda service, argv: says(""))
    monkeypatch.setattr(project, "compose", lambda *argv, seconds: Ran(1, "", words))
    finding = accepted.run(session(project, report))

    assert (False, "stack.accepted") == (finding.passed, finding.check)
    assert 1 == str(finding.message).count("Docker Compose refuses")
    assert words in str(finding.message)
    assert "<f>" not in str(finding.message)


@pytest.mark.parametrize(
    ("stage", "check"),
    [
        ("bootstrap", "kafka.listeners"),
        ("advertised", "kafka.advertised-listeners"),
        ("produce", "kafka.auto-create-topics"),
        ("group", "kafka.offsets-replication"),
        ("read", "kafka.data-volume"),
    ],
)
def test_how_far_a_client_of_kafka_comes_names_the_check(stage: str, check: str) -> None:
    """The likeliest one, where the report about the file has lost none of them."""
    finding = kafka_outside.run(session(answered(stage=stage, text="No", address="localhost:9092")))

    assert (False, check) == (finding.passed, finding.check)
    assert finding.message


def test_a_lost_check_and_its_sentence_come_first() -> None:
    """The student reads the same in both reports."""
    report = predicted("PLAINTEXT://kafka:9092\n", "PLAINTEXT://localhost:9092\n")
    finding = kafka_outside.run(session(answered(stage="advertised", text="", address="localhost:9092"), report))

    assert "kafka.advertised-listeners" == finding.check
    assert "sent to localhost" in str(finding.message)


def test_a_client_that_comes_through_proves_it() -> None:
    """Its word is what it was given."""
    run = session(answered(stage=None, text="", address="kafka:9092"))

    assert kafka_outside.run(run) == StepFinding(True, "Kafka is advertised as kafka:9092.")
    assert run.word


@pytest.mark.parametrize(
    ("stage", "check"),
    [
        ("MYSQL_HOST", "mysql-service.mysql-host"),
        ("MYSQL_PORT", "mysql-service.mysql-port"),
        ("MYSQL_DATABASE", "mysql-service.mysql-database"),
        ("login", "mysql-service.mysql-password"),
        ("connection", "mysql-service.mysql-host"),
    ],
)
def test_what_keeps_the_service_from_mysql_names_the_check(stage: str, check: str) -> None:
    """And later steps need not ask the service."""
    finding = mysql.run(session(answered(stage=stage, text="1045: no")))

    assert (False, check, ("mysql-service",)) == (finding.passed, finding.check, tuple(finding.broken))
    assert "1045: no." in str(finding.message)


@pytest.mark.parametrize("said", ["", "no JSON", "{broken", "[]", '{"stage": "unheard of"}'])
def test_what_a_client_says_is_not_believed_blindly(said: str) -> None:
    """A container may say anything: that is a failure, and no fault of ours."""
    for step in (kafka_outside, mysql):
        finding = step.run(session(Scripted(lambda service, argv: says(said))))

        assert not finding.passed


def test_a_container_that_stops_again_and_again_ends_the_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """At once, whatever the time limit is."""
    crashed = {**{name: container(name) for name in SERVICES}, "kafka": container("kafka", restarts=3)}
    project = Scripted(lambda service, argv: says("", code=1))
    before = iter([project.running, crashed])
    monkeypatch.setattr(project, "containers", lambda: next(before, crashed))
    finding = kafka_inside.run(session(project))

    assert "kafka stops and is started again and again." == finding.message


def test_a_cause_that_stays_ends_the_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen at two looks; seen once it may pass."""
    monkeypatch.setattr(waiting, "GRACE_SECONDS", 0.0)
    monkeypatch.setattr(waiting, "LOOK_SECONDS", 0.0)
    line = (
        "ERROR   gave up waiting for MySQL at db:3306 (MYSQL_HOST, MYSQL_PORT): no service on its networks is called db"
    )
    project = Scripted(lambda service, argv: says(json.dumps({"stage": "row", "text": "none"})), log=line)
    run = session(project)
    waited = waiting.wait_for(run, lambda: order.missing_row(run), services=("mysql-service",), seconds=60)

    assert ["mysql-service.mysql-host"] == [cause.check for cause in waited.causes]


def test_the_time_limit_ends_the_waiting() -> None:
    """And is told."""
    waited = waiting.wait_for(session(answered()), lambda: "nothing comes", services=("kafka",), seconds=0.0)

    assert "nothing comes, not even after 0 seconds" == waited.reason


def test_five_containers_must_run() -> None:
    """One that is missing, and one that does not stay."""
    four = {name: container(name) for name in SERVICES[:4]}
    ended = {**{name: container(name) for name in SERVICES}, "app": container("app", status="exited", exit_code=1)}

    assert "There is no container of mysql-service." == running.run(session(Scripted(silent, four))).message
    assert "app has ended with exit code 1." == running.run(session(Scripted(silent, ended))).message
    assert running.run(session(Scripted(silent))).passed


def silent(service: str, argv: tuple[str, ...]) -> Ran:
    """Nobody is asked."""
    return says("")


def test_a_restart_is_not_forgotten() -> None:
    """MySQL whose first start breaks off runs at the second, without its user."""
    once = {**{name: container(name) for name in SERVICES}, "mysql": container("mysql", restarts=1)}
    finding = steady.run(session(Scripted(silent, once)))

    assert "Started again: mysql 1 times." == finding.message


@pytest.mark.parametrize(
    ("mounts", "words"),
    [
        ((), "Nothing is mounted"),
        ((MountPoint("bind", "/home/x/data", "/data/db", False),), "folder of the host"),
        ((MountPoint("volume", "0" * 64, "/data/db", True),), "without a name"),
    ],
)
def test_data_belongs_into_a_named_volume(mounts: tuple[MountPoint, ...], words: str) -> None:
    """Whatever else is there is no such volume."""
    mongodb = container("mongodb")._replace(mounts=mounts)
    project = Scripted(lambda service, argv: says("2048\t/data/db"), {"mongodb": mongodb})
    finding = volumes.run(session(project))

    assert (False, "mongodb.data-volume") == (finding.passed, finding.check)
    assert words in str(finding.message)


def test_an_empty_volume_of_the_image_is_harmless() -> None:
    """MongoDB's image always gets one for /data/configdb."""
    mongodb = container("mongodb")
    extra = MountPoint("volume", "0" * 64, "/data/configdb", True)
    projects = [
        Scripted(
            lambda service, argv, size=size: says(f"{size}\t/data/configdb"),  # type: ignore[misc]
            {"mongodb": mongodb._replace(mounts=(*mongodb.mounts, extra))},
        )
        for size in (4, 4096)
    ]

    assert [True, False] == [volumes.run(session(project)).passed for project in projects]


def test_a_reload_shows_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the file was saved again as it was."""
    file = tmp_path / "apps" / "mongo_backend" / "main.py"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"print()\r\n")
    project = Scripted(silent)
    project.folder = str(tmp_path)
    logs = iter(["", "INFO    main.py changed: starting again\n"])
    monkeypatch.setattr(project, "logs", lambda service: next(logs))

    assert reload_app.run(session(project)).passed
    assert b"print()\r\n" == file.read_bytes()


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """A container may have put it there, to a file of the host that it cannot write to itself."""
    outside = tmp_path / "outside.py"
    outside.write_text("x", encoding="utf-8")
    os.utime(outside, (0, 0))
    (tmp_path / "kata" / "apps" / "mongo_backend").mkdir(parents=True)
    (tmp_path / "kata" / "apps" / "mongo_backend" / "main.py").symlink_to(outside)
    project = Scripted(silent)
    project.folder = str(tmp_path / "kata")
    finding = reload_app.run(session(project))

    assert "cannot be touched" in str(finding.message)
    assert 0 == outside.stat().st_mtime


def test_no_reload_is_the_source_mounts_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app runs from its image then."""
    monkeypatch.setattr(reload_app, "LIMIT_SECONDS", 0.0)
    (tmp_path / "apps" / "mongo_backend").mkdir(parents=True)
    (tmp_path / "apps" / "mongo_backend" / "main.py").touch()
    project = Scripted(silent)
    project.folder = str(tmp_path)

    assert "app.source-mount" == reload_app.run(session(project)).check


def test_a_lost_row_is_the_volumes_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """MySQL answers, and the row is gone."""
    monkeypatch.setattr(row_stays, "LIMIT_SECONDS", 0.0)
    finding = row_stays.run(session(answered(stage="row", text="there is no such row")))

    assert "mysql.data-volume" == finding.check
    assert "MySQL has forgotten the order" in str(finding.message)


def test_every_owner_is_a_check() -> None:
    """Whatever the steps may blame, `grade hint` knows."""
    known = {check.id for check in rubric().checks()}
    named = {owner for _, owners in kafka_outside.STAGES.values() for owner in owners if "*" not in owner} | {
        owner for owners in mysql.STAGES.values() for owner in owners if "*" not in owner
    }

    assert set() == named - known
