"""The model of `volumes.lab` against a Docker engine: many scripts, the same after every command."""

import subprocess

import pytest

from grader.notebook import q, volumes
from grader.notebook.views import FileView
from tests.notebooks.workspaces import SKELETON, SOLUTION

pytestmark = pytest.mark.live

LONG = "up; write; restart; edit; up; write; stop; start; crash; up --force-recreate; down; up; down -v; up"
RENEWED = "up; write; up -V; write; edit; up -V; down; up; down -v"
HANDED_ON = "up; write; edit; up; down -v; up; write; down -v"
ELSEWHERE = "up; write /data/other; write; restart; edit; up; down; up"
CHANGED = (
    "up; write; edit lab_data:/data/db; up; write; edit /data/db; up; edit ./here:/data/db; up; write; down -v; up"
)
BACK = "up; write; edit ./here:/data/db; up; write; edit /data/configdb; up; up -V; down; up"
STOPPED = "start; restart; write; crash; stop; down; up; stop; write; crash; up; write; stop; down -v; restart"


def mongodb(*entries: str) -> FileView:
    """The solution with other entries under mongodb's `volumes`."""
    return q.text(SOLUTION).what_if("mongodb", volumes=list(entries))


FILES: dict[str, FileView | str] = {
    "named": SOLUTION,
    "nothing": SKELETON,
    "folder": mongodb("./db:/data/db"),
    "parent": mongodb("mongodb_data:/data"),
    "both": mongodb("mongodb_data:/data/db", "/data/configdb"),
    "anonymous entry": mongodb("/data/db", "/data/more"),
    "read-only": mongodb("mongodb_data:/data/db:ro"),
    "external": SOLUTION.replace("  mongodb_data:\n    driver: local", "  mongodb_data:\n    external: true"),
    "never restarted": SOLUTION.replace("restart: unless-stopped", 'restart: "no"'),
    "memory": SOLUTION.replace("    volumes:\n      - mongodb_data:/data/db", "    tmpfs: /data/db"),
}
SCRIPTS = {
    "long": LONG,
    "renewed": RENEWED,
    "handed on": HANDED_ON,
    "elsewhere": ELSEWHERE,
    "changed": CHANGED,
    "back": BACK,
    "stopped": STOPPED,
}
PAIRS = [
    *((file, script) for file in ("named", "nothing") for script in SCRIPTS),
    *((file, script) for file in FILES for script in ("long", "handed on") if file not in ("named", "nothing")),
    ("anonymous entry", "renewed"),
    ("folder", "changed"),
]


def differences(file: FileView | str, script: str, service: str) -> list[dict[str, object]]:
    """Play a script on both; return the steps that differ. Skips where the engine does not play it to its end."""
    data = volumes.lab(script, file=file, service=service).show().data
    if data["remark"] is not None:
        pytest.skip(data["remark"])
    return [step for step in data["steps"] if step["model"] != step["docker"]]


@pytest.mark.parametrize(("file", "script"), PAIRS)
def test_the_model_does_what_docker_does(file: str, script: str) -> None:
    """Containers, what holds the data, which notes are seen, what is left over."""
    assert [] == differences(FILES[file], SCRIPTS[script], "mongodb")


@pytest.mark.parametrize("service", ["kafka", "app", "mysql", "mysql-service"])
def test_the_other_services(service: str) -> None:
    """Other images, other folders; a folder mounted into another one."""
    assert [] == differences(SOLUTION, LONG, service)
    assert [] == differences(SOLUTION, "up; write /app/shared; write /app; edit; up; down -v; up", service)


def test_nothing_is_left_behind() -> None:
    """No container, no volume, no network of a laboratory is there afterwards."""
    before = _there()
    volumes.lab("up; write; edit /data/db; up; up -V; down; up", file=SOLUTION).show()

    assert set() == _there() - before


def _there() -> set[str]:
    found = set[str]()
    for words in (("container", "ls", "-aq"), ("volume", "ls", "-q"), ("network", "ls", "-q")):
        command = ["docker", *words, "--filter", "name=kata-lab"]
        found |= set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    return found
