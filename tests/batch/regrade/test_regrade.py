"""What changed since an earlier run, and for whom."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from grader.batch.regrade.regrade import HEAD, Regrade
from grader.batch.submission import Student
from grader.endings import UsageError
from tests.batch.graded import NO_YAML, SOLUTION, changed, record_of

RIGHT = SOLUTION
WRONG_NODE = changed(("KAFKA_NODE_ID: 1\n", "KAFKA_NODE_ID: one\n"))
WRONG_PORT = changed(("MYSQL_PORT: 3306", "MYSQL_PORT: 3307"))


def result(submission: str, text: str, *, attempt: int = 1, attempts: int = 1, digest: str = "a") -> dict[str, Any]:
    """Grade a text as the submission of somebody."""
    student = Student(id=submission, name=f"={submission}")
    return record_of(text, submission, student=student, attempt=attempt, attempts=attempts, digest=digest)


def written(folder: Path, results: Iterable[dict[str, Any] | str]) -> Path:
    """Write the results of an earlier run; a text is a line as it stands."""
    folder.mkdir()
    lines = [line if isinstance(line, str) else json.dumps(line) for line in results]
    (folder / "results.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


def compared(old: Path, out: Path, results: Sequence[dict[str, Any]]) -> tuple[list[str], list[dict[str, str]]]:
    """Return the sentences and the lines of `regrade.csv`."""
    out.mkdir(exist_ok=True)
    regrade = Regrade(str(old), str(out))
    for one in results:
        regrade.add(one)
    sentences = regrade.finish()
    with open(out / "regrade.csv", encoding="utf-8", newline="") as file:
        return sentences, list(csv.DictReader(file))


def test_the_same_results_have_not_changed(tmp_path: Path) -> None:
    """One sentence, and a file with a head only."""
    results = [result("ada", RIGHT), result("bob", WRONG_NODE), result("cy", NO_YAML)]

    sentences, lines = compared(written(tmp_path / "old", results), tmp_path / "out", results)

    assert [f"Compared with {tmp_path / 'old' / 'results.jsonl'}: nothing changed in 3 results."] == sentences
    assert [] == lines
    assert ",".join(HEAD) == (tmp_path / "out" / "regrade.csv").read_text("utf-8").strip()


def test_everybody_whose_result_changed_is_listed(tmp_path: Path) -> None:
    """Higher, lower, the same by other checks, gradable or not, new, gone."""
    old = [
        *(result("higher", WRONG_NODE), result("lower", RIGHT), result("same", RIGHT)),
        *(result("ungradable", RIGHT), result("gradable", NO_YAML), result("gone", RIGHT)),
    ]
    new = [
        *(result("higher", RIGHT), result("lower", WRONG_NODE, digest="b"), result("same", RIGHT)),
        *(result("ungradable", NO_YAML), result("gradable", RIGHT), result("new", RIGHT)),
    ]

    sentences, lines = compared(written(tmp_path / "old", old), tmp_path / "out", new)

    whats = {line["submission"]: line["what"] for line in lines}
    assert whats == {
        "higher": "higher",
        "lower": "lower",
        "ungradable": "not gradable any more",
        "gradable": "gradable now",
        "new": "new",
        "gone": "gone",
    }
    assert sentences[0].endswith(
        "of 6 submissions: 1 has a higher score, 1 has a lower score, 1 cannot be graded any more, "
        "1 can be graded now, 1 is new, 1 is no longer there."
    )
    by_name = {line["submission"]: line for line in lines}
    assert by_name["higher"]["won"] == by_name["lower"]["lost"] == "kafka.node-id kafka.starts"
    assert by_name["lower"]["before"] == by_name["higher"]["now"] == "100"
    assert int(by_name["lower"]["difference"]) == -int(by_name["higher"]["difference"]) < 0
    assert by_name["lower"]["files"] == "changed"
    assert by_name["higher"]["files"] == "the same"


def test_what_many_have_in_common_is_one_sentence(tmp_path: Path) -> None:
    """The check, how it changed, for how many, and some of them."""
    names = [f"s{number:02}" for number in range(12)]
    old = [result(name, RIGHT) for name in names]
    new = [result(name, WRONG_PORT) for name in names]

    sentences, lines = compared(written(tmp_path / "old", old), tmp_path / "out", new)

    assert (
        "mysql-service.mysql-port: passed before, failed now, for 12 submissions with the same files: "
        "s00, s01, s02 and 9 more"
    ) in sentences
    assert 12 == len(lines)


def test_other_points_for_a_check_are_told(tmp_path: Path) -> None:
    """The rubric may have changed: the outcome is the same, and worth another number of points."""
    before, now = result("ada", RIGHT), result("ada", RIGHT)
    check = now["report"]["exercises"][1]["checks"][0]
    was = f"{check['score']} of {check['max_score']} points before"
    check["score"] = check["max_score"] = 9
    now["report"]["score"] += 5
    removed = before["report"]["exercises"][0]["checks"].pop()

    sentences, _ = compared(written(tmp_path / "old", [before]), tmp_path / "out", [now])

    told = "\n".join(sentences)
    assert f"{check['id']}: {was}, 9 of 9 points now" in told
    assert f"{removed['id']}: not asked before, passed now" in told


def test_a_rubric_that_gives_more_at_most_is_told(tmp_path: Path) -> None:
    """The same score is worth less then."""
    before, now = result("ada", WRONG_NODE), result("ada", WRONG_NODE)
    check = next(found for found in now["report"]["exercises"][1]["checks"] if found["id"] == "kafka.node-id")
    check["max_score"] += 5

    sentences, lines = compared(written(tmp_path / "old", [before]), tmp_path / "out", [now])

    assert "1 has the same score by other checks or points." in sentences[0]
    assert "The rubric gave 100 points at most and gives 105 now." == sentences[1]
    assert ["other checks"] == [line["what"] for line in lines]


def test_only_the_submission_that_counts_is_told_of(tmp_path: Path) -> None:
    """An earlier attempt is neither changed nor gone."""
    old = [result("ada-1", RIGHT, attempts=2), result("ada-2", RIGHT, attempt=2, attempts=2)]
    new = [result("ada-1", WRONG_NODE, attempts=2), result("ada-2", RIGHT, attempt=2, attempts=2)]

    _, lines = compared(written(tmp_path / "old", old), tmp_path / "out", new)

    assert [] == lines


@pytest.mark.parametrize(
    "damaged",
    ["", '{"submission": "ada"', "[1, 2]", '{"submission": 7, "report": {}}', "\0\0\0", '{"report": null}', "[" * 5000],
)
def test_damaged_lines_are_passed_over(damaged: str, tmp_path: Path) -> None:
    """What can be read is compared, what cannot is counted."""
    old = written(tmp_path / "old", [result("ada", RIGHT), damaged, result("bob", RIGHT)])

    sentences, lines = compared(old, tmp_path / "out", [result("ada", RIGHT), result("bob", WRONG_NODE)])

    assert [("bob", "lower")] == [(line["submission"], line["what"]) for line in lines]
    assert bool(damaged) == any("could not be read" in sentence for sentence in sentences)


def test_the_last_line_may_be_cut(tmp_path: Path) -> None:
    """A run that was killed leaves half a line."""
    old = written(tmp_path / "old", [result("ada", RIGHT), result("bob", RIGHT)])
    text = (old / "results.jsonl").read_bytes()
    (old / "results.jsonl").write_bytes(text[:-40])

    _, lines = compared(old, tmp_path / "out", [result("ada", RIGHT), result("bob", RIGHT)])

    assert [("bob", "new")] == [(line["submission"], line["what"]) for line in lines]


def test_a_run_may_be_compared_with_its_own_folder(tmp_path: Path) -> None:
    """The earlier results are read before the new ones take their place."""
    folder = written(tmp_path / "out", [result("ada", RIGHT)])
    regrade = Regrade(str(folder / "results.jsonl"), str(folder))
    (folder / "results.jsonl").unlink()

    regrade.add(result("ada", WRONG_NODE))

    assert "1 has a lower score" in regrade.finish()[0]


@pytest.mark.parametrize("old", ["nowhere", "empty", "other.txt"])
def test_what_is_no_earlier_run_is_said_before_anything_is_graded(old: str, tmp_path: Path) -> None:
    """A folder without results, a file of something else, nothing at all."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "other.txt").write_text("Dear all,\n", encoding="utf-8")

    with pytest.raises(UsageError, match="--regrade"):
        Regrade(str(tmp_path / old), str(tmp_path))


def test_no_name_becomes_a_formula_or_an_escape(tmp_path: Path) -> None:
    """Names are for spreadsheets and terminals."""
    name = "=cmd|x\x1b[31m"
    old = written(tmp_path / "old", [result(name, RIGHT)])

    sentences, lines = compared(old, tmp_path / "out", [result(name, WRONG_NODE)])

    assert lines[0]["submission"].startswith("'=")
    assert lines[0]["name"].startswith("'=")
    assert not any("\x1b" in sentence for sentence in sentences)
