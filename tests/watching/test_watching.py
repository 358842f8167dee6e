"""`grade --watch` while a student works: what is noticed, what is said, how it ends."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.watching.conftest import Start
from tests.watching.saving import WAYS, by_renaming
from tests.watching.sessions import NO_YAML, SOLUTION, WITH_OTHER_HOST, WITHOUT_NODE_ID

FULL, BELOW, USAGE, NOT_GRADABLE = 0, 1, 2, 3
READY = "Ctrl-C ends."


def test_the_whole_report_comes_first_and_then_what_has_changed(start: Start, compose_file: Path) -> None:
    """What is gained, what is lost and why, the new score, the next step; a check lost for another reason."""
    session = start()
    first = session.next(READY)
    compose_file.write_text(SOLUTION.replace("- mongodb_data:/data/db", "- ./data:/data/db"))
    second = session.next("Next: ")
    compose_file.write_text(SOLUTION.replace("- mongodb_data:/data/db", "- /data/db"))
    third = session.next("Next: ")

    assert "  02-kafka " in first
    assert "Next: kafka.node-id" in first
    assert "  +3 kafka.node-id\n" in second
    assert "  -4 mongodb.data-volume  docker-compose.yml:25:9\n" in second
    assert " / 100 (-1)\n" in second
    assert "Next: mongodb.data-volume (4 points), exercises/01-mongodb/TASK.md" in second
    assert "   0 mongodb.data-volume  docker-compose.yml:25:9\n" in third
    assert "kafka.node-id" not in third
    assert "\x1b" not in first + second + third


@pytest.mark.parametrize("save", WAYS)
def test_every_way_of_saving_is_noticed_once_each_time(
    start: Start, compose_file: Path, save: Callable[[Path, str], None]
) -> None:
    """Editors replace the file; what is watched is its name."""
    session = start("docker-compose.yml")
    session.next(READY)
    save(compose_file, SOLUTION)
    better = session.next("+3 kafka.node-id")
    save(compose_file, WITHOUT_NODE_ID)
    worse = session.next("-3 kafka.node-id", "Next: ")

    assert "last score" not in better + worse
    assert "" == session.nothing_more()


def test_a_broken_state_is_one_line_and_the_last_good_one_stays(start: Start, compose_file: Path) -> None:
    """Empty, comments only, cut off, no YAML, binary. What comes after is compared with what came before."""
    session = start()
    session.next(READY)
    cut_off = SOLUTION[: SOLUTION.index("KAFKA_NODE_ID") + 5]
    for broken in ("", "# nothing yet\n", cut_off, NO_YAML, "\0\1\2"):
        compose_file.write_text(broken)
        said = session.next("The last score stays: 96 / 100.\n")

        assert 1 == said.count("\n")
        assert "docker-compose.yml" in said

    compose_file.write_text(SOLUTION)
    after = session.next("+3 kafka.node-id", "Full marks.")

    assert " 100 / 100 (+4)\n" in after


def test_a_file_that_is_deleted_may_come_back(start_plainly: Start, compose_file: Path) -> None:
    """Even much later."""
    session = start_plainly()
    session.next(READY)
    compose_file.unlink()
    gone = session.next("The last score stays: 96 / 100.\n")
    quiet = session.nothing_more()
    compose_file.write_text(SOLUTION)

    assert "There is no compose file" in gone
    assert "" == quiet
    assert session.next("+3 kafka.node-id")


def test_a_folder_that_is_replaced_is_watched_again(start: Start, compose_file: Path) -> None:
    """A network drive that drops out, a branch that is switched."""
    session = start(os.fspath(compose_file))
    session.next(READY)
    aside = compose_file.parent.with_name("aside")
    os.rename(compose_file.parent, aside)
    session.next("The last score stays")
    os.rename(aside, compose_file.parent)
    session.next("No check has changed.")
    by_renaming(compose_file, SOLUTION)

    assert session.next("+3 kafka.node-id")


def test_a_first_state_that_is_broken_is_explained_in_full(start_plainly: Start, compose_file: Path) -> None:
    """And so is the first good one: there is nothing to compare it with."""
    compose_file.write_text("")
    session = start_plainly()
    first = session.next(READY)
    compose_file.write_text(WITHOUT_NODE_ID)
    second = session.next("Next: ")

    assert "not gradable" in first
    assert "Next: kafka.node-id" in second


def test_every_file_that_is_read_is_watched_and_those_that_may_come(start: Start, compose_file: Path) -> None:
    """`.env`, a file of `env_file` in a folder that is not there yet, the override file."""
    folder = compose_file.parent
    compose_file.write_text(WITH_OTHER_HOST)
    session = start()
    session.next(READY)
    (folder / ".env").write_text("HOST=mysql\n")
    by_dotenv = session.next("mysql-service.mysql-host", "Full marks.")
    (folder / ".env").write_text("HOST=nowhere\n")
    by_change = session.next("mysql-service.mysql-host", "Next: ")
    (folder / "docker-compose.override.yml").write_text(
        "services: {mysql-service: {env_file: env/mysql.env, environment: {MYSQL_HOST: !reset null}}}\n"
    )
    by_override = session.next("Next: ")
    (folder / "env").mkdir()
    (folder / "env" / "mysql.env").write_text("MYSQL_HOST=mysql\n")
    by_env_file = session.next("+2 mysql-service.mysql-host", "Full marks.")

    assert "  +2 mysql-service.mysql-host\n" in by_dotenv
    assert "  -2 mysql-service.mysql-host  docker-compose.yml:" in by_change
    assert "Docker Compose refuses the file: " in by_override
    assert "Docker Compose accepts the file now.\n" in by_env_file


def test_a_save_without_a_change_is_answered_and_other_files_are_not(start_plainly: Start, compose_file: Path) -> None:
    """Who saves wants to know that it was seen."""
    session = start_plainly()
    session.next(READY)
    (compose_file.parent / "notes.txt").write_text("x")
    (compose_file.parent / ".docker-compose.yml.swp").write_text("x")
    others = session.nothing_more()
    compose_file.write_text(WITHOUT_NODE_ID)
    same = session.next("Next: ")

    assert "" == others
    assert "No check has changed.\n" in same


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (SOLUTION, [], FULL),
        (WITHOUT_NODE_ID, [], BELOW),
        (WITHOUT_NODE_ID, ["--fail-under", "90"], FULL),
        (WITHOUT_NODE_ID, ["--exit-zero"], FULL),
        ("", ["--exit-zero"], NOT_GRADABLE),
    ],
)
def test_ctrl_c_ends_with_the_exit_code_of_the_last_grade(
    start_plainly: Start, compose_file: Path, text: str, options: list[str], code: int
) -> None:
    """And without a word."""
    session = start_plainly(*options)
    session.next(READY)
    compose_file.write_text(text)
    session.next("----")
    session.nothing_more()

    assert code == session.interrupt()
    assert "" == session.next()


def test_unix_prints_all_findings_between_two_marker_lines_each_time(start_plainly: Start, compose_file: Path) -> None:
    """Also where nothing can be graded."""
    session = start_plainly("--format", "unix")
    first = session.next("watching for changes\n").splitlines()
    compose_file.write_text("")
    empty = session.next("watching for changes\n").splitlines()
    compose_file.write_text(SOLUTION)
    full = session.next("watching for changes\n").splitlines()

    assert first[1].startswith("docker-compose.yml:36:5: ")
    assert first[1].endswith(" [kafka.node-id]")
    assert 3 == len(first) == len(empty)
    assert "[not gradable]" in empty[1]
    assert 2 == len(full)
    assert full[1].endswith("] 100 / 100, watching for changes")
    assert FULL == session.interrupt()


def test_a_file_of_any_format_is_written_anew_and_the_terminal_shows_text(
    start_plainly: Start, compose_file: Path
) -> None:
    """`-o FILE` lies in the watched folder and is no change."""
    session = start_plainly("--format", "json", "-o", "report.json")
    first = session.next(READY)
    before = json.loads((compose_file.parent / "report.json").read_text())
    compose_file.write_text(SOLUTION)
    session.next("+3 kafka.node-id")
    after = json.loads((compose_file.parent / "report.json").read_text())

    assert "Next: kafka.node-id" in first
    assert (96, 100) == (before["score"], after["score"])
    assert "" == session.nothing_more().partition("TASK.md\n")[2]


def test_the_report_never_replaces_a_file_that_is_read(start_plainly: Start, compose_file: Path) -> None:
    """Nor one that was looked for, like `.env`."""
    session = start_plainly("-o", ".env")

    assert USAGE == session.ended()
    assert "-o .env is a file that grading reads." in session.next()
    assert not (compose_file.parent / ".env").exists()


def test_a_path_that_is_not_there_ends_at_once(start_plainly: Start) -> None:
    """A misspelt name would be watched for ever."""
    session = start_plainly("docker-compos.yml")

    assert NOT_GRADABLE == session.ended()
    assert "Did you mean docker-compose.yml?" in session.next()
