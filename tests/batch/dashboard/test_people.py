"""Whom the dashboard names: who needs help, who is stuck together, who chose alike, and the list of all."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from grader.batch.dashboard import tally as limits
from grader.batch.lookalikes.search import Group
from tests.batch.dashboard.pages import CHECKS, NOT_BEGUN, named, read, write
from tests.batch.records import class_of, not_gradable, record, student


def data_of(page: Path) -> Any:
    """Return the list of all students in a page; None if there is none."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.read_text("utf-8"))
    return json.loads(found[1]) if found else None


def test_who_needs_help_comes_before_the_long_tables(tmp_path: Path) -> None:
    """What is to be done is read first, in the page and in its menu."""
    page = read(write(tmp_path, list(class_of(30))))
    order = ["scores", "help", "stuck", "checks", "wrong", "students"]

    assert order == [name for name in page.sections if name]
    assert order == [link.removeprefix("#") for link in page.links if link.removeprefix("#") in order][: len(order)]


def test_only_the_last_attempt_counts(tmp_path: Path) -> None:
    """An earlier one is counted as handed in, and for nothing else."""
    records = [named("Ada", NOT_BEGUN, attempts=2), named("Ada", attempt=2, attempts=2)]
    page = read(write(tmp_path, records))

    assert "Submissions 2 1 count: the last of each student Graded 1" in page.sections[""]
    assert "One submission is graded: 100 of 100 points." in page.sections["scores"]


def test_a_fault_of_the_grader_is_apart_from_a_broken_file(tmp_path: Path) -> None:
    """Neither is a 0, and each has its reason."""
    records = [
        named("Ada"),
        record("bob", not_gradable("grader", "the grader ran out of memory"), student=student("Bob")),
        record("chen", not_gradable("input", "a.yml is no YAML: see `grade config`."), student=student("Chen")),
    ]
    page = read(write(tmp_path, records))

    assert "Mean 100 of 100" in page.sections[""]
    assert "Not gradable 1 why Grader faults 1 which" in page.sections[""]
    assert re.search("Faults of the grader .* Bob bob the grader ran out of memory Not gradable", page.sections["help"])
    assert "Chen chen a.yml is no YAML: see grade config." in page.sections["help"]


def test_who_is_stuck_on_the_same_thing_stands_together(tmp_path: Path) -> None:
    """By the first wrong check, else the first that is not attempted; and by all that is wrong."""
    two = {"kafka.node-id": "failed", "kafka.listeners": "failed", "mongodb.database": "not attempted"}
    stopped = dict.fromkeys(CHECKS[15:], "not attempted")
    records = [named("Ada", two), named("Bob", two), named("Chen", stopped), named("Dora"), named("Emil", stopped)]
    page = read(write(tmp_path, [*records, named("Kim", {"kafka.listeners": "failed"})]))

    assert "2 The node has an id kafka.node-id wrong Ada, Bob" in page.sections["stuck"]
    assert re.search(rf"2 \S[^.]* {re.escape(CHECKS[15])} not attempted Chen, Emil", page.sections["stuck"])
    assert "2 kafka.node-id, kafka.listeners Ada, Bob" in page.sections["stuck"]
    assert "One more stops where nobody else does." in page.sections["stuck"]


def test_who_needs_help_is_the_lowest_quarter_and_who_has_not_begun(tmp_path: Path) -> None:
    """Somebody with full marks is in neither."""
    records = [named(f"A{place}", {"kafka.node-id": "failed"}) for place in range(3)]
    records += [named("Bob", {"kafka.node-id": "failed", "kafka.listeners": "failed"}), named("Chen", NOT_BEGUN)]
    page = read(write(tmp_path, [*records, named("Dora")]))

    assert "Nothing is written yet where a check looks: Chen Lowest scores" in page.sections["help"]
    assert page.sections["help"].endswith("Student Score Bob bob 93")


def test_look_alikes_are_told_without_blame(tmp_path: Path) -> None:
    """Names, the sentence, what it does not name; and that it proves nothing."""
    shared = ("the cluster id", "two comments", "the order of the services")
    group = Group(("ada", "bob"), "They share 2 choices that nobody else made: the cluster id, two comments.", shared)
    page = read(write(tmp_path, [named("Ada"), named("Bob")], groups=[group]))

    assert page.sections["alike"].endswith(f"Ada, Bob: {group.sentence} Also: the order of the services")
    assert "look-alikes.csv has all groups with all their members." in page.sections["alike"]
    assert "This proves nothing" in page.sections["alike"]
    assert not re.search("%|cheat|copied|suspect", page.sections["alike"])


def test_without_look_alikes_and_changes_there_is_no_place_for_them(tmp_path: Path) -> None:
    """Sections stand where there is something to say."""
    page = read(write(tmp_path, [named("Ada")]))

    assert {"alike", "changes", "wrong", "stuck"}.isdisjoint(page.sections)


def test_what_changed_is_listed(tmp_path: Path) -> None:
    """Sentences of a comparison with an earlier run."""
    page = read(write(tmp_path, [named("Ada")], changes=["Ada: 60, was 57.", "regrade.csv: who, and what"]))

    assert page.sections["changes"].endswith("Ada: 60, was 57. regrade.csv has every one of them.")


def test_the_list_holds_everybody(tmp_path: Path) -> None:
    """Scores, exercises, attempts, late, remarks, the link, and a letter for the outcome of each check."""
    late = named("Ada", {"kafka.node-id": "failed"}, attempt=3, attempts=3, late=True, remarks=["Two files."])
    data = data_of(write(tmp_path, [late, record("x y.yml", not_gradable("input", "Empty."))]))
    letters = "".join("f" if check == "kafka.node-id" else "p" for check in CHECKS)

    assert [
        ["Ada", "ada", "./feedback/ada.html", 1, 97, [8, 37, 14, 12, 16, 6, 4], 3, 1, ["Two files."], "", letters],
        ["x y.yml", "x y.yml", "./feedback/x%20y.yml.html", 3, None, [None] * 7, 1, 0, [], "Empty.", "-" * len(CHECKS)],
    ] == data["rows"]


def test_more_than_can_be_listed_are_aggregated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No list of all, but the highest, the lowest, and where the rest is."""
    monkeypatch.setattr(limits, "MAX_LISTED", 20)
    path = write(tmp_path, class_of(60))
    page = read(path)

    assert data_of(path) is None
    assert "60 students are too many for one page. gradebook.csv has all of them." in page.sections["students"]
    assert "The 25 highest scores" in page.sections["students"]
