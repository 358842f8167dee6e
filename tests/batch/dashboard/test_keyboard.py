"""The dashboard by keyboard, in a headless Chromium: sorted, filtered, and from a number to those whom it counts."""

from pathlib import Path
from typing import Any

import pytest

from tests.batch.dashboard.browsing import CLASS, opened
from tests.batch.dashboard.pages import NOT_BEGUN, named, write
from tests.batch.records import class_of, not_gradable, record, report_of, student

pytestmark = pytest.mark.browser

NAMES = "() => [...document.querySelectorAll('#list tbody :is(th, th > a) > bdi')].map(name => name.textContent)"
FOCUSED = "() => document.activeElement.textContent"


def test_the_list_is_sorted_by_keyboard(browser: Any, tmp_path: Path) -> None:
    """Enter on a header sorts and says so; again, and the direction turns. Who has no score is last both ways."""
    weak, middle = {"kafka.node-id": "failed", "kafka.listeners": "failed"}, {"kafka.node-id": "failed"}
    outcomes: dict[str, dict[str, str]] = {"Bob": middle, "Ada": {}, "Chen": weak}
    records = [record(name, report_of(found), student=student(name)) for name, found in outcomes.items()]
    records.insert(1, record("Emil", not_gradable("input", "Empty."), student=student("Emil")))
    with opened(browser, write(tmp_path, records)) as tab:
        header = tab.locator("th[data-key=score]")
        header.locator("button").focus()
        tab.keyboard.press("Enter")
        down = tab.evaluate(NAMES), header.get_attribute("aria-sort"), tab.inner_text("#shown")
        tab.keyboard.press("Space")
        up = tab.evaluate(NAMES), header.get_attribute("aria-sort"), tab.inner_text("#shown")

    assert (["Ada", "Bob", "Chen", "Emil"], "descending") == down[:2]
    assert "4 students, sorted by score / 100, descending." == down[2]
    assert (["Chen", "Bob", "Ada", "Emil"], "ascending") == up[:2]
    assert up[2].endswith("ascending.")


def test_the_list_is_filtered_by_keyboard(browser: Any, middling: Path) -> None:
    """Typing leaves those who match, and their number is told; the button brings all back."""
    wanted = [found["student"]["name"] for found in class_of(CLASS) if "Berg" in found["student"]["name"]]
    told = "text => document.getElementById('shown').textContent === text"
    with opened(browser, middling) as tab:
        tab.locator("#filter-text").focus()
        tab.keyboard.type("BERG")
        tab.wait_for_function(told, arg=f"{len(wanted)} of {CLASS} students match.")
        names = tab.evaluate(NAMES)
        tab.locator("button[type=reset]").focus()
        tab.keyboard.press("Enter")
        tab.wait_for_function(told, arg=f"{CLASS} students.")
        everybody = tab.evaluate(NAMES)

    assert wanted
    assert wanted == names
    assert CLASS == len(everybody)


def test_outcomes_are_filtered(browser: Any, middling: Path) -> None:
    """The outcome's own count is the number of those who stay."""
    with opened(browser, middling) as tab:
        label = tab.inner_text("#filter-state option:nth-child(3)")
        tab.select_option("#filter-state", label=label)
        told = tab.inner_text("#shown")
        outcomes = tab.locator("#list tbody td:nth-child(3)").all_inner_texts()

    assert f"begun ({len(outcomes)})" == label
    assert f"{len(outcomes)} of {CLASS} students match." == told
    assert {"begun"} == set(outcomes)


def test_a_count_of_a_check_leads_to_those_who_are_counted(browser: Any, middling: Path) -> None:
    """Enter on the number of those who have it wrong shows just them, and the focus is there."""
    with opened(browser, middling) as tab:
        button = tab.locator("[data-check='kafka.node-id'][data-outcome=failed] button")
        number = button.inner_text().split()[0]
        button.focus()
        tab.keyboard.press("Enter")
        told, focus = tab.inner_text("#shown"), tab.evaluate(FOCUSED)

    assert f"{number} of {CLASS} students match." == told
    assert "All students" == focus


def test_a_count_of_who_is_stuck_leads_to_all_of_them(browser: Any, tmp_path: Path) -> None:
    """However many names the table has room for: in each line the number and the list agree."""
    wrong, open_ = {"kafka.node-id": "failed"}, {"kafka.node-id": "not attempted"}
    both = {"kafka.node-id": "not attempted", "mysql.user": "failed"}
    ways = [({}, 1), (wrong, 3), (open_, 20), (both, 4), (NOT_BEGUN, 2)]
    records = [named(f"S{way} {place}", found) for way, (found, number) in enumerate(ways) for place in range(number)]
    with opened(browser, write(tmp_path, records)) as tab:
        buttons = tab.locator("#stuck ~ .wide td[data-outcome] button")
        seen = []
        for place in range(buttons.count()):
            buttons.nth(place).press("Enter")
            seen.append((tab.inner_text("#shown"), tab.inner_text("#filter-outcome option:checked")))

    assert [
        ("20 of 30 students match.", "where they stop: not attempted"),
        ("4 of 30 students match.", "where they stop: wrong"),
        ("3 of 30 students match.", "where they stop: wrong"),
    ] == seen


def test_checks_are_sorted_and_come_back(browser: Any, middling: Path) -> None:
    """By a figure they stand in one row, by their own header in the order of the exercises again."""
    ids = "() => [...document.querySelectorAll('.checks tbody th')].map(head => head.textContent)"
    wrong = "() => [...document.querySelectorAll('[data-outcome=failed]')].map(cell => parseInt(cell.textContent))"
    with opened(browser, middling) as tab:
        before = tab.evaluate(ids)
        tab.get_by_role("button", name="Wrong", exact=True).press("Enter")
        figures = tab.evaluate(wrong)
        tab.locator(".checks th[data-first] button").press("Enter")
        after = tab.evaluate(ids)

    assert sorted(figures, reverse=True) == figures
    assert len(set(figures)) > 5
    assert before == after


def test_more_rows_come_on_wish(browser: Any, tmp_path: Path) -> None:
    """The next ones get the focus, then all are there and the buttons go."""
    with opened(browser, write(tmp_path, class_of(450))) as tab:
        names = "() => [...document.querySelectorAll('#list tbody tr')].length"
        counts = [tab.evaluate(names)]
        tab.locator("#more").press("Enter")
        counts.append(tab.evaluate(names))
        focused = tab.evaluate("() => document.activeElement.closest('tr').rowIndex")
        tab.locator("#all").press("Enter")
        counts.append(tab.evaluate(names))
        hidden = tab.locator("#paging").is_hidden()
        told = tab.inner_text("#shown")

    assert [200, 400, 450] == counts
    assert 201 == focused
    assert hidden
    assert "450 students." == told
