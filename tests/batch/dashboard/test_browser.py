"""The dashboard in a headless Chromium, opened from disk: quiet, accessible, in its place, harmless.

Screenshots for people: set DASHBOARD_SCREENSHOTS to a folder.
"""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from grader.batch.lookalikes.search import Group
from tests.batch.dashboard.browsing import CLASS, NARROW, WIDE, opened
from tests.batch.dashboard.pages import write
from tests.batch.records import class_of, not_gradable, record, report_of, student

pytestmark = pytest.mark.browser

SCREENSHOTS = os.environ.get("DASHBOARD_SCREENSHOTS")
PHONE, TABLET = {"width": 375, "height": 740}, {"width": 1024, "height": 768}
SMALL, LARGE = 5, 5_000
MAX_LOAD_SECONDS = 8.0  # on a busy machine; alone it is less than one
HOSTILE = {
    "script": "<script>window.bitten = 1</script>",
    "handler": '"><img src=x onerror="window.bitten = 1">',
    "end": "</script><script>window.bitten = 1</script>",
    "link": "javascript:window.bitten=1",
    "template": "{{ 7 * 7 }}{% raw %}${7 * 7}",
    "direction": "\u202egnp.exe\u2066 \u200f\u061c",
    "controls": "a\x00b\x1b[31mred\x07\x9b1m\u2028\u2029\ud800",
    "long": "x" * 10_000,
    "many words": "word " * 2_000,
    "tabs": "\t\r\n\v\f",
}
BROKEN_LAYOUT = """() => [...document.querySelectorAll('body *')].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && box.right > innerWidth + 1 && !element.closest('.wide, nav ul, .aside');
  }).map(element => element.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize(("scheme", "size"), [("dark", WIDE), ("light", NARROW)], ids=["dark", "light"])
def test_axe_finds_nothing(browser: Any, middling: Path, scheme: str, size: dict[str, int]) -> None:
    """Contrast, names, roles, headings, tables: axe-core has no complaint, with everything opened."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    with opened(browser, middling, scheme=scheme, size=size) as tab:
        tab.click("#open-all")
        found = axe.Axe().run(tab).response["violations"]
        if SCREENSHOTS:
            tab.screenshot(path=f"{SCREENSHOTS}/{scheme}-{size['width']}.png", full_page=True)

    assert [] == [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found]


@pytest.mark.parametrize("number", [0, 1, SMALL, LARGE, LARGE + 1])
def test_a_class_of_any_size_is_shown_at_once(browser: Any, tmp_path: Path, number: int) -> None:
    """Nobody, one, few, many, and more than can be listed; nothing stands out of a narrow page."""
    page = write(tmp_path, class_of(number))
    before = time.monotonic()
    with opened(browser, page, size=NARROW) as tab:
        seconds = time.monotonic() - before
        outside = tab.evaluate(BROKEN_LAYOUT)
        rows = tab.locator("#list tbody tr").count()
        told = tab.inner_text("#shown") if rows else ""

    assert seconds < MAX_LOAD_SECONDS
    assert [] == outside
    assert {0: 0, 1: 1, SMALL: SMALL, LARGE: 200, LARGE + 1: 0}[number] == rows
    assert number != LARGE or told == "5,000 students; the first 200 are shown."


def test_all_columns_are_seen_on_a_wide_page(browser: Any, tmp_path: Path) -> None:
    """Nothing has to be scrolled sideways, with a remark of some length; on a narrow one the short tables fit."""
    hidden = """() => [...document.querySelectorAll('.wide')].filter(part => part.scrollWidth > part.clientWidth)
        .map(part => part.getAttribute('aria-label'))"""
    records = list(class_of(CLASS))
    records[0]["remarks"] = ["No file has a name that Compose looks for; notes.txt was graded."]
    page = write(tmp_path, records)
    wide = []
    for size in (WIDE, TABLET):
        with opened(browser, page, size=size) as tab:
            wide += tab.evaluate(hidden)
    with opened(browser, page, size=PHONE) as tab:
        narrow = tab.evaluate(hidden)

    assert [] == wide
    assert "Exercises, table" not in narrow


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_texts_do_nothing(browser: Any, tmp_path: Path, text: str) -> None:
    """As a name, id, value, message, reason, remark, link and shared thing they are texts, and stay in their place."""
    report = report_of({"kafka.node-id": "failed"}, {"kafka.node-id": text})
    who = student(text, id=text)
    records = [
        record(text, report, student=who, remarks=[text], choices={"kafka.node-id": text}),
        record(text + "2", not_gradable("input", text), student=who, remarks=[text]),
        record(text + "3", not_gradable("grader", text)),
    ]
    page = write(tmp_path, records, groups=[Group((text, text + "2"), text, (text,))], changes=[text])
    with opened(browser, page, size=NARROW) as tab:
        bitten = tab.evaluate("() => window.bitten")
        pictures = tab.locator("img").count()
        links = tab.evaluate("() => [...document.links].map(link => link.protocol)")
        outside = tab.evaluate(BROKEN_LAYOUT)
        rows = tab.locator("#list tbody tr").count()

    assert (None, 0, 3) == (bitten, pictures, rows)
    assert {"file:"} == set(links)
    assert [] == outside
    assert page.stat().st_size < 300_000


def test_the_printed_page_has_everything(browser: Any, tmp_path: Path) -> None:
    """Before it is printed all rows of the list are there."""
    with opened(browser, write(tmp_path, class_of(230))) as tab:
        document = tab.pdf(format="A4")
        rows = tab.locator("#list tbody tr").count()
        if SCREENSHOTS:
            Path(SCREENSHOTS, "page.pdf").write_bytes(document)

    assert document.startswith(b"%PDF")
    assert 230 == rows
