"""What has changed between two reports, in a few lines."""

import pytest

from grader.findings import Outcome
from grader.report import Change, CheckResult, ContainerResult, Problem, Report
from grader.reports.delta import MAX_SINGLE, render_delta
from grader.reports.look import Look
from tests.reports.samples import FILE, FULL, HALF, REFUSAL, UNTOUCHED, check, exercise, report


def kafka(*checks: CheckResult) -> Report:
    """A report of one exercise, about which no container says anything."""
    return report(exercise("02-kafka", list(checks)))._replace(containers={})


def listeners(outcome: Outcome, message: str | None = None, *, line: int = 12, because: str | None = None) -> Report:
    """A report of one check and of another one that is lost."""
    return kafka(
        check("kafka.listeners", outcome, points=8, message=message, line=line, because=because),
        check("kafka.node-id", Outcome.NOT_ATTEMPTED, message="Not set."),
    )


MISSING = listeners(Outcome.NOT_ATTEMPTED, "There are none.")
WRONG = listeners(Outcome.FAILED, "The port is not the task's.")
RIGHT = listeners(Outcome.PASSED)
WAITING = listeners(Outcome.SKIPPED, because="skeleton")
NEXT = "Next: kafka.node-id (3 points), exercises/02-kafka/TASK.md#somewhere\n"
NEXT_LISTENERS = NEXT.replace("kafka.node-id (3", "kafka.listeners (8")


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (MISSING, RIGHT, f"  +8 kafka.listeners\n{NEXT}"),
        (WAITING, RIGHT, f"  +8 kafka.listeners\n{NEXT}"),
        (
            RIGHT,
            WRONG,
            f"  -8 kafka.listeners  {FILE}:12:7\n     The port is not the task's.\n{NEXT_LISTENERS}",
        ),
        (
            MISSING,
            WRONG,
            f"   0 kafka.listeners  {FILE}:12:7\n     The port is not the task's.\n{NEXT_LISTENERS}",
        ),
        (
            WAITING,
            WRONG,
            f"   0 kafka.listeners  {FILE}:12:7\n     The port is not the task's.\n{NEXT_LISTENERS}",
        ),
        (
            RIGHT,
            WAITING,
            f"  -8 kafka.listeners: cannot be judged until the changed skeleton is right\n{NEXT}",
        ),
        (
            WRONG,
            WAITING,
            f"   0 kafka.listeners: cannot be judged until the changed skeleton is right\n{NEXT}",
        ),
        (WRONG, WRONG, f"No check has changed.\n{NEXT_LISTENERS}"),
        (
            WRONG,
            listeners(Outcome.FAILED, "The port is not the task's.", line=40),
            f"No check has changed.\n{NEXT_LISTENERS}",
        ),
    ],
)
def test_each_change_has_its_line(before: Report, after: Report, lines: str) -> None:
    """A check that only moved to another line has not changed."""
    assert lines == render_delta(before, after)


def test_full_marks_come_with_what_to_do_now_once() -> None:
    """The commands are not said again as long as nothing is lost."""
    assert "docker compose up -d --build" in render_delta(UNTOUCHED, FULL)
    assert "No check has changed.\n" == render_delta(FULL, FULL)


def test_many_gains_are_counted_by_exercise() -> None:
    """A file that comes back whole fills no screen."""
    names = [f"kafka.c{number}" for number in range(MAX_SINGLE + 1)]
    before = kafka(*(check(name, Outcome.FAILED, message="No.") for name in names))
    after = kafka(*(check(name, Outcome.PASSED) for name in names[1:]), check(names[0], Outcome.FAILED, message="No."))
    most = kafka(*(check(name, Outcome.PASSED) for name in names))

    assert MAX_SINGLE == render_delta(before, after).count("  +3 kafka.c")
    assert render_delta(before, most).startswith(f" +{3 * len(names)} 02-kafka ({len(names)} checks)\n")


def test_many_losses_are_cut_and_say_where_the_rest_is() -> None:
    """The first ones are explained."""
    names = [f"kafka.c{number}" for number in range(MAX_SINGLE + 4)]
    before = kafka(*(check(name, Outcome.PASSED) for name in names))
    text = render_delta(before, kafka(*(check(name, Outcome.FAILED, message="No.") for name in names)))

    assert MAX_SINGLE == text.count("     No.\n")
    assert " -12 and 4 checks more (all of them: grade)\n" in text


def test_a_refusal_is_said_once() -> None:
    """By the check it belongs to, or by itself where no check says it."""
    refusal = Problem(REFUSAL, FILE, 20, 5)
    lost = kafka(check("kafka.x", Outcome.FAILED, message=f"Docker Compose refuses this: {REFUSAL}"))
    owned = lost._replace(accepted=False, errors=[refusal])
    alone = kafka(check("kafka.x", Outcome.PASSED))._replace(accepted=False, errors=[refusal])
    fine = kafka(check("kafka.x", Outcome.PASSED), check("kafka.y", Outcome.FAILED, message="No."))

    assert 1 == " ".join(render_delta(fine, owned).split()).count(REFUSAL)
    assert 1 == " ".join(render_delta(fine, alone).split()).count(f"{FILE}:20:5: {REFUSAL}")
    assert REFUSAL not in render_delta(owned, owned)
    assert "Next: make Docker Compose accept the file (docker-compose.yml:20:5)\n" in render_delta(owned, owned)
    assert "Docker Compose accepts the file now.\n" in render_delta(owned, fine)


def test_only_new_warnings_and_changes_of_the_skeleton_are_said() -> None:
    """Those that were there before stand further up on the screen."""
    more = HALF._replace(
        changes=[*HALF.changes, Change("networks.x", "is new", 3)],
        warnings=[*HALF.warnings, Problem("The name is odd.", FILE, 4, 1)],
    )
    text = render_delta(HALF, more)

    assert "Warning: docker-compose.yml:4:1: The name is odd.\n" in text
    assert "Different from the skeleton: networks.x: is new\n" in text
    assert "services.kafka.image" not in text
    assert "variable is not set" not in text


def test_nothing_of_a_student_reaches_the_terminal_as_a_command() -> None:
    """In no sentence."""
    bad = "\x1b[2J\x07\u202ename"
    after = kafka(check("kafka.x", Outcome.FAILED, message=bad))._replace(
        accepted=False,
        errors=[Problem(f"{bad} ", FILE, 1, 1)],
        changes=[Change(bad, bad, 1)],
        warnings=[Problem(bad, bad, 1, 1)],
    )
    text = render_delta(kafka(check("kafka.x", Outcome.PASSED)), after)

    assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_what_the_containers_would_do_is_said_where_it_is_new() -> None:
    """Full marks say it themselves."""
    before = WRONG._replace(containers={"kafka": ContainerResult("storage format fails", "No.")})
    after = WRONG._replace(containers={"kafka": ContainerResult("works", None)})

    assert "The containers: kafka would work.\n" in render_delta(before, after)
    assert "containers" not in render_delta(after, after)


def test_lines_fit_and_colours_change_no_word() -> None:
    """Also in a narrow window."""
    message = "A rather long explanation of what is wrong with this value, and why it matters. " * 2
    after = listeners(Outcome.FAILED, message)
    plain = render_delta(RIGHT, after, Look(width=40))
    coloured = render_delta(RIGHT, after, Look(colour=True, width=40))

    assert max(len(line) for line in plain.splitlines()) <= 40
    assert "\x1b[31m  -8\x1b[0m" in coloured
    for code in ("0", "31", "36", "1;36"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert plain == coloured
