"""The page in a browser: nobody is shut out, nothing is loaded, nothing sticks out, and it can be printed."""

from pathlib import Path
from typing import Any

import pytest

from grader.reports.html import render_html
from tests.reports.samples import BROKEN, FULL, HALF, REFUSED, UNTOUCHED, WRONG, exercise, report

pytestmark = pytest.mark.browser

LONG = report(exercise("02-kafka", [WRONG._replace(message="x" * 600, log="y" * 240)]))._replace(file="f" * 255)
SAMPLES = {"half": HALF, "untouched": UNTOUCHED, "full": FULL, "refused": REFUSED, "broken": BROKEN, "long": LONG}
WIDE, NARROW = {"width": 1000, "height": 900}, {"width": 320, "height": 640}  # WCAG 1.4.10: 320 pixels suffice
# Words cut in two at a narrow column are no fault of the page; a line wider than the window is.
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOLDED_HEIGHT = "document.querySelector('details').offsetHeight - document.querySelector('summary').offsetHeight"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def opened(browser: Any, folder: Path, name: str, **options: Any) -> tuple[Any, list[str]]:
    """Open the page of a sample from the disk; return it with what the console says and what is asked of a network."""
    path = folder / f"{name}.html"
    path.write_text(render_html(SAMPLES[name]), encoding="utf-8")
    page = browser.new_page(**options)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.append(request.url) if request.url != path.as_uri() else None)
    page.goto(path.as_uri())
    return page, complaints


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", SAMPLES)
def test_axe_finds_nothing(browser: Any, tmp_path: Path, name: str, scheme: str) -> None:
    """Contrast, names, landmarks, headings, in both colour schemes; what is folded is opened for it."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed: pip install axe-playwright-python"
    )
    page, complaints = opened(browser, tmp_path, name, viewport=WIDE, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    found = axe.Axe().run(page, options={"runOnly": TAGS}).response
    page.close()

    assert [] == [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]]
    assert len(found["passes"]) > 10
    assert [] == complaints


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_sticks_out_of_a_narrow_window(browser: Any, tmp_path: Path, name: str) -> None:
    """A reader scrolls in one direction only, however long a word is."""
    page, _ = opened(browser, tmp_path, name, viewport=NARROW)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    wider = page.evaluate(STICKS_OUT)
    page.close()

    assert 0 == wider


def test_on_paper_what_is_folded_is_shown(browser: Any, tmp_path: Path) -> None:
    """Nobody can open it there; the screen keeps it folded."""
    page, _ = opened(browser, tmp_path, "half", viewport=WIDE)
    screen = page.evaluate(FOLDED_HEIGHT)
    page.emulate_media(media="print")
    paper = page.evaluate(FOLDED_HEIGHT)
    page.close()

    assert 0 == screen
    assert paper > 50


def test_the_keyboard_reaches_the_next_step_and_what_is_folded(browser: Any, tmp_path: Path) -> None:
    """Tab, Enter: the link leads to the check; Tab, Enter: the list opens. What has the focus is framed."""
    page, _ = opened(browser, tmp_path, "half", viewport=WIDE)
    page.keyboard.press("Tab")
    framed = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    page.keyboard.press("Enter")
    at = page.evaluate("document.querySelector(':target').id")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    unfolded = page.evaluate("document.querySelector('details').open")
    page.close()

    assert ("solid", "kafka.cluster-id", True) == (framed, at, unfolded)


def test_a_script_in_a_page_would_not_run(browser: Any, tmp_path: Path) -> None:
    """The page forbids it itself: a second lock behind the escaping."""
    path = tmp_path / "page.html"
    path.write_text(render_html(HALF).replace("</main>", "<script>document.title = 'ran'</script></main>"), "utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    title = page.title()
    page.close()

    assert "8 / 19: docker-compose.yml" == title
