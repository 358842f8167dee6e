"""A list of paths: whoever grades says what is whose."""

import json
from pathlib import Path

import pytest

from grader.batch.sources import open_source
from grader.batch.submission import LooseFile, Nothing, OnDisk, Packed, Student
from grader.endings import UsageError
from tests.batch.sources.classes import Tree, compose, folder_of, image_of, images, zip_of

FILES: Tree = {
    "ada/docker-compose.yml": compose("ada"),
    "bob.yml": compose("bob"),
    "eve.zip": zip_of({"docker-compose.yml": compose("eve")}),
    "lists/": "",
}
LINES = [
    {"path": "../ada", "student": "1001", "name": "Ada L", "email": "ada@example.org", "login": "ada"},
    {"path": "../bob.yml", "student": "1002", "name": "Bob"},
    {"path": "../eve.zip", "student": "1003", "name": "Eve", "late": "true"},
    {"path": "../gone.yml", "student": "1004", "name": "Dan"},
    {"path": "", "student": "1005", "name": "Fay"},
]


def csv_of(delimiter: str = ",", start: str = "") -> str:
    columns = ["path", "student", "name", "email", "login", "late"]
    rows = [columns, *([line.get(column, "") for column in columns] for line in LINES)]
    return start + "\r\n".join(delimiter.join(row) for row in rows) + "\r\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("class.csv", csv_of()),
        ("semicolons.csv", csv_of(";", "\ufeff")),
        ("tabs.tsv", csv_of("\t")),
        ("class.jsonl", "\n".join(json.dumps(line) for line in LINES)),
    ],
)
def test_every_form_of_a_list(tmp_path: Path, name: str, text: str) -> None:
    """Paths start in the list's folder and may lead out of it."""
    path = folder_of(tmp_path, FILES) / "lists" / name
    path.write_text(text, encoding="utf-8", newline="")
    source = open_source(str(path))
    found = list(source.submissions())

    assert ("list", 5) == (source.kind, source.count)
    assert ["ada", "1002", "1003", "1004", "1005"] == [submission.id for submission in found]
    assert [
        OnDisk(str(tmp_path / "ada")),
        LooseFile(str(tmp_path / "bob.yml")),
        Packed("eve.zip", str(tmp_path / "eve.zip"), None),
        Nothing("../gone.yml is not there. Paths of the list start in its folder."),
        Nothing("The list names no file."),
    ] == [submission.content for submission in found]
    assert Student(id="1001", name="Ada L", email="ada@example.org", login="ada") == found[0].student
    assert [False, False, True, False, False] == [submission.late for submission in found]


def test_attempts_and_equal_ids(tmp_path: Path) -> None:
    """Lines of one student are attempts in their order; one id with two names is told on both."""
    text = "path,student,name\na1.yml,1,Ada\nb.yml,2,Bob\na2.yml,1,Ada\nc.yml,2,Cid\n"
    (tmp_path / "x.csv").write_text(text)
    found = list(open_source(str(tmp_path / "x.csv")).submissions())

    assert [("1 (attempt 1)", 1, 2), ("2", 1, 1), ("1", 2, 2), ("2 (2)", 1, 1)] == [
        (submission.id, submission.attempt, submission.attempts) for submission in found
    ]
    assert [0, 1, 0, 2] == [len(submission.remarks) for submission in found]


def test_paths_alone(tmp_path: Path) -> None:
    """The name of the folder is the id, and nobody is known."""
    (tmp_path / "x.jsonl").write_text('"w/ada/docker-compose.yml"\n{"file": "w/bob"}\n[1]\n{}\n{"path": "a\\u0000b"}\n')
    found = list(
        open_source(str(folder_of(tmp_path, {"w/ada/docker-compose.yml": compose("a")}) / "x.jsonl")).submissions()
    )

    assert ["ada", "bob", "line 3", "line 4", "a�b"] == [submission.id for submission in found]
    assert [None] * 5 == [submission.student for submission in found]
    assert "a" == image_of(found[0])
    assert "Line 3 of the list is no JSON object." == image_of(found[2])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a,b\n1,2\n", "must name the columns"),
        ("", "must name the columns"),
        ("path\n" + "x" * 70_000, "more than 65536 characters"),
        ('path\n"a\nb', "must name the columns"),
    ],
)
def test_what_is_no_list(tmp_path: Path, text: str, word: str) -> None:
    """The sentence names the file and the line."""
    (tmp_path / "x.csv").write_text(text)
    if text.startswith('path\n"'):
        assert 1 == open_source(str(tmp_path / "x.csv")).count
        return

    with pytest.raises(UsageError, match=word):
        open_source(str(tmp_path / "x.csv"))


def test_a_list_is_not_another_kind(tmp_path: Path) -> None:
    """Forcing the wrong kind is told."""
    (tmp_path / "x.csv").write_text("path\na.yml\n")

    with pytest.raises(UsageError, match="is not a Canvas"):
        open_source(str(tmp_path / "x.csv"), "canvas")
    with pytest.raises(UsageError, match="is not a CSV"):
        open_source(str(tmp_path), "list")


def test_a_list_from_windows(tmp_path: Path) -> None:
    """Its paths lead on elsewhere too, and end in the same ids."""
    folder_of(tmp_path, {"week 3/ada/compose.yml": compose("a"), "list.csv": "path\r\nweek 3\\ada\r\n"})

    assert {"ada": "a"} == images(tmp_path / "list.csv")


def test_a_list_by_any_other_name(tmp_path: Path) -> None:
    """It is one if that is said."""
    folder_of(tmp_path, {"ada/compose.yml": compose("a"), "list.txt": "path;name\nada;Ada\n"})

    assert {"ada": "a"} == images(tmp_path / "list.txt", "list")
    with pytest.raises(UsageError, match="no list"):
        open_source(str(tmp_path / "list.txt"))


def test_a_list_that_a_spreadsheet_saved(tmp_path: Path) -> None:
    """What it calls Unicode text is UTF-16 with its mark, and tabs."""
    folder_of(tmp_path, {"ada/compose.yml": compose("a"), "list.tsv": "path\tname\r\nada\tÄda\r\n".encode("utf-16")})
    (found,) = open_source(str(tmp_path / "list.tsv")).submissions()

    assert ("ada", Student(name="Äda"), OnDisk(str(tmp_path / "ada"))) == (found.id, found.student, found.content)


def test_a_list_that_tells_a_spreadsheet_its_separator(tmp_path: Path) -> None:
    """The columns are named in its second line."""
    folder_of(tmp_path, {"ada/compose.yml": compose("a"), "list.csv": "\ufeffsep=;\r\npath;name\r\nada;Ä, da\r\n"})
    (found,) = open_source(str(tmp_path / "list.csv")).submissions()

    assert ("ada", Student(name="Ä, da"), OnDisk(str(tmp_path / "ada"))) == (found.id, found.student, found.content)
