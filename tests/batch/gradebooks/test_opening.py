"""What cannot be filled is told before anything is graded; nothing of the instructor's is ever overwritten."""

import os
from pathlib import Path

import pytest

from grader.batch import output_files
from grader.batch.gradebooks import open_gradebooks
from grader.endings import CommandFailed, UsageError
from tests.batch.gradebooks.records import opened, record
from tests.batch.records import student

CANVAS = "Student,ID,Section,Compose (11),Compose (12),Final Score\n    Points Possible,,,10,20,(read only)\nA,1,S,,,\n"
PLAIN = "id,grade\nada,\n"


def refusal(folder: Path, kind: str, data: str | bytes, *, column: str = "") -> str:
    """Return what is said of a file that cannot be filled."""
    path = folder / "grades.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    with pytest.raises(UsageError) as raised:
        opened(kind, f"{path}{column}", folder / "out")
    assert [] == list((folder / "out").iterdir())
    return str(raised.value)


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("csv", b"", "is empty"),
        ("csv", b"\xef\xbb\xbf\r\n", "is empty"),
        ("csv", b"PK\x03\x04 and so on", "is a spreadsheet"),
        ("csv", "name,grade\nada,\nJörg,\n".encode("cp1252"), "is not UTF-8: line 3 holds other bytes"),
        ("csv", "id,grade\nada,\n".encode("utf-16-le"), "UTF-16 without its mark"),
        ("csv", "\ufeffid,grade\nada,\n".encode("utf-16-le") + b"x", "is not UTF-16-LE"),
        ("csv", 'id,grade\nada,\n"grace,\n', "the quote in line 3 is never closed"),
        ("csv", "id,grade\n", "there is nobody to grade"),
        ("csv", "id,Grade,Score\nada,,\n", "2 columns that could take the grade"),
        ("csv", "team,room\na,1\na,1\n", "no column tells the students apart"),
        ("canvas", PLAIN, "is no gradebook of Canvas: it has no column Student, Section. Export"),
        ("canvas", "LastName,FirstName,ID,Compose (11)\nA,B,1,\n", "it has no column Section. Export"),
        ("canvas", CANVAS, "has 2 assignments: say which one behind a colon, by title or id, as in --gradebook"),
        ("canvas", "Student,ID,Section\nA,1,S\n", "has no column of an assignment"),
        ("canvas", "Student,ID,Section,Compose (11)\n", "has no students"),
        ("canvas", "Student,ID,Section,Compose (11)\n    Points Possible,,,0\nA,1,S,\n", "is worth 0 points"),
        ("moodle", PLAIN, "is no grading worksheet of Moodle"),
        ("moodle", "Identifier,Status,Grade,Scale\nParticipant 1,,,Good\n", "a scale of words"),
        (
            "moodle",
            "Identifier,Status,Grade,Maximum grade\nParticipant 1,,,-\n",
            "line 2: 'Maximum grade' is no number",
        ),
        ("moodle", "ID,Note,Höchste\nTeilnehmer1,,5\nTeilnehmer2,,6\n", "name it behind a colon"),
        ("moodle", "Identifier,Status,Grade,Maximum grade\n", "has no students"),
        ("gradescope", PLAIN, "is no CSV of a Gradescope assignment"),
        ("classroom50", PLAIN, "is no scores.csv of Classroom 50"),
    ],
)
def test_a_file_that_cannot_be_filled_is_refused_at_once(
    tmp_path: Path, kind: str, data: str | bytes, said: str
) -> None:
    """With the file, what is wrong with it and what to do."""
    message = refusal(tmp_path, kind, data)

    assert said in message
    assert str(tmp_path / "grades.csv") in message


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (":Kompose", 'no column \'Kompose\' for the grade. It has: "Compose (11)", "Compose (12)".'),
        (":compose", "has 2 columns 'compose'"),
        (":Final Score", "no column 'Final Score'"),
    ],
)
def test_an_assignment_that_is_not_there_is_told_with_those_that_are(tmp_path: Path, column: str, said: str) -> None:
    """Totals are no assignments."""
    assert said in refusal(tmp_path, "canvas", CANVAS, column=column)


@pytest.mark.parametrize("column", ["12", "(12)", "Compose (12)", " compose (12) "])
def test_an_assignment_is_named_by_id_or_title(tmp_path: Path, column: str) -> None:
    """Whatever its case is."""
    (tmp_path / "grades.csv").write_text(CANVAS, encoding="utf-8")
    gradebook = opened("canvas", f"{tmp_path / 'grades.csv'}:{column}", tmp_path / "out")
    gradebook.add(record("a", 50, student=student(id="1")))
    gradebook.finish()

    assert CANVAS.replace("A,1,S,,,", "A,1,S,,10,") == (tmp_path / "out" / "grades.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("wish", ["canvas", "canvas=", "excel=a.csv", "=a.csv"])
def test_a_wish_that_is_none_is_told_how_to_write_it(wish: str) -> None:
    """With all kinds."""
    with pytest.raises(UsageError, match=r"write KIND=FILE.*canvas, moodle, gradescope, classroom50, csv"):
        open_gradebooks([wish], "out")


@pytest.mark.parametrize(("name", "said"), [("missing.csv", "does not exist"), ("", "is no file")])
def test_a_file_that_is_none_is_refused(tmp_path: Path, name: str, said: str) -> None:
    """A folder or nothing at all; a column behind it does not confuse the message."""
    with pytest.raises(UsageError, match=said) as raised:
        opened("canvas", str(tmp_path / name) + (":Compose" if name else ""), tmp_path / "out")

    assert "Compose" not in str(raised.value)


def fill(wishes: list[str], out: Path) -> None:
    """Give ada 50 points in every gradebook."""
    if not out.exists():
        out.mkdir()
    for gradebook in open_gradebooks(wishes, str(out)):
        gradebook.add(record("ada", 50, student=student(id="ada")))
        gradebook.finish()


def test_equal_names_do_not_meet(tmp_path: Path) -> None:
    """Two gradebooks, and names that differ in case only."""
    wishes = []
    for folder, name in (("a", "grades.csv"), ("b", "Grades.csv"), ("c", "grades.csv")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(PLAIN, encoding="utf-8")
        wishes.append(f"csv={tmp_path / folder / name}")

    fill(wishes, tmp_path / "out")

    assert ["Grades-csv.csv", "grades-csv-2.csv", "grades.csv"] == sorted(
        path.name for path in (tmp_path / "out").iterdir()
    )


@pytest.mark.parametrize("name", output_files.ALL)
def test_no_gradebook_takes_the_name_of_what_the_batch_writes(tmp_path: Path, name: str) -> None:
    """Whatever the instructor's file is called."""
    (tmp_path / name).write_text(PLAIN, encoding="utf-8")

    fill([f"csv={tmp_path / name}"], tmp_path / "out")

    stem, ending = os.path.splitext(name)
    assert [f"{stem}-csv{ending}"] == [path.name for path in (tmp_path / "out").iterdir()]


def test_an_original_is_never_written(tmp_path: Path) -> None:
    """Not where it lies in the folder that the results go to, and not where another gradebook has its name."""
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    for folder in (out, elsewhere):
        folder.mkdir()
        (folder / "grades.csv").write_text(PLAIN, encoding="utf-8")

    fill([f"csv={elsewhere / 'grades.csv'}", f"csv={out / 'grades.csv'}"], out)

    assert PLAIN == (out / "grades.csv").read_text(encoding="utf-8")
    assert "id,grade\nada,50\n" == (out / "grades-csv.csv").read_text(encoding="utf-8")


def test_a_second_run_replaces_what_the_first_wrote(tmp_path: Path) -> None:
    """Also the list of those without a grade, when there are none any more."""
    path, out = tmp_path / "grades.csv", tmp_path / "out"
    path.write_text(PLAIN, encoding="utf-8")
    opened("csv", path, out).finish()
    first = sorted(item.name for item in out.iterdir())
    (out / output_files.RESULTS).touch()  # which a batch writes first of all

    fill([f"csv={path}"], out)

    assert ["grades-not-filled.csv", "grades.csv"] == first
    assert ["grades.csv", output_files.RESULTS] == sorted(item.name for item in out.iterdir())


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """After the grading: the results are safe, only this file is not there."""
    path = tmp_path / "grades.csv"
    path.write_text(PLAIN, encoding="utf-8")
    (tmp_path / "out").write_text("a file", encoding="utf-8")

    with pytest.raises(CommandFailed, match="cannot be written"):
        fill([f"csv={path}"], tmp_path / "out")


def test_a_gradebook_called_like_a_result_is_not_overwritten(tmp_path: Path) -> None:
    """It is refused before anything is graded."""
    (tmp_path / output_files.GRADEBOOK).write_text(PLAIN)

    with pytest.raises(UsageError, match="would be overwritten by the results of the same name"):
        opened("csv", str(tmp_path / output_files.GRADEBOOK), tmp_path)


def test_another_file_of_the_same_name_is_not_overwritten(tmp_path: Path) -> None:
    """A copy that an earlier run has filled in is."""
    (tmp_path / "grades.csv").write_text(PLAIN)
    out = tmp_path / "out"
    out.mkdir()
    (out / "grades.csv").write_text("of another week")

    with pytest.raises(UsageError, match="is there already, and from no earlier run"):
        open_gradebooks([f"csv={tmp_path / 'grades.csv'}"], str(out))

    (out / output_files.RESULTS).touch()
    open_gradebooks([f"csv={tmp_path / 'grades.csv'}"], str(out))[0].finish()

    assert PLAIN == (out / "grades.csv").read_text()
