"""The text report: what a person reads on a terminal of 80 columns or through a pipe."""

import pytest

from grader.findings import Outcome
from grader.report import Excerpt, Problem, Report
from grader.reports.lines import display_width
from grader.reports.look import Look
from grader.reports.text import render_text
from grader.reports.verification import PERSISTENCE, VERIFICATION
from tests.reports.samples import BROKEN, FULL, HALF, REFUSED, UNTOUCHED, WRONG, check, exercise, report

SCREEN_LINES = 24
BARS = Look(colour=False, symbols=True)


def test_the_head_gives_file_and_score() -> None:
    """File on the left, points on the right edge of 80 columns."""
    first = render_text(HALF).splitlines()[0]

    assert first.startswith("docker-compose.yml ")
    assert first.endswith(" 8 / 19")
    assert 80 == len(first)


def test_a_long_path_gets_lines_of_its_own() -> None:
    """The score stays on the right edge."""
    first, second = render_text(HALF._replace(file="f" * 75)).splitlines()[:2]

    assert "f" * 75 == first
    assert 80 == len(second)
    assert second.endswith(" 8 / 19")


def test_an_exercise_is_one_line_with_words_for_what_is_missing() -> None:
    """Words, not signs: a screen reader gets the same."""
    lines = render_text(HALF).splitlines()

    assert "  01-mongodb    8 / 8    complete" == lines[1]
    assert "  02-kafka      0 / 11   2 wrong, 1 not attempted, 1 waits" == lines[2]


def test_compose_and_containers_get_a_sentence() -> None:
    """What Docker would do comes before what the rubric says."""
    text = " ".join(render_text(HALF).split())

    assert "accepts the file. The containers: mongodb would work; kafka would not start (storage format fails)." in text


def test_a_wrong_value_is_shown_with_its_place_its_line_and_what_the_container_logs() -> None:
    """The block of a check that failed."""
    block = render_text(HALF).split("\n\n")[2].splitlines()

    assert "kafka.cluster-id                    docker-compose.yml:41:19                  -3" == block[0]
    assert "   41 |       CLUSTER_ID: my-cluster" == block[1]
    assert "      |                   ^^^^^^^^^^" == block[2]
    assert "   The cluster id decodes to 7 bytes: too short." == block[3]
    assert "   The container would log: Cluster ID string my-cluster does not appear to be a" == block[4]
    assert "   More: grade hint kafka.cluster-id" == block[-1]


def test_a_value_from_elsewhere_shows_both_places() -> None:
    """The line that is shown is the one to change; the other place is named."""
    block = render_text(HALF).split("\n\n")[3]

    assert block.startswith("kafka.node-id                       .env:2:9 ")
    assert "    2 | NODE_ID=one\n      |         ^^^" in block
    assert "Written at docker-compose.yml:30:22, its text comes from .env:2:9." in block


def test_what_is_not_there_yet_takes_one_line() -> None:
    """No block: there is no line to show."""
    text = " ".join(render_text(HALF).split())

    assert "Not attempted yet: kafka.listeners (4 points), line 12: Kafka has no listeners yet." in text


def test_an_exercise_that_was_not_begun_is_one_line() -> None:
    """Twelve lines that all say `nothing there` help nobody."""
    checks = [check(f"kafka.{name}", Outcome.NOT_ATTEMPTED, message="Nothing.") for name in "abcdefgh"]
    text = render_text(report(*HALF.exercises[:1], exercise("02-kafka", checks)))

    assert "Not attempted yet:\n  02-kafka (24 points): begin with exercises/02-kafka/TASK.md\n" in text


def test_waiting_checks_are_grouped_by_what_they_wait_for() -> None:
    """One line a cause."""
    text = render_text(HALF)

    assert "Not judged yet:\n  kafka.starts (1 point) waits for kafka.cluster-id\n" in text


def test_an_exercise_that_waits_as_a_whole_is_named_as_one() -> None:
    """As when the file is broken at its first line."""
    checks = [check(f"kafka.{name}", Outcome.SKIPPED, because="stack.accepted") for name in "abc"]
    text = render_text(report(exercise("02-kafka", checks)))

    assert "  02-kafka    0 / 9    3 wait\n" in text
    assert "  02-kafka (9 points) waits for stack.accepted\n" in text


def test_a_check_of_a_service_that_was_not_begun_stands_with_its_exercise() -> None:
    """`kafka.starts` of the last exercise says nothing new."""
    begin = [check("kafka.a", Outcome.NOT_ATTEMPTED, message="Nothing.")]
    last = [check("kafka.starts", Outcome.NOT_ATTEMPTED, points=1), check("mongodb.starts", Outcome.PASSED, points=1)]
    parts = (*HALF.exercises[:1], exercise("02-kafka", begin), exercise("07-verification", last))
    text = " ".join(render_text(report(*parts)).split())

    assert "02-kafka (3 points): begin with exercises/02-kafka/TASK.md, then kafka.starts (1 point) Next:" in text


def test_changes_of_the_skeleton_and_warnings_are_listed() -> None:
    """Both with their lines."""
    text = " ".join(render_text(HALF).split())

    assert "line 28: services.kafka.image: is another image Warnings:" in text
    assert 'line 33: The "X" variable is not set. Defaulting to a blank string. Next:' in text


def test_the_last_line_says_what_to_do_next() -> None:
    """The first lost check, its points, and where the TASK speaks of it."""
    last = render_text(HALF).splitlines()[-1]

    assert "Next: kafka.cluster-id (3 points), exercises/02-kafka/TASK.md#somewhere" == last


def test_the_untouched_skeleton_fits_one_screen_and_tells_how_to_start() -> None:
    """The first thing a newcomer sees. No verdict about containers that nobody has configured."""
    text = render_text(UNTOUCHED)

    assert len(text.splitlines()) <= SCREEN_LINES
    assert "1. Read exercises/01-mongodb/TASK.md" in text
    assert "grade hint mongodb.database" in text
    assert "would not start" not in text


def test_a_refused_file_shows_the_refusal_first_and_names_it_as_next() -> None:
    """In Compose's own words, before every check."""
    text = " ".join(render_text(REFUSED).split())

    assert text.index("additional properties 'enviroment' not allowed") < text.index("kafka.cluster-id")
    assert 1 == text.count("not allowed")
    assert text.endswith("Next: make Docker Compose accept the file (line 20), then run grade again")


def test_a_refusal_that_a_check_explains_names_the_check_as_next() -> None:
    """Its own words are clearer than Compose's."""
    owner = check("kafka.listeners", Outcome.FAILED, message="This is used and not declared.", line=20)
    last = render_text(REFUSED._replace(exercises=[exercise("02-kafka", [WRONG, owner])])).splitlines()[-1]

    assert last.startswith("Next: kafka.listeners (3 points)")


def test_what_is_only_missing_below_a_refused_key_is_not_next() -> None:
    """Its place is the refused key, but it is the refusal that has to go first."""
    missing = check("kafka.listeners", Outcome.NOT_ATTEMPTED, message="This is not set yet.", line=20)
    last = render_text(REFUSED._replace(exercises=[exercise("02-kafka", [WRONG, missing])])).splitlines()[-1]

    assert "Next: make Docker Compose accept the file (line 20), then run grade again" == last


def test_containers_of_exercises_that_are_not_shown_are_not_named() -> None:
    """`--exercise mongodb` says nothing about Kafka."""
    text = render_text(report(*HALF.exercises[:1])._replace(max_score=9))

    assert "Docker Compose accepts the file. The containers: mongodb would work." in text


def test_where_everything_waits_for_the_skeleton_it_is_named_as_next() -> None:
    """Nothing is lost, and still there is something to do."""
    waiting = check("kafka.starts", Outcome.SKIPPED, because="skeleton")
    text = render_text(report(exercise("02-kafka", [waiting])))

    assert "02-kafka (3 points) waits for the skeleton to be put back" in text
    assert "Next: put back what differs from the skeleton" in text


def test_full_marks_give_the_commands_of_the_verification() -> None:
    """Every command stands on a line of its own, uncut."""
    lines = [line.strip() for line in render_text(FULL).splitlines()]

    assert "Full marks. The containers: mongodb and kafka would work." in lines
    assert set(VERIFICATION) | set(PERSISTENCE) <= set(lines)


def test_a_file_that_cannot_be_graded_says_where_and_what_to_do() -> None:
    """No score, no list of checks."""
    text = render_text(BROKEN)

    assert text.startswith("docker-compose.yml ")
    assert text.splitlines()[0].endswith(" not gradable")
    assert "docker-compose.yml:3:9: This is no YAML: a quote is never closed." in " ".join(text.split())


@pytest.mark.parametrize("sample", [HALF, UNTOUCHED, REFUSED, BROKEN])
@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_no_line_is_wider_than_the_terminal(sample: Report, width: int) -> None:
    """A long word is broken rather than left to the terminal."""
    hostile = sample._replace(
        warnings=[Problem("x" * 300 + " \N{CJK UNIFIED IDEOGRAPH-6C34}" * 90, "d" * 200, 3, 1)],
        exercises=[
            *sample.exercises,
            exercise("02-kafka", [WRONG._replace(excerpt=Excerpt("docker-compose.yml", 41, "y" * 500, 250, 300))]),
        ],
    )
    lines = render_text(hostile, Look(width=width, symbols=True)).splitlines()

    assert [] == [line for line in lines if display_width(line) > width]


def test_plain_output_is_ascii_without_escapes() -> None:
    """What a pipe gets: no colours, no bars."""
    assert render_text(HALF).isascii()
    assert "\x1b" not in render_text(HALF)


def test_colours_and_bars_add_nothing_but_themselves() -> None:
    """Taken away again, the words are the same."""
    import re

    coloured = render_text(HALF, Look(colour=True, symbols=True))
    without = re.sub(r"\x1b\[[0-9;]*m", "", coloured)

    assert "\x1b[" in coloured
    assert render_text(HALF, BARS) == without
    assert re.sub("[█░]{10}  ", "", without) == render_text(HALF)


def test_escapes_in_a_students_text_do_not_reach_the_terminal() -> None:
    """Neither in messages nor in the line that is shown."""
    bad = WRONG._replace(
        message="value \x1b[31mred\x07", excerpt=Excerpt("docker-compose.yml", 41, "A: \x1b]0;title\x07\x9b2J", 4, 5)
    )
    text = render_text(report(exercise("02-kafka", [bad])))

    assert not set(text) & {"\x1b", "\x07", "\x9b"}
    assert "\ufffd[31mred\ufffd" in text
