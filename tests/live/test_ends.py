"""However a run ends, nothing of it is left over, and nothing of anybody else is touched."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader import kit
from grader.live.project import read_container
from tests.live.variants import ROOT, SOLUTION

START_SECONDS = 120.0
END_SECONDS = 120.0
RUN_SECONDS = 900.0

pytestmark = pytest.mark.live


def docker(*words: str) -> list[str]:
    """Ask the engine for names."""
    return subprocess.run(["docker", *words], capture_output=True, text=True, check=True).stdout.split()


def everything(project: str) -> list[str]:
    """Whatever the engine still has of a project."""
    label = f"label=com.docker.compose.project={project}"
    kinds = (("container", "ls", "-aq"), ("volume", "ls", "-q"), ("network", "ls", "-q"), ("image", "ls", "-q"))
    return [name for kind in kinds for name in docker(*kind, "--filter", label)]


def start(folder: Path, *options: str, path: Path = SOLUTION) -> "subprocess.Popen[str]":
    """Start a run whose copy lies in `folder`."""
    return subprocess.Popen(
        [sys.executable, "-m", "grader", "live", str(path), *options],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def project_in(folder: Path) -> str:
    """Wait for the first container that mounts something of `folder`, and return its project."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        for name in docker("container", "ls", "-aq", "--filter", "label=com.docker.compose.service=app"):
            ran = subprocess.run(["docker", "inspect", name], capture_output=True, text=True, check=False)
            data = json.loads(ran.stdout or "[]")
            container = read_container(data[0]) if data else None
            if container and any(mount.name.startswith(str(folder)) for mount in container.mounts):
                return str(data[0]["Config"]["Labels"]["com.docker.compose.project"])
        time.sleep(0.5)
    raise AssertionError("no container was started")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_an_interrupted_run_cleans_up(number: signal.Signals, tmp_path: Path) -> None:
    """In the middle of the start, when Compose itself is at work; a second Ctrl-C changes nothing."""
    process = start(tmp_path)
    project = project_in(tmp_path)
    process.send_signal(number)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=END_SECONDS)

    assert 130 == process.returncode
    assert "interrupted" in error
    assert [] == everything(project)
    assert [] == list(tmp_path.iterdir())


def test_a_kept_stack_runs_on_until_its_commands_end_it(tmp_path: Path) -> None:
    """They are printed, and nothing is left over after them."""
    process = start(tmp_path, "--keep", "--format", "json")
    output, _ = process.communicate(timeout=RUN_SECONDS)
    report = json.loads(output)
    names = docker("container", "ls", "-q", "--filter", f"label=com.docker.compose.project={report['project']}")
    for command in report["stop_commands"]:
        subprocess.run(command.split(), check=True, capture_output=True)

    assert ("proven", True) == (report["status"], report["kept"])
    assert 5 == len(names)
    assert {"app:8000", "kafka:9092", "mongodb:27017", "mysql:3306"} == set(report["ports"])
    assert [] == everything(report["project"])
    assert [] == list(tmp_path.iterdir())


def test_the_students_own_project_keeps_its_volumes(tmp_path: Path) -> None:
    """In place it is taken down as it was found, and its data stays."""
    folder = tmp_path / f"kata{os.getpid()}"
    kit.make_workspace(str(folder), with_solutions=False)
    (folder / "docker-compose.yml").write_bytes(SOLUTION.read_bytes())
    ports = {"mongodb": 27017, "kafka": 9092, "app": 8000, "mysql": 3306}
    services = {
        name: f"container_name: !reset null, ports: !override ['127.0.0.1::{port}']" for name, port in ports.items()
    }
    services["mysql-service"] = "container_name: !reset null"
    services["mysql"] += ", healthcheck: {test: [CMD, mysqladmin, ping, -h, 127.0.0.1], interval: 3s, retries: 60}"
    lines = [f"  {name}: {{{text}}}" for name, text in services.items()]
    (folder / "docker-compose.override.yml").write_text("\n".join(["services:", *lines, ""]), encoding="utf-8")
    try:
        output, _ = start(tmp_path, "--in-place", "--format", "json", path=folder).communicate(timeout=RUN_SECONDS)
        report = json.loads(output)
        containers = docker("container", "ls", "-aq", "--filter", f"label=com.docker.compose.project={folder.name}")
        volumes = docker("volume", "ls", "-q", "--filter", f"label=com.docker.compose.project={folder.name}")

        assert (folder.name, "proven") == (report["project"], report["status"])
        assert [] == containers
        assert 3 == len(volumes)
    finally:
        subprocess.run(["docker", "compose", "-p", folder.name, "down", "--volumes"], check=True, capture_output=True)
        images = docker("image", "ls", "-q", "--filter", f"label=com.docker.compose.project={folder.name}")
        subprocess.run(["docker", "image", "rm", *images], check=True, capture_output=True)


def test_what_a_stranger_wrote_is_not_run_blindly(tmp_path: Path) -> None:
    """The list is shown, and no container is made."""
    file = tmp_path / "docker-compose.yml"
    text = SOLUTION.read_text("utf-8").replace("    image: mongo", "    privileged: true\n    image: mongo")
    file.write_text(text, encoding="utf-8")
    process = start(tmp_path, path=file)
    _, error = process.communicate(timeout=END_SECONDS)

    assert 2 == process.returncode
    assert "services.mongodb.privileged" in error
    assert "--trust" in error
    assert [file] == list(tmp_path.iterdir())
