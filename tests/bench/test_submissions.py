"""The class that is generated for measurements and trials."""

import csv
import json
import re
import tarfile
import zipfile
from pathlib import Path

import pytest
import yaml

from bench.submissions import copied_from, generate
from bench.submissions.__main__ import lay_out
from bench.submissions.layouts import LAYOUTS
from bench.submissions.roster import hand_ins
from grader import kit
from grader.compose.files import MemoryFiles
from grader.compose.request import Request
from grader.grading import grade
from grader.report import Report
from grader.rubric import load_rubric

COMPOSE = "docker-compose.yml"
CANVAS = re.compile(r"^(?P<name>.+?)(?P<late>_LATE)?_(?P<user>\d+)_(?P<attachment>\d+)_(?P<file>.+)$")
MOODLE = re.compile(r"^(?P<name>.+)_(?P<id>\d+)_assignsubmission_(?P<plugin>[a-z]+)_?(?P<flat>.*)$")


def graded(files: dict[str, bytes]) -> Report:
    return grade(Request(MemoryFiles(files, "/submission"), "/submission"), load_rubric(kit.rubric_folder()))


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_number_and_a_seed_are_always_the_same_submission() -> None:
    """Order and neighbours do not matter; another seed gives other files."""
    forwards = [generate(number, 3) for number in range(60)]
    backwards = [generate(number, 3) for number in reversed(range(60))]

    assert forwards == backwards[::-1]
    assert forwards != [generate(number, 4) for number in range(60)]


def test_a_class_is_of_all_sorts() -> None:
    """Some have all points, some none, many a part; some cannot be graded, some hand in no compose file."""
    submissions = [generate(number, 1) for number in range(300)]
    reports = [graded(files) for files in submissions if files]
    scores = [report.score for report in reports if report.status == "graded"]

    assert {0, 100} <= set(scores)
    assert 40 <= len(set(scores))
    assert 0.1 <= scores.count(100) / len(scores) <= 0.35
    assert 0 < len(reports) - len(scores) < 20
    assert any(COMPOSE not in files for files in submissions)
    assert {".env", "docker-compose.override.yml"} <= {name for files in submissions for name in files}


def test_a_copy_has_the_words_of_its_original() -> None:
    """The look-alikes are planted: the same passwords and cluster id, written in another manner."""
    original, copy = (generate(number, 1) for number in (43, 57))
    words = [
        set(re.findall(rb"(?:CLUSTER_ID|PASSWORD)[=: ]+['\"]?([^\s'\"$]{5,})", b"\n".join(files.values())))
        for files in (original, copy)
    ]

    assert copied_from(57) == 43
    assert words[0]
    assert words[0] == words[1]
    assert original != copy


@pytest.mark.parametrize("shape", LAYOUTS)
def test_the_same_class_gives_the_same_files(shape: str, tmp_path: Path) -> None:
    """Archives and gradebooks are equal to the last byte."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        lay_out(str(tmp_path / name), shape, 40, 1)

    assert files_below(tmp_path / "one") == files_below(tmp_path / "two")


def test_a_canvas_zip_matches_its_gradebook(tmp_path: Path) -> None:
    """Each entry is named as Canvas does, with a user id that stands in the export."""
    path = lay_out(str(tmp_path), "canvas", 120, 1)
    with zipfile.ZipFile(path) as archive:
        found = [CANVAS.match(name) for name in archive.namelist()]
    (gradebook,) = tmp_path.glob("*.csv")
    header, _, points, *students, _ = rows(gradebook)

    assert None not in found
    assert ["Student", "ID", "Section"] == [header[0], header[1], header[4]]
    assert "    Points Possible" == points[0]
    assert 120 == len(students)
    assert {match["user"] for match in found if match} < {row[1] for row in students}
    assert any(match["late"] for match in found if match)
    assert any(match["file"].startswith("docker-compose-") for match in found if match)


def test_a_moodle_zip_matches_its_worksheet(tmp_path: Path) -> None:
    """The number of each folder is the one of a participant."""
    path = lay_out(str(tmp_path), "moodle", 120, 1)
    with zipfile.ZipFile(path) as archive:
        found = [MOODLE.match(name.partition("/")[0]) for name in archive.namelist()]
    (worksheet,) = tmp_path.glob("*.csv")

    assert None not in found
    assert {f"Participant {match['id']}" for match in found if match} < {row[0] for row in rows(worksheet)[1:]}


def test_a_gradescope_export_names_its_submitters(tmp_path: Path) -> None:
    """Every folder stands in the metadata, and its number in the scores."""
    path = Path(lay_out(str(tmp_path), "gradescope", 60, 1))
    metadata = yaml.safe_load((path / "submission_metadata.yml").read_text(encoding="utf-8"))
    folders = {folder.name for folder in path.iterdir() if folder.is_dir()}
    (scores,) = tmp_path.glob("*.csv")

    assert folders == set(metadata)
    assert all(entry[":submitters"][0][":email"].startswith("student") for entry in metadata.values())
    assert {name.removeprefix("submission_") for name in folders} <= {row[8] for row in rows(scores)}


def test_classroom_50_lists_every_attempt(tmp_path: Path) -> None:
    """A line an attempt, an empty one for those who have handed in nothing."""
    lay_out(str(tmp_path), "classroom50", 60, 1)

    expected = sum(1 if one.files is None else one.attempts for one in hand_ins(60, 1))
    assert expected == len(rows(tmp_path / "scores.csv")) - 1


def test_a_tar_holds_the_folders(tmp_path: Path) -> None:
    """It is what the folders are, below one more folder."""
    folders = Path(lay_out(str(tmp_path), "folders", 20, 1))
    with tarfile.open(lay_out(str(tmp_path), "tar.gz", 20, 1)) as archive:
        names = {name.removeprefix("submissions/") for name in archive.getnames()}

    assert set(files_below(folders)) == names


def test_the_truth_names_the_copies(tmp_path: Path) -> None:
    """Beside the download stands who has copied whom."""
    lay_out(str(tmp_path), "files", 160, 1)

    copies = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))["copies"]
    assert [("student0057", "student0043"), ("student0157", "student0143")] == [
        (pair["copy"], pair["original"]) for pair in copies
    ]
