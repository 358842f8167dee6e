"""The report as Markdown, read by a CommonMark parser that comes with rich."""

import re
from itertools import pairwise

import pytest

from grader.report import Reason, Report
from grader.reports import markdown
from grader.reports.markdown import MAX_BYTES, MAX_LISTED, render_markdown
from grader.reports.markup import code, fenced, prose
from grader.reports.verification import PERSISTENCE, VERIFICATION
from tests.reports.marked import FOUND_BY_GITHUB, tokens
from tests.reports.samples import BROKEN, FULL, HALF, REFUSED, UNTOUCHED, WRONG, everywhere, exercise, report

SAMPLES = {"half": HALF, "untouched": UNTOUCHED, "full": FULL, "refused": REFUSED, "broken": BROKEN}
HOSTILE = (
    "<script>alert(1)</script> <!-- hidden --> <b>bold</b>",
    "</details></summary></code> &lt;b&gt; &copy;",
    "[a](javascript:alert(1)) ![b](http://example.com/x.png) <http://example.com>",
    "[a]: http://example.com [a] [a][] [^1] [x]",
    "@somebody @some/team (@somebody) mail@example.com",
    "#1 GH-1 some/repository#1 0123456789abcdef deadbeef",
    "http://example.com www.example.com ftp://x.example",
    "`a` ``b`` ```c ` `",
    "| a | b | \\| c \\ ||",
    "**bold** _it_ ~~no~~ $x$ $`x`$ :tada: \\* \\",
    "# head",
    "> quote",
    "- item",
    "1. item",
    "1) item",
    "--- === ***",
    "a\n\n# head\n\n    code\n```\n::error::x",
    "a\x1b[31m\x07\x9b\u202e\u2066\ud800b",
)
OUR_TAGS = frozenset({"<details>", "</details>", "<summary>", "</summary>", "<code>", "</code>"})
KIB = 1024


def visible(text: str) -> str:
    """Return all that is to be read, without blanks."""
    kinds = ("text", "code_inline", "fence")
    return "".join("".join(token.content for token in tokens(text) if token.type in kinds).split())


def tags(text: str) -> set[str]:
    """Return the HTML of a page as its reader gets it."""
    found = [token.content for token in tokens(text) if token.type in ("html_inline", "html_block")]
    return {tag for part in found for tag in re.findall(r"<[^>]*>?", part)}


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_student_wrote_is_read_as_it_stands(text: str) -> None:
    """In each place: no HTML, no link, no picture, no heading, no name that is notified, and not a sign is lost."""
    harmless = [token.type for token in tokens(render_markdown(everywhere("word")))]
    page = render_markdown(everywhere(text))
    kinds = {token.type for token in tokens(page)}
    shown = "".join(letter if letter.isprintable() else "" if letter == "\n" else "\ufffd" for letter in text)

    assert tags(page) <= OUR_TAGS
    assert not kinds & {"link_open", "image", "em_open", "strong_open", "blockquote_open", "hr", "s_open"}
    assert [] == [
        token.content for token in tokens(page) if token.type == "text" and FOUND_BY_GITHUB.search(token.content)
    ]
    for kind in ("heading_open", "fence", "table_open", "bullet_list_open", "ordered_list_open", "code_block"):
        assert harmless.count(kind) == [token.type for token in tokens(page)].count(kind)
    assert harmless.count("td_open") == [token.type for token in tokens(page)].count("td_open")
    assert "".join(shown.split()) in visible(page)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_reason_is_read_as_it_stands(text: str) -> None:
    """A file that cannot be graded quotes the file too."""
    page = render_markdown(BROKEN._replace(file=text, reason=Reason("grader", text, 1, 1)))

    assert set() == tags(page) - OUR_TAGS
    assert ["h2", "h3"] == [token.tag for token in tokens(page) if token.type == "heading_open"]
    assert not {token.type for token in tokens(page)} & {"link_open", "image", "code_block", "list_item_open"}


@pytest.mark.parametrize("text", HOSTILE)
def test_no_line_begins_with_a_command_of_a_workflow(text: str) -> None:
    """Printed in a GitHub workflow, such a line would be obeyed."""
    page = render_markdown(everywhere(text))

    assert [] == [line for line in page.splitlines() if line.startswith("::")]


def test_a_sentence_stays_a_sentence() -> None:
    """Only what could be more than a word is set as code."""
    assert "The cluster id decodes to 7 bytes: too short (it's odd)." == prose(
        "The cluster id decodes to 7 bytes: too short (it's odd)."
    )
    assert "Nobody listens at `kafka:9093`, see `MONGODB_URL`." == prose(
        "Nobody listens at kafka:9093, see `MONGODB_URL`."
    )


def test_code_keeps_ticks_and_bars() -> None:
    """A longer fence around ticks; a tag where a bar would end the cell."""
    assert "`` a`b ``".replace(" ", "") == code("a`b")
    assert "`` `a` ``" == code("`a`")
    assert "<code>a&#124;b</code>" == code("a|b")


def test_a_block_has_a_longer_fence_than_what_it_holds() -> None:
    """Four ticks in it: five around it."""
    assert "`````text\n````\n`````" == fenced(["````"])


def test_the_page_says_what_the_text_report_says() -> None:
    """Score, exercises, containers, what is wrong, missing, waits, differs and warns, and what is next."""
    page = render_markdown(HALF)

    assert page.startswith("## `docker-compose.yml`: 8 / 19\n\n### Next\n\n`kafka.cluster-id` (3 points): ")
    assert "| `02-kafka` Title of `02-kafka` | 0 / 11 | 2 wrong, 1 not attempted, 1 waits |" in page
    assert "The containers: mongodb would work; kafka would not start (storage format fails)." in page
    assert "#### `kafka.cluster-id` costs 3 points" in page
    assert "   41 |       CLUSTER_ID: my-cluster\n      |                   ^^^^^^^^^^\n" in page
    assert "In `docker-compose.yml:41:19`:" in page
    assert "The cluster id decodes to 7 bytes: too short." in page
    assert "Cluster ID string my-cluster does not appear to be a valid UUID" in page
    assert "More: `grade hint kafka.cluster-id`. The task: `exercises/02-kafka/TASK.md#somewhere`" in page
    assert "Written at `docker-compose.yml:30:22`, its text comes from `.env:2:9`." in page
    assert "- `kafka.listeners` (4 points), line 12: Kafka has no listeners yet." in page
    assert "- `kafka.starts` (1 point) waits for `kafka.cluster-id`" in page
    assert "- line 28: `services.kafka.image`: is another image" in page
    assert '- line 33: The "X" variable is not set.' in page
    assert "<details><summary>2 checks, 8 points</summary>" in page


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES.keys())
def test_headings_follow_each_other_and_tables_are_tables(sample: Report) -> None:
    """Below the page's own second level, for it stands in a larger page; a row of a table has all its cells."""
    found = list(tokens(render_markdown(sample)))
    levels = [int(token.tag[1]) for token in found if token.type == "heading_open"]
    kinds = [token.type for token in found]

    assert 2 == levels[0]
    assert 1 == levels.count(2)
    assert [] == [level for before, level in pairwise(levels) if level > before + 1]
    assert 3 * (kinds.count("tr_open") - kinds.count("thead_open")) == kinds.count("td_open")


def test_a_refused_file_shows_composes_words_once() -> None:
    """And names the refusal as next."""
    page = render_markdown(REFUSED)

    assert 1 == page.count("not allowed")
    assert "### Next\n\nmake Docker Compose accept the file (line 20), then run grade again" in page


def test_the_untouched_skeleton_tells_how_to_start() -> None:
    """In three steps."""
    page = render_markdown(UNTOUCHED)

    assert "1. Read `exercises/01-mongodb/TASK.md`; `exercises/README.md` is the map.\n2. Write" in page
    assert "would not start" not in page


def test_full_marks_give_the_commands_of_the_verification() -> None:
    """Each on a line of its own, to be copied."""
    blocks = [token.content for token in tokens(render_markdown(FULL)) if token.type == "fence"]

    assert [*VERIFICATION, *PERSISTENCE] == [line for block in blocks for line in block.splitlines()]


def test_the_answer_is_not_on_the_page() -> None:
    """It stays behind the last hint."""
    page = render_markdown(report(exercise("02-kafka", [WRONG._replace(expected="the-answer", actual="the-fact")])))

    assert not [word for word in ("the-answer", "the-fact") if word in page]


def test_long_lists_are_counted_not_shown() -> None:
    """A thousand warnings."""
    page = render_markdown(HALF._replace(warnings=[*HALF.warnings] * 1000))

    assert f"- and {1000 - MAX_LISTED} more (all of them: `--format` json)" in page


def test_a_page_that_is_too_large_is_cut_between_two_checks_and_says_so() -> None:
    """GitHub throws a summary of more than 1 MiB away altogether."""
    many = [WRONG._replace(message="a|" * 300, log="b" * 240)] * 2000
    page = render_markdown(HALF._replace(exercises=[exercise("02-kafka", many), HALF.exercises[0]]))

    assert MAX_BYTES - 10 * KIB < len(page.encode()) < 900 * KIB
    assert page.endswith(
        "TASK.md#somewhere`\n\nThe page would be too large. Cut here: *Wrong*, "
        "*Different from the skeleton (only environment and volumes are asked for)*, *Warnings*, *Passed*. "
        "All of it: `grade --format json`.\n"
    )


def test_a_heading_is_not_left_alone_at_the_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would promise what does not follow."""
    whole = render_markdown(HALF)
    for size in range(whole.index("### Exercises"), whole.index("### Exercises") + 40):
        monkeypatch.setattr(markdown, "MAX_BYTES", size)

        assert "### Exercises" not in render_markdown(HALF)


def test_a_command_in_a_sentence_is_one_piece_of_code() -> None:
    """Blanks and all; a backtick of a student's beside it changes nothing."""
    assert "As before (`docker compose down -v`)." == prose("As before (`docker compose down -v`).")
    assert "'``a`b``' is one (`grade hint x`)." == prose("'a`b' is one (`grade hint x`).")
