"""What cannot be graded is no zero: a sentence says what it is and what to do."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.commandline import NOT_GRADABLE, Shell


def bad_input(folder: Path) -> dict[str, Path]:
    """Lay out everything that cannot be graded."""
    (folder / "empty.yml").write_bytes(b"")
    (folder / "comments.yml").write_bytes(b"# nothing\n")
    (folder / "binary.yml").write_bytes(bytes(range(256)) * 8)
    (folder / "broken.yml").write_bytes(b"{services: [\n")
    (folder / "list.yml").write_bytes(b"- a\n- b\n")
    (folder / "nothing").mkdir()
    (folder / "as-file.yml").mkdir()
    (folder / "named").mkdir()
    (folder / "named" / "docker-compose.yml").mkdir()
    names = [
        "missing.yml",
        "empty.yml",
        "comments.yml",
        "binary.yml",
        "broken.yml",
        "list.yml",
        "nothing",
        "as-file.yml",
        "named",
        "missing/docker-compose.yml",
        "empty.yml/docker-compose.yml",
    ]
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.yml")
        names.append("pipe.yml")
    return {name: folder / name for name in names}


def test_bad_input_is_not_gradable_and_says_what_to_do(shell: Shell) -> None:
    """What, where and what to do, exit code 3, no traceback; in JSON a reason."""
    for name in bad_input(shell.folder):
        ran = shell.type(name)
        data = json.loads(shell.type(name, "--format", "json").out)

        assert NOT_GRADABLE == ran.code, name
        assert "not gradable" in ran.out.splitlines()[0], name
        assert len(data["reason"]["message"]) > 40, name
        assert ("not gradable", None, "input") == (data["status"], data["score"], data["reason"]["kind"]), name


def test_an_empty_name_is_not_taken_for_a_folder(workspace: Shell) -> None:
    """A script whose variable is empty types it."""
    ran = workspace.type("")

    assert NOT_GRADABLE == ran.code
    assert "The name of the file is empty." in ran.out


def test_a_report_about_no_file_has_every_container(workspace: Shell) -> None:
    """Programs find the same keys in every report."""
    report = json.loads(workspace.type("nowhere", "--format", "json").out)

    assert {name: {"verdict": None, "message": None} for name in ("kafka", "mongodb", "mysql")} == report["containers"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file_is_not_gradable(workspace: Shell) -> None:
    """As above."""
    (workspace.folder / "docker-compose.yml").chmod(0)

    assert NOT_GRADABLE == workspace.type().code


def test_exit_zero_does_not_hide_what_cannot_be_graded(shell: Shell) -> None:
    """No score was given, so none must be recorded."""
    assert NOT_GRADABLE == shell.type("missing.yml", "--exit-zero").code
