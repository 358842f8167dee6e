"""Files as an LMS writes them, filled in: every folder of tests/data/gradebooks/KIND is a case.

`case.json` names the file, the column (null: the only one) and the results; `expected/` holds what must come out, byte
for byte, and `said.txt` what the instructor is told. `python -m tests.batch.gradebooks.test_cases` writes both anew:
look at the difference before you keep it.
"""

import csv
import io
import json
import shutil
import sys
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.batch.gradebooks.records import checks, opened, record

DATA = Path(__file__).parents[2] / "data" / "gradebooks"
CASES = sorted(path.parent for path in DATA.glob("*/*/case.json"))
CASE_CHECKS = checks("The node has a number", "The cluster has an id <22 characters>")


def run(case: Path, out: Path) -> list[str]:
    """Fill the file of a case into `out`; return what was said, without the folder."""
    told = json.loads((case / "case.json").read_text(encoding="utf-8"))
    column = f":{told['column']}" if told["column"] else ""
    gradebook = opened(case.parent.name, f"{case / told['file']}{column}", out, checks=CASE_CHECKS)
    for result in told["results"]:
        gradebook.add(record(**result))
    return [sentence.replace(str(out), "OUT").replace("\\", "/") for sentence in gradebook.finish()]


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_gradebook_is_filled_as_recorded(case: Path, tmp_path: Path) -> None:
    """The same bytes but for the cells of the grades, a list of those without one, and sentences that say so."""
    said = run(case, tmp_path)

    assert (case / "said.txt").read_text(encoding="utf-8").splitlines() == said
    assert contents(case / "expected") == contents(tmp_path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_without_a_grade_the_file_comes_out_as_it_went_in(case: Path, tmp_path: Path) -> None:
    """Whatever its line ends, quotes, separator and encoding are."""
    told = json.loads((case / "case.json").read_text(encoding="utf-8"))
    column = f":{told['column']}" if told["column"] else ""
    original = case / told["file"]

    opened(case.parent.name, f"{original}{column}", tmp_path).finish()

    assert original.read_bytes() == (tmp_path / told["file"]).read_bytes()


def read(path: Path) -> list[list[str]]:
    """Return what the standard library reads in a file of a case."""
    data = path.read_bytes()
    text = data.decode("utf-16" if data.startswith(b"\xff\xfe") else "utf-8-sig")
    separator = max(",;\t", key=text.partition("\n")[0].count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_what_is_recorded_differs_in_one_column(case: Path) -> None:
    """Or in two, the other one being comments; and no cell that held something is empty afterwards."""
    name = json.loads((case / "case.json").read_text(encoding="utf-8"))["file"]
    before, after = read(case / name), read(case / "expected" / name)
    pairs = [
        (column, old, new)
        for one, two in zip(before, after, strict=True)
        for column, (old, new) in enumerate(zip_longest(one, two))
        if old != new
    ]
    comments = {column for column, _, new in pairs if new.startswith("Score: ")}

    assert len({column for column, _, _ in pairs} - comments) <= 1
    assert len(comments) <= 1
    assert all(new for _, _, new in pairs)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_what_was_filled_can_be_filled_again(case: Path, tmp_path: Path) -> None:
    """The filled file is still one of its LMS, and the same results change nothing in it."""
    told = json.loads((case / "case.json").read_text(encoding="utf-8"))
    again = tmp_path / "case" / case.parent.name / case.name
    again.mkdir(parents=True)
    shutil.copy(case / "expected" / told["file"], again)
    shutil.copy(case / "case.json", again)

    run(again, tmp_path / "out")

    assert (case / "expected" / told["file"]).read_bytes() == (tmp_path / "out" / told["file"]).read_bytes()


def main() -> int:
    """Write what comes out of every case into its folder."""
    for case in CASES:
        shutil.rmtree(case / "expected", ignore_errors=True)
        with TemporaryDirectory() as out:
            said = run(case, Path(out))
            shutil.copytree(out, case / "expected")
        (case / "said.txt").write_text("\n".join(said) + "\n", encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
