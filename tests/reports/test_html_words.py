"""What the page of a report says, and where."""

from grader.findings import Outcome
from grader.report import Excerpt, Reason, Report
from grader.reports.html import render_html
from grader.reports.verification import PERSISTENCE, VERIFICATION
from tests.html_pages import Page
from tests.reports.samples import BROKEN, FULL, HALF, REFUSED, UNTOUCHED, WRONG, check, exercise, report


def page_of(sample: Report) -> Page:
    """Render a report and read the page."""
    return Page(render_html(sample))


def test_the_head_gives_file_and_score() -> None:
    """In the page's title too, which a browser's tab shows."""
    page = page_of(HALF)

    assert "docker-compose.yml" == page.named("h1")[0].text
    assert "8 / 19 points" == page.named("p", class_="score open")[0].text
    assert "8 / 19: docker-compose.yml" == page.named("title")[0].text


def test_an_exercise_is_a_row_with_a_bar_and_words() -> None:
    """The bar is for eyes only: points and words say the same."""
    page = page_of(HALF)
    rows = [" ".join(row.text.split()) for row in page.named("tr")]
    bars = [bar.attributes.get("style") for bar in page.named("span") if "style" in bar.attributes]

    assert "01-mongodb Title of 01-mongodb 8 / 8 complete" in rows
    assert "02-kafka Title of 02-kafka 0 / 11 2 wrong, 1 not attempted, 1 waits" in rows
    assert ["width:42%", "width:100%", "width:0%"] == bars
    assert {"true"} == {bar.attributes.get("aria-hidden") for bar in page.named("span", class_="bar")}


def test_a_wrong_value_is_marked_in_its_line_with_place_message_log_and_hint() -> None:
    """All that the text report says of a check that failed."""
    article = page_of(HALF).named("article", id="kafka.cluster-id")[0]
    words = " ".join(article.text.split())
    page = page_of(report(exercise("02-kafka", [WRONG])))

    assert ["my-cluster"] == [mark.text for mark in page.named("mark")]
    assert "41      CLUSTER_ID: my-cluster" in article.text
    assert "costs 3 points" in words
    assert "docker-compose.yml:41:19" in words
    assert "The cluster id decodes to 7 bytes: too short." in words
    assert "The container would log: Cluster ID string my-cluster does not appear to be a valid UUID" in words
    assert "grade hint kafka.cluster-id" in words
    assert "exercises/02-kafka/TASK.md#somewhere" in words


def test_a_value_from_elsewhere_shows_both_places() -> None:
    """The line that is shown is the one to change."""
    words = page_of(HALF).named("article", id="kafka.node-id")[0].text

    assert "2NODE_ID=one" in words
    assert "Written at docker-compose.yml:30:22, its text comes from .env:2:9." in words


def test_where_nothing_stands_yet_a_blank_is_marked() -> None:
    """A place behind the end of a line is to be seen too."""
    empty = WRONG._replace(excerpt=Excerpt("docker-compose.yml", 41, "      CLUSTER_ID:", 18, 1))

    assert ["\xa0"] == [mark.text for mark in page_of(report(exercise("02-kafka", [empty]))).named("mark")]


def test_what_is_missing_waits_differs_or_warns_has_a_section_each() -> None:
    """With the words of the text report."""
    page = page_of(HALF)

    assert "kafka.listeners 4 points, line 12" in page.below("Not attempted yet").text
    assert "Kafka has no listeners yet." in page.below("Not attempted yet").text
    assert "kafka.starts (1 point) waits for kafka.cluster-id" in page.below("Not judged yet").text
    assert "line 28: services.kafka.image: is another image" in page.below("Different from the skeleton").text
    assert 'line 33: The "X" variable is not set.' in page.below("Warnings").text
    assert "mongodb would work" in page.below("What Docker would do").text
    assert "kafka would not start (storage format fails)" in page.below("What Docker would do").text


def test_an_exercise_that_was_not_begun_is_one_entry() -> None:
    """It says where to begin, and it is where a link to its first check leads."""
    checks = [check(f"kafka.{name}", Outcome.NOT_ATTEMPTED, message="Nothing.") for name in "abc"]
    page = page_of(report(*HALF.exercises[:1], exercise("02-kafka", checks)))

    assert "Begin with exercises/02-kafka/TASK.md" in page.below("Not attempted yet").text
    assert ["#kafka.a"] == [link.attributes["href"] for link in page.named("a")]


def test_next_is_the_first_lost_check_and_leads_to_it() -> None:
    """On top of the page, because it is what a reader does now."""
    page = page_of(HALF)
    first = next(element for element in page.elements if element.name == "section")

    assert "kafka.cluster-id (3 points): Title of kafka.cluster-id" in " ".join(first.text.split())
    assert "exercises/02-kafka/TASK.md#somewhere" in first.text
    assert ["#kafka.cluster-id"] == [link.attributes["href"] for link in page.named("a")]


def test_what_passed_is_folded() -> None:
    """All of it is there, with its points."""
    page = page_of(HALF)
    folded = page.named("details")[0]

    assert "open" not in folded.attributes
    assert "Passed: 2 checks, 8 points" == page.named("summary")[0].text
    assert ["mongodb.database", "mongodb.data-volume"] == [
        cell.text for cell in page.named("th", scope="row") if "details" in cell.path
    ]


def test_a_refused_file_shows_composes_words_once_and_names_the_refusal_as_next() -> None:
    """Before every check."""
    words = page_of(REFUSED).words()

    assert words.index("additional properties 'enviroment' not allowed") < words.index("Wrong")
    assert 1 == words.count("not allowed")
    assert "Next make Docker Compose accept the file (line 20), then run grade again" in words


def test_the_untouched_skeleton_tells_how_to_start() -> None:
    """And says nothing of containers that nobody has configured."""
    page = page_of(UNTOUCHED)

    assert "Read exercises/01-mongodb/TASK.md" in page.below("Nothing is filled in yet").text
    assert "grade hint mongodb.database" in page.below("Nothing is filled in yet").text
    assert "would not start" not in page.words()


def test_full_marks_give_the_commands_of_the_verification() -> None:
    """Each on a line of its own, to be copied."""
    page = page_of(FULL)
    commands = [line for block in page.named("pre") for line in block.text.splitlines()]

    assert [*VERIFICATION, *PERSISTENCE] == commands
    assert "mongodb and kafka would work" in page.below("Full marks").text


def test_a_file_that_cannot_be_graded_says_where_and_what_to_do() -> None:
    """No score, no table."""
    page = page_of(BROKEN)

    assert "docker-compose.yml:3:9: This is no YAML: a quote is never closed." in page.words()
    assert "not gradable" == page.named("p", class_="score bad")[0].text
    assert [] == page.named("table")


def test_a_fault_of_the_grader_is_no_score_and_says_so() -> None:
    """Whose fault it is must be plain."""
    words = page_of(BROKEN._replace(reason=Reason("grader", "the grader failed on this file", None, None))).words()

    assert "the grader failed on this file This says nothing about your file, and it is no score." in words


def test_a_page_says_whose_it_is_where_that_is_known() -> None:
    """Beside the score, and as the title of the window: a teacher prints a stack of them."""
    page = Page(render_html(HALF, "Ada <b> (4711), late"))

    assert "docker-compose.yml, Ada <b> (4711), late" == page.named("h1")[0].text
    assert "8 / 19: Ada <b> (4711), late" == page.named("title")[0].text
    assert [] == page.faults
    assert "docker-compose.yml" == Page(render_html(HALF)).named("h1")[0].text
