"""Whole answers: every accepted one is worth 100 points, every rejected one loses exactly the check it lies under.

A case is a compose file, or a folder with a compose file and its side files. Adding a case is adding a file.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from grader.report import Report
from grader.rubric import Rubric, load_rubric
from grader.selftest.submissions import grade_case, lost_checks

TESTS = Path(__file__).parent.resolve()
ACCEPTED = TESTS / "accepted"
REJECTED = TESTS / "rejected"
LEAST_ACCEPTED = 50
LEAST_REJECTED_A_CHECK = 3
COMPOSE_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")


@lru_cache(maxsize=1)
def rubric() -> Rubric:
    """The rubric of the kit."""
    return load_rubric(str(TESTS.parent / "exercises"))


def cases_of(folder: Path) -> list[Path]:
    """Return the cases of a folder: every file and every sub-folder is one."""
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def compose_file(case: Path) -> Path:
    """Return the file of a case that a student would open first."""
    if case.is_file():
        return case
    return next(case / name for name in COMPOSE_NAMES if (case / name).is_file())


def rejected_cases() -> Iterator[Path]:
    """Walk through the rejected cases, check by check."""
    for folder in cases_of(REJECTED):
        yield from cases_of(folder)


def name_of(case: Path) -> str:
    """The name of a case in the output of pytest."""
    return case.relative_to(TESTS).as_posix()


def lost(report: Report) -> dict[str, str | None]:
    """Return the lost checks with their messages, which a failing test then shows."""
    return {check.id: check.message for check in report.checks() if check.outcome.lost}


@pytest.mark.parametrize("case", cases_of(ACCEPTED), ids=name_of)
def test_an_accepted_answer_has_full_marks(case: Path) -> None:
    """Nothing is lost and nothing waits."""
    report = grade_case(str(case), rubric())

    assert {} == lost(report)
    assert (None, 100) == (report.reason, report.score)


@pytest.mark.parametrize("case", list(rejected_cases()), ids=name_of)
def test_a_rejected_answer_loses_exactly_the_check_of_its_folder(case: Path) -> None:
    """One fault, one lost check, and a lost check says why and where."""
    report = grade_case(str(case), rubric())

    assert "graded" == report.status
    assert [case.parent.name] == lost_checks(report), lost(report)
    check = next(check for check in report.checks() if check.outcome.lost)
    assert check.message
    assert check.at is not None


def test_every_check_has_rejected_answers() -> None:
    """A check without cases proves nothing; a folder of another name reaches no check."""
    ids = {check.id for check in rubric().checks()}
    counts = {folder.name: len(cases_of(folder)) for folder in cases_of(REJECTED)}

    assert ids == set(counts)
    assert {} == {name: count for name, count in counts.items() if count < LEAST_REJECTED_A_CHECK}
    assert len(cases_of(ACCEPTED)) >= LEAST_ACCEPTED


def test_every_case_begins_with_what_it_shows() -> None:
    """The first line is a comment, one sentence."""
    for case in [*cases_of(ACCEPTED), *rejected_cases()]:
        first = compose_file(case).read_text(encoding="utf-8-sig").splitlines()[0]

        assert first.startswith("# "), name_of(case)
        assert first.endswith("."), name_of(case)


def test_no_case_is_there_twice() -> None:
    """Two cases with the same files and the same content below the first line show one thing."""
    known: dict[tuple[bytes, ...], str] = {}
    for case in [*cases_of(ACCEPTED), *rejected_cases()]:
        content = [compose_file(case).read_bytes().split(b"\n", 1)[1]]
        if case.is_dir():
            for path in sorted(path for path in case.rglob("*") if path.is_file()):
                content += [path.name.encode(), b"" if path == compose_file(case) else path.read_bytes()]
        twin = known.setdefault(tuple(content), name_of(case))

        assert name_of(case) == twin
