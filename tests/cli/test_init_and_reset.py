"""`grade init` and `grade reset`: a fresh workspace, and the way back to it."""

import builtins
from pathlib import Path

import pytest

from grader.blocks import replace_block, service_names
from tests.cli.commandline import SKELETON, SOLUTION, Shell

SERVICES = ["mongodb", "kafka", "app", "mysql", "mysql-service"]
TEXT = SKELETON.read_text()


def compose(shell: Shell) -> Path:
    """The workspace's compose file."""
    return shell.folder / "docker-compose.yml"


def test_init_makes_a_workspace_that_can_be_graded(shell: Shell) -> None:
    """The skeleton, the exercises and the code they speak of; no solutions."""
    ran = shell.type("init", "kata")
    made = shell.folder / "kata"

    assert 0 == ran.code
    assert "cd kata" in ran.out
    assert TEXT == (made / "docker-compose.yml").read_text()
    assert (made / "exercises" / "01-mongodb" / "TASK.md").is_file()
    assert (made / "apps" / "mongo_backend").is_dir()
    assert (made / "shared").is_dir()
    assert not (made / "solutions").exists()
    assert 1 == shell.type("kata").code


def test_init_brings_the_solutions_on_wish(shell: Shell) -> None:
    """And they score everything there."""
    shell.type("init", "kata", "--with-solutions")

    assert 0 == shell.type("kata/solutions/docker-compose.yml").code


def test_init_says_what_can_be_typed(shell: Shell) -> None:
    """A name with a blank needs its quotes."""
    assert 'Next: cd "my kata"\n' in shell.type("init", "my kata").out
    assert "Next: cd tät/1.2\n" in shell.type("init", "tät/1.2").out


def test_init_needs_a_name(shell: Shell) -> None:
    """A script whose variable is empty types none."""
    ran = shell.type("init", "")

    assert 2 == ran.code
    assert "the name of the new folder is empty" in ran.err


def test_init_never_overwrites(shell: Shell) -> None:
    """A folder with anything in it, or a file."""
    shell.write("kata/mine.txt", "mine")
    shell.write("file", "mine")

    assert [2, 2] == [shell.type("init", name).code for name in ("kata", "file")]
    assert ["mine.txt"] == [path.name for path in (shell.folder / "kata").iterdir()]


def test_init_does_not_copy_a_folder_into_itself(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place inside of the kit's own folders would hold itself for ever."""
    monkeypatch.chdir(SKELETON.parent)

    assert 2 == shell.type("init", "new").code
    assert not (SKELETON.parent / "new").exists()


def test_init_takes_an_empty_folder(shell: Shell) -> None:
    """Also the current one."""
    ran = shell.type("init", ".")

    assert 0 == ran.code
    assert "cd " not in ran.out


def test_reset_puts_the_skeleton_back_and_keeps_the_old_file(workspace: Shell) -> None:
    """Numbered when there is one already."""
    for text in ("one: 1\n", "two: 2\n"):
        workspace.write("docker-compose.yml", text)
        assert 0 == workspace.type("reset").code
    kept = [workspace.folder / f"docker-compose.yml.bak{number}" for number in ("", ".2")]

    assert TEXT == compose(workspace).read_text()
    assert ["one: 1\n", "two: 2\n"] == [path.read_text() for path in kept]


def test_reset_of_what_is_the_skeleton_changes_nothing(workspace: Shell) -> None:
    """No copy is made."""
    ran = workspace.type("reset")

    assert 0 == ran.code
    assert not (workspace.folder / "docker-compose.yml.bak").exists()


def test_reset_of_one_service_leaves_the_rest_as_it_is(workspace: Shell) -> None:
    """Comments included."""
    solution = "# mine\n" + SOLUTION.read_text()
    workspace.write("docker-compose.yml", solution)
    ran = workspace.type("reset", "kafka")
    new = compose(workspace).read_text()

    assert 0 == ran.code
    assert new.startswith("# mine\n")
    assert "KAFKA_NODE_ID" not in new
    assert solution.split("  kafka:\n")[0] == new.split("  kafka:\n")[0]
    assert solution.split("  # The app")[1] == new.split("  # The app")[1]
    assert solution == (workspace.folder / "docker-compose.yml.bak").read_text()


def test_reset_of_an_unknown_service_names_the_known_ones(workspace: Shell) -> None:
    """With the nearest."""
    ran = workspace.type("reset", "kafak")

    assert 2 == ran.code
    assert "Did you mean kafka?" in ran.err


def test_reset_where_no_block_can_be_found_says_what_to_do(workspace: Shell) -> None:
    """A file without lines to replace stays as it is."""
    workspace.write("docker-compose.yml", "services: {kafka: {image: x}}\n")
    ran = workspace.type("reset", "kafka")

    assert 3 == ran.code
    assert "grade reset" in ran.err
    assert "services: {kafka: {image: x}}\n" == compose(workspace).read_text()


def test_reset_outside_of_a_workspace_says_so(shell: Shell) -> None:
    """And changes nothing."""
    shell.write("docker-compose.yml", "mine: 1\n")

    assert 2 == shell.type("reset").code
    assert "mine: 1\n" == (shell.folder / "docker-compose.yml").read_text()


def test_reset_brings_back_a_file_that_is_gone(workspace: Shell) -> None:
    """From a folder below, too."""
    compose(workspace).unlink()
    refused = workspace.type("reset", "kafka")
    ran = workspace.type("reset")

    assert 3 == refused.code
    assert "Begin with the whole file: grade reset" in refused.err
    assert 0 == ran.code
    assert "There was no docker-compose.yml. Now there is one: the skeleton." in ran.out
    assert TEXT == compose(workspace).read_text()


@pytest.mark.parametrize(("mode", "name"), [("xb", "docker-compose.yml.bak"), ("wb", "docker-compose.yml")])
def test_where_nothing_can_be_written_nothing_is_changed(
    workspace: Shell, monkeypatch: pytest.MonkeyPatch, mode: str, name: str
) -> None:
    """A folder or a file that is read-only: the message says what, where, and what to do."""
    workspace.write("docker-compose.yml", "services: {}\n")

    def refuse(path: str, how: str = "r") -> object:
        if how == mode:
            raise PermissionError(13, "Permission denied", path)
        return builtins.open(path, how)

    monkeypatch.setattr("grader.backups.open", refuse, raising=False)
    ran = workspace.type("reset")

    assert 3 == ran.code
    assert f"{name} cannot be written: Permission denied. Nothing was changed. Make the file" in ran.err
    assert "services: {}\n" == compose(workspace).read_text()
    assert not (workspace.folder / "docker-compose.yml.bak").exists()


def test_reset_names_an_override_file_that_stays(workspace: Shell) -> None:
    """It would still be read on top."""
    workspace.write("docker-compose.override.yml", "services: {}\n")
    workspace.write("docker-compose.yml", "a: 1\n")

    assert "docker-compose.override.yml is still there" in workspace.type("reset").out


@pytest.mark.parametrize("service", SERVICES)
def test_every_block_can_be_put_back(service: str) -> None:
    """From the solution; the skeleton's own blocks stay what they are."""
    new = replace_block(SOLUTION.read_text(), TEXT, service)

    assert TEXT == replace_block(TEXT, TEXT, service)
    assert new is not None
    assert SERVICES == service_names(new)


def reset_kafka(text: str) -> str:
    """Reset kafka in a small file by a small skeleton."""
    blocks = (
        "  mongodb:\n    image: m\n",
        "  kafka:\n    image: k\n    # add\n",
        "  # the app\n  app:\n    image: a\n",
    )
    new = replace_block(text, "services:\n" + "\n".join(blocks), "kafka")
    assert new is not None
    return new


@pytest.mark.parametrize(
    ("text", "new"),
    [
        pytest.param(
            "services:\n    kafka:\n        image: x\n    app: {}\n",
            "services:\n    kafka:\n      image: k\n      # add\n    app: {}\n",
            id="deeper indentation",
        ),
        pytest.param(
            "services:\r\n  kafka:\r\n    image: x\r\n  app: {}\r\n",
            "services:\r\n  kafka:\r\n    image: k\r\n    # add\r\n  app: {}\r\n",
            id="windows line ends",
        ),
        pytest.param(
            'services:\n  "kafka":\n    image: x',
            "services:\n  kafka:\n    image: k\n    # add\n",
            id="quoted, no line end",
        ),
        pytest.param(
            "services:\n  mongodb: {}\n  app: {}\n",
            "services:\n  mongodb: {}\n\n  kafka:\n    image: k\n    # add\n  app: {}\n",
            id="missing: behind its predecessor",
        ),
        pytest.param(
            "services:\n  app: {}\nvolumes:\n  kafka: {}\n",
            "services:\n  kafka:\n    image: k\n    # add\n\n  app: {}\nvolumes:\n  kafka: {}\n",
            id="missing: first; a volume of the same name is none",
        ),
        pytest.param(
            "services:\n  kafka:\n    image: x\n environment:\n    A: b\n\tC: d\n  # the app\n  app: {}\n",
            "services:\n  kafka:\n    image: k\n    # add\n  # the app\n  app: {}\n",
            id="slips of indentation go with the block",
        ),
        pytest.param(
            "services:\n  mongodb: {}\nkafka:\n    image: x\nvolumes: {}\n",
            "services:\n  mongodb: {}\n  kafka:\n    image: k\n    # add\nvolumes: {}\n",
            id="a service that slipped to the left",
        ),
        pytest.param(
            "services:\n  app:\n    depends_on:\n      kafka: {}\n  kafka:\n    image: x\n",
            "services:\n  app:\n    depends_on:\n      kafka: {}\n  kafka:\n    image: k\n    # add\n",
            id="a dependency of the same name",
        ),
    ],
)
def test_blocks_as_students_leave_them(text: str, new: str) -> None:
    """Indentation and line ends are the file's; what is broken inside the block goes with it."""
    assert new == reset_kafka(text)
