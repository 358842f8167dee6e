"""`grade batch` as its users run it: from a folder to results, gradebook and pages, and again."""

import json
import random
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest

from grader.batch.records import full_report
from tests.batch.fire import differences, run_under_fire
from tests.batch.graded import SKELETON_FILE, SOLUTION_FILE, TESTS, rubric

WRONG = sorted(TESTS.glob("rejected/*/*.yml"))[::9]


def grade(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run `grade` with these arguments."""
    line = [sys.executable, "-m", "grader", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, text=True, timeout=120, check=False)


def batch(submissions: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run `grade batch`; it must come to its end."""
    done = grade("batch", submissions, "--out", out, *options)
    assert 0 == done.returncode, done.stderr
    return done


def records(out: Path) -> dict[str, Any]:
    """Return the records of a run by submission."""
    lines = (out / "results.jsonl").read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert len(found) == len({record["submission"] for record in found})
    return {record["submission"]: record for record in found}


@pytest.fixture(scope="module")
def class_of(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of folders: skeleton, solution, one without a file, and many with a fault."""
    folder = tmp_path_factory.mktemp("class")
    for name, path in {
        "skeleton": SKELETON_FILE,
        "solution": SOLUTION_FILE,
        **{path.stem: path for path in WRONG},
    }.items():
        (folder / name).mkdir()
        shutil.copy(path, folder / name / "docker-compose.yml")
    (folder / "with-env").mkdir()
    text = SOLUTION_FILE.read_text("utf-8").replace("MYSQL_DATABASE: ", "MYSQL_DATABASE: ${DATABASE}#", 1)
    (folder / "with-env" / "docker-compose.yml").write_text(text)
    (folder / "with-env" / ".env").write_text("DATABASE=analytics\n")
    (folder / "nothing").mkdir()
    (folder / "nothing" / "report.pdf").write_bytes(b"%PDF")
    return folder


@pytest.fixture(scope="module")
def graded(class_of: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of one run over it."""
    out = tmp_path_factory.mktemp("out")
    batch(class_of, out)
    return out


def test_everything_is_there(graded: Path, class_of: Path) -> None:
    """Results, gradebook, summary, dashboard, and a page for each."""
    names = {path.name for path in graded.iterdir()}

    assert {"results.jsonl", "gradebook.csv", "summary.json", "index.html", "feedback"} <= names
    assert len(list(class_of.iterdir())) == len(list((graded / "feedback").iterdir())) == len(records(graded))


def test_scores_are_those_of_the_files(graded: Path) -> None:
    """And what has no file has no score, and says so."""
    found = records(graded)

    assert (0, 100) == (found["skeleton"]["report"]["score"], found["solution"]["report"]["score"])
    assert found["nothing"]["report"]["score"] is None
    assert "not gradable" == found["nothing"]["report"]["status"]


def without_whose(page: str) -> str:
    """Return a page of a batch as it would be of the same file graded alone: without who has handed it in."""
    page = re.sub(r'<span class="whose">.*?</bdi></span>', "", page)
    return re.sub(r": [^:]*</title>", ": docker-compose.yml</title>", page)


def test_alone_and_in_a_batch_the_report_is_the_same_byte_for_byte(graded: Path, class_of: Path) -> None:
    """The JSON from the record, and the page, which says whose it is besides."""
    for name in ("solution", "with-env", "nothing", WRONG[0].stem, WRONG[-1].stem):
        found = records(graded)[name]
        alone = grade(class_of / name, "--format", "json").stdout
        page = next((graded / "feedback").glob(f"{name.lower()}*.html"))

        if name != "nothing":  # alone the remark is about the folder that was typed
            assert alone == json.dumps(full_report(found, rubric()), indent=2) + "\n"
            assert grade(class_of / name, "--format", "html").stdout == without_whose(page.read_text("utf-8"))


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_the_number_of_jobs_changes_nothing(graded: Path, class_of: Path, tmp_path: Path, jobs: str) -> None:
    """Not a byte of any file."""
    batch(class_of, tmp_path / "out", "--jobs", jobs)

    assert [] == differences(graded, tmp_path / "out")


def test_a_second_run_grades_nothing_and_changes_nothing(class_of: Path, tmp_path: Path) -> None:
    """Who runs it again by mistake waits for nothing."""
    batch(class_of, tmp_path / "out")
    shutil.copytree(tmp_path / "out", tmp_path / "before")
    done = batch(class_of, tmp_path / "out")

    assert [] == differences(tmp_path / "before", tmp_path / "out")
    assert "unchanged" in done.stdout


def test_changes_are_seen(class_of: Path, tmp_path: Path) -> None:
    """A changed file, a new `.env`, a new student, and one who has left."""
    submissions, out = tmp_path / "class", tmp_path / "out"
    shutil.copytree(class_of, submissions)
    batch(submissions, out)
    shutil.copy(SOLUTION_FILE, submissions / "skeleton" / "docker-compose.yml")
    (submissions / "solution" / ".env").write_text("COMPOSE_FILE=nowhere.yml\n")
    shutil.copytree(submissions / "with-env", submissions / "another")
    shutil.rmtree(submissions / "nothing")
    batch(submissions, out)
    batch(submissions, tmp_path / "anew")
    found = records(out)

    assert 100 == found["skeleton"]["report"]["score"]
    assert found["solution"]["report"]["score"] != 100
    assert "another" in found
    assert "nothing" not in found
    assert [] == differences(tmp_path / "anew", out)


def test_under_fire_the_results_are_the_same(class_of: Path, graded: Path, tmp_path: Path) -> None:
    """Killed at random moments, also in the middle of a line."""
    run_under_fire(class_of, tmp_path / "out", kills=4, longest=2.0, rng=random.Random(7))

    assert [] == differences(graded, tmp_path / "out")


def test_a_half_written_line_is_repaired(class_of: Path, graded: Path, tmp_path: Path) -> None:
    """As a full disk or a power cut leaves it."""
    out = tmp_path / "out"
    shutil.copytree(graded, out)
    path = out / "results.jsonl"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    batch(class_of, out)

    assert [] == differences(graded, out)


def test_a_loose_file_has_no_other_files(tmp_path: Path) -> None:
    """What lies beside it in a folder of files was handed in by somebody else, or by nobody."""
    submissions = tmp_path / "class"
    submissions.mkdir()
    shutil.copy(SOLUTION_FILE, submissions / "ada.yml")
    shutil.copy(SOLUTION_FILE, submissions / "bob.yml")
    (submissions / ".env").write_text("COMPOSE_PROJECT_NAME=Not Allowed\n")
    (submissions / "docker-compose.override.yml").write_text("services: {kafka: {environment: {KAFKA_NODE_ID: x}}}\n")
    batch(submissions, tmp_path / "out")
    found = records(tmp_path / "out")

    assert (100, 100) == (found["ada"]["report"]["score"], found["bob"]["report"]["score"])


def test_results_within_the_submissions_are_refused(class_of: Path) -> None:
    """They would be graded the next time."""
    done = grade("batch", class_of, "--out", class_of / "out")

    assert 2 == done.returncode
    assert "lies within the submissions" in done.stderr
    assert not (class_of / "out").exists()


@pytest.mark.parametrize(("name", "options"), [("index.html", ()), ("gradebook.csv", ("--gradebook", "csv={}"))])
def test_what_is_no_result_is_not_overwritten(
    class_of: Path, tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    """A file of the instructor's that happens to be called like one of the results, and stays what it is."""
    mine = tmp_path / name
    mine.write_text("id,grade\nsolution,\n")
    done = grade("batch", class_of, "--out", tmp_path, *(option.format(mine) for option in options))

    assert 2 == done.returncode
    assert f"{name} would be overwritten" in done.stderr
    assert [name] == [path.name for path in tmp_path.iterdir()]
    assert "id,grade\nsolution,\n" == mine.read_text()


def test_without_its_results_a_folder_of_results_is_filled_anew(class_of: Path, graded: Path, tmp_path: Path) -> None:
    """Who deletes `results.jsonl` wants everything graded again; the rest is known to be ours."""
    out = Path(shutil.copytree(graded, tmp_path / "out"))
    (out / "results.jsonl").unlink()
    done = grade("batch", class_of, "--out", out)

    assert (0, []) == (done.returncode, differences(graded, out))


def test_an_archive_that_breaks_off_costs_no_results(class_of: Path, graded: Path, tmp_path: Path) -> None:
    """What could not be read waits for the whole archive: it is not taken for gone, and not graded again."""
    whole, part, out = tmp_path / "class.tar", tmp_path / "part.tar", tmp_path / "out"
    with tarfile.open(whole, "w") as archive:
        archive.add(class_of, "class")
    part.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    batch(whole, out)
    earlier = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}

    done = grade("batch", part, "--out", out)

    assert 3 == done.returncode
    assert "ONLY A PART WAS READ" in done.stdout
    assert "no longer there" not in done.stdout
    assert len(records(out)) < len(records(graded))

    done = batch(whole, out)

    assert f"{len(records(graded)) - 1} of them unchanged" in done.stdout
    assert earlier == {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_a_tar_that_breaks_off_between_two_members_is_no_whole_one(class_of: Path, tmp_path: Path) -> None:
    """Every tar ends with zeros."""
    whole, part = tmp_path / "class.tar", tmp_path / "part.tar"
    with tarfile.open(whole, "w") as archive:
        archive.add(class_of, "class")
    with tarfile.open(whole) as archive:
        members = archive.getmembers()
    between = next(member.offset for member in members if member.offset > members[-1].offset // 2)
    part.write_bytes(whole.read_bytes()[:between])

    done = grade("batch", part, "--out", tmp_path / "out")

    assert 3 == done.returncode
    assert "ONLY A PART WAS READ" in done.stdout


def test_a_list_is_not_overwritten_by_what_comes_out(class_of: Path, tmp_path: Path) -> None:
    """Also not where an earlier run has written."""
    (tmp_path / "results.jsonl").write_text(json.dumps({"path": str(class_of / "solution")}) + "\n")
    done = grade("batch", tmp_path / "results.jsonl", "--out", tmp_path)

    assert 2 == done.returncode
    assert "the results would overwrite" in done.stderr


def test_without_pages_there_are_none(class_of: Path, tmp_path: Path) -> None:
    """And nothing leads to them."""
    batch(class_of, tmp_path / "out", "--no-feedback")

    assert not (tmp_path / "out" / "feedback").exists()
    assert "feedback/" not in (tmp_path / "out" / "gradebook.csv").read_text("utf-8")


def test_a_page_never_tells_of_another_file(class_of: Path, tmp_path: Path) -> None:
    """Also where the run that graded the new file wrote no pages."""
    submissions, out = tmp_path / "class", tmp_path / "out"
    shutil.copytree(class_of / "skeleton", submissions / "ada")
    shutil.copytree(class_of / "skeleton", submissions / "bob")
    batch(submissions, out)
    shutil.copy(SOLUTION_FILE, submissions / "ada" / "docker-compose.yml")
    batch(submissions, out, "--no-feedback")
    batch(submissions, out)

    page = (out / "feedback" / "ada.html").read_text("utf-8")
    assert grade(submissions / "ada", "--format", "html").stdout == without_whose(page)


def test_a_cluster_that_is_not_there_costs_no_results(graded: Path, class_of: Path, tmp_path: Path) -> None:
    """Whoever mistypes its address has lost nothing, though the results were to be forgotten."""
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    shutil.copytree(graded, tmp_path / "out")
    done = grade("batch", class_of, "--out", tmp_path / "out", "--fresh", "--scheduler", "nowhere")

    assert 2 == done.returncode
    assert [] == differences(graded, tmp_path / "out")


def test_an_empty_name_of_the_output_is_refused(class_of: Path) -> None:
    """A forgotten variable of a script must not fill the current folder."""
    done = grade("batch", class_of, "--out", "")

    assert 2 == done.returncode
    assert "--out is empty" in done.stderr
