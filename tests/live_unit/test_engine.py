"""Whether there is an engine is said in a sentence, and programs of the engine cannot hang or flood us."""

import sys
import time
from pathlib import Path

import pytest

from grader.cli import run
from grader.compose.files import MemoryFiles
from grader.compose.loader import load
from grader.compose.model import Project
from grader.compose.request import Request
from grader.live.engine import NoEngine, find_engine, kept_variables
from grader.live.process import MAX_OUTPUT_BYTES, Process
from grader.live.process import run as run_program
from grader.live.project import read_container
from grader.live.taming import Tamer, last_words, secrets_of

ROOT = Path(__file__).parents[2]


def _project(text: str) -> Project:
    """Read a project that exists in memory only."""
    return load(Request(MemoryFiles({"compose.yaml": text}), "/submission")).project


def fake_docker(folder: Path, script: str) -> dict[str, str]:
    """Put a program called docker into a folder, and return variables that lead to it."""
    program = folder / "docker"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return {"PATH": f"{folder}:/usr/bin:/bin"}


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("exit 1", "needs Docker Compose"),
        ("case $* in 'compose version'*) echo v2.20.1;; esac", "2.24.4 or newer; this is v2.20.1"),
        ("case $* in compose*) echo 2.40.3;; *) echo 'Cannot connect' >&2; exit 1;; esac", "does not answer"),
        ("case $* in compose*) echo 5.0.0;; *) echo 'permission denied' >&2; exit 1;; esac", "may not use"),
    ],
)
def test_what_is_missing_is_named(script: str, words: str, tmp_path: Path) -> None:
    """Compose, a new enough Compose, the engine itself, the right to use it."""
    with pytest.raises(NoEngine, match=words.replace(".", r"\.")):
        find_engine(fake_docker(tmp_path, script))


@pytest.mark.parametrize("name", ["DOCKER_HOST", "DOCKER_CONTEXT"])
def test_a_variable_that_leads_to_no_engine_is_named(name: str, tmp_path: Path) -> None:
    """Nobody finds it by starting the engine of this computer."""
    silent = "case $* in compose*) echo 2.40.3;; *) echo 'Cannot connect' >&2; exit 1;; esac"
    with pytest.raises(NoEngine, match=rf"{name} in your shell .*\(elsewhere\).*unset {name}"):
        find_engine({**fake_docker(tmp_path, silent), name: "elsewhere"})


def test_without_docker_the_exit_code_is_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And the sentence says what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    code = run(["live", str(ROOT / "solutions")])

    assert 3 == code
    assert "Install Docker" in capsys.readouterr().err


def test_a_file_that_is_not_there_needs_no_engine(capsys: pytest.CaptureFixture[str]) -> None:
    """It is said before Docker is looked for."""
    assert 3 == run(["live", "no-such-file.yml"])
    assert "There is no file or folder no-such-file.yml" in capsys.readouterr().err.replace("\n", " ")


def test_the_shells_own_variables_never_reach_compose() -> None:
    """What Docker needs does; a password or COMPOSE_FILE does not."""
    shell = {"PATH": "/bin", "HOME": "/h", "DOCKER_HOST": "x", "MYSQL_PASSWORD": "x", "COMPOSE_FILE": "x", "Path": "y"}

    assert {"PATH", "HOME", "DOCKER_HOST", "Path"} == set(kept_variables(shell))


def test_a_program_that_hangs_is_ended_with_its_children() -> None:
    """At the time limit, not later."""
    begin = time.monotonic()
    ran = run_program(["sh", "-c", "sleep 60 & sleep 60"], seconds=0.3, environment={"PATH": "/usr/bin:/bin"})

    assert ran.code is None
    assert time.monotonic() - begin < 10


def test_only_the_end_of_a_long_output_is_kept() -> None:
    """It comes to an end all the same."""
    code = f"import sys; sys.stdout.write('x' * {3 * MAX_OUTPUT_BYTES} + 'end')"
    ran = run_program([sys.executable, "-c", code], seconds=30, environment={})

    assert 0 == ran.code
    assert MAX_OUTPUT_BYTES == len(ran.out)
    assert ran.out.endswith("end")


def test_a_program_is_fed_and_may_stop_listening() -> None:
    """Its exit code says how it went."""
    assert "abc" == run_program(["cat"], seconds=10, environment={"PATH": "/bin"}, stdin=b"abc").out
    assert 0 == run_program(["true"], seconds=10, environment={"PATH": "/bin"}, stdin=b"x" * 10_000_000).code


def test_errors_come_in_the_order_of_writing() -> None:
    """Where both streams are read as one."""
    process = Process(["sh", "-c", "echo a; echo b >&2; echo c"], environment={"PATH": "/bin"}, merged=True)
    process.wait(10)

    assert "a\nb\nc\n" == process.result().out


def test_texts_of_containers_are_tamed() -> None:
    """No control characters, no colours, no password of the submission, also none in an address."""
    secrets = secrets_of(
        _project("services: {a: {image: x, environment: {MYSQL_PASSWORD: hush, U: 'm://u:p%40ss@h'}}}")
    )
    tame = Tamer(secrets)

    assert {"hush", "p%40ss", "p@ss"} == secrets
    assert "said *** to *** and rushhush" == tame("said hush to p@ss and rushhush")
    assert "red \N{REPLACEMENT CHARACTER} m://u:***@h" == tame("\x1b[31mred\x1b[0m \x07 m://u:other@h")


def test_the_last_words_are_the_last_line_that_says_something() -> None:
    """Programs end with what matters."""
    assert "failed" == last_words("a\n  failed\n\n")
    assert "" == last_words("\n")
    assert len(last_words("long " * 1000)) <= 300


def test_a_container_is_read_as_the_engine_describes_it() -> None:
    """One-off containers are none of a service."""
    labels = {"com.docker.compose.service": "kafka", "com.docker.compose.oneoff": "False"}
    data = {
        "Id": "abc",
        "RestartCount": 2,
        "Config": {"Labels": labels, "Healthcheck": {"Test": ["CMD-SHELL", "exit 0"]}},
        "State": {"Status": "restarting", "ExitCode": 1, "Health": {"Status": "starting"}},
        "Mounts": [
            {"Type": "volume", "Name": "kata_kafka_data", "Destination": "/var/lib/kafka/data"},
            {"Type": "volume", "Name": "0" * 64, "Destination": "/etc/kafka/secrets"},
        ],
        "NetworkSettings": {"Ports": {"9092/tcp": [{"HostIp": "0.0.0.0", "HostPort": "32768"}], "53/udp": None}},
    }
    container = read_container(data)

    assert container is not None
    assert ("kafka", False, 2, "starting") == (
        container.service,
        container.running,
        container.restarts,
        container.health,
    )
    assert ("/bin/sh", "-c", "exit 0") == container.test
    assert [False, True] == [mount.anonymous for mount in container.mounts]
    assert {9092: "127.0.0.1:32768"} == container.ports
    assert read_container({**data, "Config": {"Labels": {**labels, "com.docker.compose.oneoff": "True"}}}) is None
