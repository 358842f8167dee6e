"""The pre-commit hook and the dev container: what they call exists, and the hook stops what it should."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader.cli import run

ROOT = Path(__file__).parents[2]
SKELETON = (ROOT / "exercises" / "skeleton.yml").read_text("utf-8")
MANIFEST = ROOT / ".pre-commit-hooks.yaml"


def hook() -> dict[str, Any]:
    """Return the only hook."""
    (found,) = yaml.safe_load(MANIFEST.read_text("utf-8"))
    return dict(found)


def test_pre_commit_takes_the_manifest() -> None:
    """By its own validation."""
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(MANIFEST)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (0, "") == (ran.returncode, ran.stdout)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("docker-compose.yml", True),
        ("compose.yaml", True),
        ("kata/docker-compose.override.yml", True),
        ("kata/.env", True),
        ("my.env", False),
        ("my-docker-compose.yml", False),
        ("docker-compose.yml.bak", False),
        ("exercises/skeleton.yml", False),
    ],
)
def test_the_hook_looks_at_what_compose_reads(name: str, meant: bool) -> None:
    """In any folder, and at nothing else."""
    assert meant == bool(re.search(hook()["files"], name))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SKELETON, 0),
        (SKELETON.replace("    restart:", "    environment:\n      KAFKA_NODE_ID: one\n    restart:", 1), 0),
        (SKELETON.replace("    restart:", "    enviroment:\n      KAFKA_NODE_ID: 1\n    restart:", 1), 1),
    ],
    ids=["untouched", "wrong", "refused"],
)
def test_half_done_work_can_be_committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, code: int) -> None:
    """Only what Docker Compose refuses is stopped."""
    (tmp_path / "docker-compose.yml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert code == run(hook()["entry"].split()[1:])


def test_a_file_in_another_folder_is_told_how_to_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The hook starts at the root of the repository; a folder is an argument, with blanks as it is."""
    (tmp_path / "my kata").mkdir()
    (tmp_path / "my kata" / "docker-compose.yml").write_text(SKELETON, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    entry = hook()["entry"].split()[1:]
    code = run(entry)
    said = capsys.readouterr().out.splitlines()

    assert 1 == code
    assert "no configuration file provided: not found" == said[1]
    assert "args: [FOLDER]" in said[2]
    assert 0 == run([*entry, "my kata"])


def test_the_dev_container_calls_a_target_that_exists() -> None:
    """With a Python that is new enough."""
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    make, target = container["postCreateCommand"].split()

    assert "make" == make
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)
    assert (3, 11) <= tuple(int(part) for part in container["image"].rpartition(":")[2].split("."))
