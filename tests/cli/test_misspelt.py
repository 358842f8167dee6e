"""What was typed slightly wrong gets the right word, and where help is."""

import pytest

from tests.cli.commandline import NOT_GRADABLE, USAGE, Shell


def test_a_misspelt_exercise_gets_did_you_mean(workspace: Shell) -> None:
    """And the list."""
    ran = workspace.type("--exercise", "02-kafak")

    assert USAGE == ran.code
    assert "Did you mean 02-kafka?" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ["--fail-under", "101"],
        ["--fail-under", "x"],
        ["--fromat", "json"],
        ["--format", "jsn"],
        ["--env", "X"],
        ["a", "b"],
    ],
)
def test_usage_errors_say_where_help_is(workspace: Shell, words: list[str]) -> None:
    """Exit code 2, nothing on stdout."""
    ran = workspace.type(*words)

    assert (USAGE, "") == (ran.code, ran.out)
    assert ran.err.startswith("grade: ")


def test_a_misspelt_option_gets_did_you_mean(workspace: Shell) -> None:
    """The nearest one that exists."""
    assert "Did you mean --format?" in workspace.type("--fromat=json").err


@pytest.mark.parametrize(
    ("word", "meant"),
    [("explian", "explain"), ("hnit", "hint"), ("watch", "--watch"), ("help", "--help"), ("Version", "--version")],
)
def test_a_misspelt_command_gets_did_you_mean(shell: Shell, word: str, meant: str) -> None:
    """A word that is no path and nearly a command, or an option without its dashes."""
    ran = shell.type(word)

    assert USAGE == ran.code
    assert f"Did you mean: grade {meant}\n" in ran.err


def test_a_misspelt_file_gets_did_you_mean(workspace: Shell) -> None:
    """From its neighbours."""
    ran = workspace.type("docker-compse.yml")

    assert NOT_GRADABLE == ran.code
    assert "Did you mean docker-compose.yml?" in " ".join(ran.out.split())


@pytest.mark.parametrize(
    ("word", "call"), [("kafka", "grade --exercise kafka"), ("kafka.node-id", "grade explain kafka.node-id")]
)
def test_a_name_in_place_of_a_path_gets_the_right_command(workspace: Shell, word: str, call: str) -> None:
    """People type `grade kafka`."""
    ran = workspace.type(word)

    assert NOT_GRADABLE == ran.code
    assert call in " ".join(ran.out.split())
