"""A rubric may leave out any check: what is left proves itself, and each fault still has one owner."""

import re
import shutil
from pathlib import Path

import pytest

from grader.rubric import load_rubric
from grader.selftest.recorded import prove_rejected
from grader.selftest.submissions import grade_case, lost_checks

TESTS = Path(__file__).parent
EXERCISES = TESTS.parent / "exercises"
KNOWN = frozenset(check.id for check in load_rubric(str(EXERCISES)).checks())


def copy_without(check: str, folder: Path) -> str:
    """Copy the exercises and take the entry of one check out of its `exercise.yaml`."""
    copy = Path(shutil.copytree(EXERCISES, folder / "exercises"))
    for path in copy.glob("*/exercise.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(rf"(?m)^  - id: {re.escape(check)}\n(?:    .*\n|\n)*", "", text), encoding="utf-8")
    return str(copy)


@pytest.mark.parametrize("check", ["app.kafka-bootstrap", "kafka.data-volume", "mysql.password"])
def test_a_copy_without_a_check_is_proved_by_the_cases_that_have_nothing_to_do_with_it(
    check: str, tmp_path: Path
) -> None:
    """Who loses for a fault that reaches the check left out is another question."""
    rubric = load_rubric(copy_without(check, tmp_path))
    part = prove_rejected(rubric, str(TESTS), KNOWN)

    assert KNOWN - {check} == {found.id for found in rubric.checks()}
    assert [] == part.failures
    assert part.ran > 400


def test_what_another_container_reads_is_no_slip_though_nobody_asks_for_it(tmp_path: Path) -> None:
    """Two services read one file with `MYQL_PASSWORD` in it: `MYSQL_ROOT_PASSWORD` beside it is right."""
    rubric = load_rubric(copy_without("mysql.root-password", tmp_path))
    case = TESTS / "rejected" / "mysql.password" / "name-slip-in-a-shared-env-file"

    assert ["mysql.password"] == lost_checks(grade_case(str(case), rubric))
