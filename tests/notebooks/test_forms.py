"""The forms of an answer: whatever a student wrote means itself in each of them."""

import re

import pytest

from grader.notebook import q
from grader.notebook.blocks import Block, Listing, Next, Table, Title, Words, pieces
from grader.notebook.html import render_html
from grader.notebook.markdown import render_markdown
from grader.notebook.plain import render_plain
from tests.html_pages import Page
from tests.notebooks.workspaces import SOLUTION

HOSTILE = (
    "<script>alert(1)</script>",
    "</pre></code><img src=x onerror=alert(1)>",
    "[a](javascript:alert(1)) ![b](http://example.com/x.png)",
    "`a` ``b`` ```c",
    "$x$ \\(y\\) $$z$$",
    "| a | b |",
    "**bold** _it_ ~~no~~ # head",
    "&lt;b&gt; &amp;",
    "\x1b[31mred\x1b[0m",
    "a\u202eb",
)
ELEMENTS = frozenset({"div", "p", "strong", "br", "pre", "code", "span", "table", "thead", "tbody", "tr", "th", "td"})
ATTRIBUTES = frozenset({("class", "mathjax_ignore tex2jax_ignore"), ("style", "text-align: left")})


@pytest.mark.parametrize("text", HOSTILE)
def test_html_is_made_of_our_elements_only(text: str) -> None:
    """Nothing a student wrote becomes an element, an attribute or half of one; it is all there to be read."""
    blocks: list[Block] = [Title(text), Words(text), Listing([text]), Table((text, "b"), [(text, text)]), Next(text)]
    page = Page(render_html(blocks))

    assert page.names() <= ELEMENTS
    assert page.attributes() <= ATTRIBUTES
    assert [] == page.faults
    assert re.sub(r"[`\W]", "", text.replace("\x1b", "")) in re.sub(r"\W", "", page.text)


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_what_was_written(text: str) -> None:
    """No element, no link, no picture, no formula: what would begin one is escaped outside of code."""
    words = render_markdown([Words(text)])
    outside = re.sub(r"(?<!\\)`[^`]*`", "", words)

    assert [] == re.findall(r"(?<!\\)[<*_\[\]$|~!#]", outside)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_listing_in_markdown_ends_where_it_ends(text: str) -> None:
    """The fence is longer than every run of backticks in it."""
    first, *_, last, end = render_markdown([Listing([text, "```", "````x"])]).split("\n")

    assert (last + "text", "") == (first, end)
    assert len(last) > 4


def test_a_table_in_markdown_keeps_its_columns() -> None:
    """Also where a cell holds a bar, in code or not."""
    lines = render_markdown([Table(("a", "b"), [("x | y", "`p | q`")])]).strip().split("\n")

    assert {3} == {len(re.findall(r"(?<!\\)\|", line)) for line in lines}


def test_no_sign_of_a_file_reaches_a_terminal() -> None:
    """In plain text controls and marks of direction are replaced."""
    shown = render_plain([Words("a\x1b[31mb\u202e"), Listing(["c\x07"])])

    assert not set(shown) & {"\x1b", "\u202e", "\x07"}


def test_backticks_without_a_partner_mean_themselves() -> None:
    """Code begins and ends with one."""
    assert [("a ", False), ("b", True), (" c", False)] == list(pieces("a `b` c"))
    assert [("a ` b", False)] == list(pieces("a ` b"))


@pytest.mark.parametrize("text", HOSTILE)
def test_real_answers_about_hostile_values_are_harmless(text: str) -> None:
    """Through the real engine: as a value, as a name, in a log."""
    quoted = text.encode("unicode_escape").decode().replace('"', '\\"').replace("$", "$$")
    quoted = re.sub(r"\\x", r"\\x", quoted)
    hostile = SOLUTION.replace("MkU3OEVBNTcwNTJENDM2Qk", f'"{quoted}"').replace(
        "KAFKA_NODE_ID: 1", f'KAFKA_NODE_ID: "{quoted}"'
    )
    view = q.text(hostile)
    answers = [view.check_all(), view.kafka.check(), view.kafka.cluster_id.check(), view.kafka.explain()]
    answers += [view.kafka.node_id.check(), view.predict("kafka.cluster-id", "wrong")]
    pages = [Page(answer._repr_mimebundle_()["text/html"]) for answer in answers]

    assert set() == {name for page in pages for name in page.names()} - ELEMENTS
    assert set() == {pair for page in pages for pair in page.attributes()} - ATTRIBUTES
    assert [] == [answer for answer in answers if "\x1b" in repr(answer)]
