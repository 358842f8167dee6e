"""`grade hint` and `grade explain`: help for one check, one service, one exercise."""

from grader import kit
from grader.rubric import load_rubric
from tests.cli.commandline import SOLUTION, Shell, make_workspace

CHECK = load_rubric(kit.rubric_folder()).check("kafka.node-id")


def words(text: str) -> str:
    """Undo the breaking of lines."""
    return " ".join(text.split())


def test_a_hint_names_the_call_for_the_next_one(workspace: Shell) -> None:
    """Level 1 without a level, then 2, then 3."""
    first, second, third = (workspace.type("hint", "kafka.node-id", *level) for level in ([], ["2"], ["3"]))

    assert words(CHECK.hints[0]) in words(first.out)
    assert "grade hint kafka.node-id 2" in first.out
    assert "grade hint kafka.node-id 3" in second.out
    assert words(CHECK.hints[2]) in words(third.out)
    assert "grade explain kafka.node-id" in third.out
    assert (0, 0, 0) == (first.code, second.code, third.code)


def test_a_hint_does_not_show_the_next_level(workspace: Shell) -> None:
    """One at a time."""
    assert words(CHECK.hints[1]) not in words(workspace.type("hint", "kafka.node-id").out)


def test_levels_are_1_to_3(workspace: Shell) -> None:
    """Anything else is a usage error."""
    assert [2, 2, 2] == [workspace.type("hint", "kafka.node-id", level).code for level in ("0", "4", "x")]


def test_a_hint_for_a_service_is_about_its_first_unsolved_check(workspace: Shell) -> None:
    """In the order of the exercise, as the file stands."""
    assert workspace.type("hint", "mongodb").out.startswith("mongodb.database: ")
    workspace.write(
        "docker-compose.override.yml", "services: {mongodb: {environment: {MONGO_INITDB_DATABASE: shop}}}\n"
    )

    assert workspace.type("hint", "01-mongodb").out.startswith("mongodb.data-volume: ")


def test_a_hint_for_a_solved_service_says_so(shell: Shell) -> None:
    """Nothing to hint at."""
    make_workspace(shell.folder / "kata", SOLUTION)
    shell.write("compose.yaml", SOLUTION.read_text())
    ran = shell.type("hint", "kafka")

    assert 0 == ran.code
    assert "Every check of 02-kafka is passed." in ran.out


def test_a_hint_works_where_nothing_can_be_graded(shell: Shell) -> None:
    """Then it is about the first check."""
    assert "kafka.node-id: " in shell.type("hint", "kafka").out


def test_unknown_names_get_did_you_mean(workspace: Shell) -> None:
    """In both commands."""
    for command in ("hint", "explain"):
        ran = workspace.type(command, "kafka.nodeid")

        assert 2 == ran.code
        assert "Did you mean kafka.node-id?" in ran.err


def test_explain_without_a_name_lists_every_check_with_its_state(workspace: Shell) -> None:
    """The map, and how to go on."""
    ran = workspace.type("explain")

    assert 0 == ran.code
    assert all(check.id in ran.out for check in load_rubric(kit.rubric_folder()).checks())
    assert "kafka.node-id (3, not attempted)" in ran.out
    assert "grade explain mongodb" in ran.out.splitlines()[-1]


def test_explain_a_check_says_what_why_where_and_how_the_file_stands(workspace: Shell) -> None:
    """The right line stays behind the last hint."""
    ran = workspace.type("explain", "kafka.node-id")

    assert 0 == ran.code
    for part in (CHECK.title, CHECK.why, f"exercises/02-kafka/{CHECK.task}", CHECK.wrong, "not attempted"):
        assert words(part) in words(ran.out)
    assert words(CHECK.right) not in words(ran.out)


def test_explain_a_failed_check_shows_the_line(workspace: Shell) -> None:
    """As the report does."""
    workspace.write("docker-compose.yml", SOLUTION.read_text().replace("KAFKA_NODE_ID: 1", "KAFKA_NODE_ID: one"))
    out = workspace.type("explain", "kafka.node-id").out

    assert "| " + " " * 6 + "KAFKA_NODE_ID: one" in out


def test_explain_a_passed_check_says_so(shell: Shell) -> None:
    """With a PATH."""
    assert "passed" in shell.type("explain", "kafka.node-id", str(SOLUTION)).out.splitlines()[-1]


def test_explain_a_service_shows_what_its_container_gets(shell: Shell) -> None:
    """From the file named, or the workspace's."""
    ran = shell.type("explain", "kafka", str(SOLUTION))

    assert 0 == ran.code
    assert "node.id" in ran.out
    assert 3 == shell.type("explain", "kafka", "missing.yml").code


def test_explain_an_exercise_lists_its_checks(workspace: Shell) -> None:
    """Only those."""
    out = workspace.type("explain", "06-volumes").out

    assert "volumes.declared" in out
    assert "kafka.node-id" not in out
