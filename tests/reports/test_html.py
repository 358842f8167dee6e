"""The report as a page, read by the standard library's parser: well formed, alone, and harmless."""

import os
from itertools import pairwise
from pathlib import Path

import pytest

from grader.report import Reason, Report
from grader.reports.html import MAX_LISTED, render_html
from tests.html_pages import Page
from tests.reports.samples import BROKEN, FULL, HALF, REFUSED, UNTOUCHED, WRONG, everywhere, exercise, report

SAMPLES = {"half": HALF, "untouched": UNTOUCHED, "full": FULL, "refused": REFUSED, "broken": BROKEN}
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style></pre></code></title><b>bold</b>",
    "{{ 7 * 7 }}{% raw %}{# no #}",
    "<!-- --><![CDATA[ ]]>&lt;b&gt;&#60;i&#62;",
    "javascript:alert(1)",
    "a\x1b[31m\x07\x9b\u202e\u2066\ud800b",
)
NAMES = (
    "a article body br caption code details div footer h1 h2 h3 head header "
    "html li main mark meta ol p pre section span style summary table tbody "
    "td th thead title tr ul"
)
ELEMENTS = frozenset(NAMES.split())
MAX_PAGE_BYTES = 40_000


def page_of(sample: Report) -> Page:
    """Render a report and read the page."""
    return Page(render_html(sample))


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES.keys())
def test_a_page_is_well_formed_and_made_for_everybody(sample: Report) -> None:
    """A language, a title, one first heading, landmarks, headings in order, tables with a caption and scopes."""
    page = page_of(sample)
    levels = [int(element.name[1]) for element in page.elements if element.name in ("h1", "h2", "h3")]

    assert [] == page.faults
    assert "en" == page.named("html")[0].attributes["lang"]
    assert page.named("title")[0].text.strip()
    assert [1, 1, 1] == [len(page.named(name)) for name in ("header", "main", "footer")]
    assert [1] == [level for level in levels if level == 1]
    assert [] == [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
    assert len(page.named("table")) == len(page.named("caption"))
    assert [] == [cell for cell in page.named("th") if cell.attributes.get("scope") not in ("row", "col")]


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES.keys())
def test_a_page_stands_alone(sample: Report) -> None:
    """No script, nothing to be loaded, and a link only to a place on the page that is there."""
    text = render_html(sample)
    page = Page(text)
    ids = [element.attributes["id"] or "" for element in page.elements if "id" in element.attributes]

    assert page.names() <= ELEMENTS
    assert text.count("http") == text.count("http-equiv") + text.count("http://localhost:8000/docs")
    assert "url(" not in text
    assert "default-src 'none'" in (page.named("meta")[1].attributes["content"] or "")
    assert sorted(set(ids)) == sorted(ids)
    assert {(link.attributes["href"] or "")[1:] for link in page.named("a")} <= set(ids)


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES.keys())
def test_a_page_is_the_same_wherever_it_is_made(
    sample: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the current folder nor that of the submission is part of it."""
    here = render_html(sample)
    monkeypatch.chdir(tmp_path)

    assert here == render_html(sample._replace(folder=os.fspath(tmp_path / "elsewhere")))


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_student_wrote_is_text(text: str) -> None:
    """In each place of a report: nothing of it becomes an element, an attribute or half of one."""
    refused = BROKEN._replace(file=text, reason=Reason("grader", text, 1, 1))
    plain = [page_of(HALF), page_of(REFUSED), page_of(BROKEN)]
    known = {frozenset(element.attributes) for page in plain for element in page.elements}
    visible = " ".join("".join(letter if letter.isprintable() else "\ufffd" for letter in text).split())

    for page in (page_of(everywhere(text)), page_of(refused)):
        assert [] == page.faults
        assert page.names() <= ELEMENTS
        assert {frozenset(element.attributes) for element in page.elements} <= known
        assert visible in page.words()
        assert visible in " ".join(page.named("title")[0].text.split())


def test_the_answer_is_not_on_the_page() -> None:
    """It stays behind the last hint; what the student wrote is shown as the masked line only."""
    secret = WRONG._replace(expected="the-answer", actual="the-password")
    text = render_html(report(exercise("02-kafka", [secret])))

    assert not [word for word in ("the-answer", "the-password") if word in text]


def test_a_page_stays_small_whatever_there_is_to_list() -> None:
    """A thousand warnings are counted, not shown."""
    many = HALF._replace(warnings=[*HALF.warnings] * 1000, changes=[*HALF.changes] * 1000)
    text = render_html(many)

    assert len(text.encode()) < MAX_PAGE_BYTES
    assert f"and {1000 - MAX_LISTED} more (all of them: --format json)" in text


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("Type `docker <b> down`, not `x & y`.", "Type <code>docker &lt;b&gt; down</code>, not `x &amp; y`."),
        ("'<i>`' is no number (`docker compose down -v`).", "` is no number (<code>docker compose down -v</code>)."),
    ],
)
def test_commands_in_a_message_are_code(message: str, shown: str) -> None:
    """They look like what is to be typed; backticks of a student are signs like others."""
    page = render_html(report(exercise("02-kafka", [WRONG._replace(message=message)])))

    assert shown.replace("'", "&#39;").replace("` is", "`&#39; is") in page
