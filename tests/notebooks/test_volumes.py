"""`volumes.lab` on paper: what becomes of data, and what is said about a script that means nothing."""

import pytest

from grader.notebook import q, volumes
from grader.notebook.result import RESULT_TYPE
from grader.notebook.volumes.state import Store
from tests.notebooks.conftest import Learner
from tests.notebooks.workspaces import SKELETON, SOLUTION

# what the container sees at the end of a script: with a named volume, and with nothing mounted
FATES = (
    ("up; write; restart", "1", "1"),
    ("up; write; stop; start", "1", "1"),
    ("up; write; crash", "1", "1"),
    ("up; write; edit; up", "1", "1"),
    ("up; write; up --force-recreate", "1", "1"),
    ("up; write; up -V", "1", "none"),
    ("up; write; edit; up -V", "1", "none"),
    ("up; write; down; up", "1", "none"),
    ("up; write; down -v; up", "none", "none"),
    ("up; write; down; up; write", "1, 2", "2"),
    ("up; write /data/other; restart", "1", "1"),
    ("up; write /data/other; edit; up", "none", "none"),
)


def last(lab: volumes.Lab) -> dict[str, object]:
    """What the model says after the last command."""
    steps = lab.show().data["steps"]
    found: dict[str, object] = steps[-1]["model"]
    return found


def notes(lab: volumes.Lab) -> str:
    """The notes that the container sees at the end."""
    seen = last(lab)["notes"]
    assert isinstance(seen, tuple)
    return ", ".join(map(str, seen)) or "none"


@pytest.mark.parametrize(("script", "named", "nothing"), FATES)
def test_what_survives(script: str, named: str, nothing: str) -> None:
    """The table of the facts: a named volume on the right path, and nothing mounted there."""
    seen = [notes(volumes.lab(script, file=text, docker=False)) for text in (SOLUTION, SKELETON)]

    assert [named, nothing] == seen


def test_a_folder_of_the_computer_survives_everything() -> None:
    """`down -v` deletes volumes only."""
    changed = q.text(SOLUTION).what_if("mongodb", volumes=["./db:/data/db"])

    assert "1" == notes(volumes.lab("up; write; down -v; up", file=changed, docker=False))


def test_a_volume_on_the_folder_above_does_not_help() -> None:
    """The image's own volume lies on top of it."""
    text = SOLUTION.replace("mongodb_data:/data/db", "mongodb_data:/data")
    seen = last(volumes.lab("up; write; down; up", file=text, docker=False))

    assert ("anonymous volume 3", ()) == (seen["place"], seen["notes"])


def test_a_handed_on_volume_outlives_down_v() -> None:
    """Engine 28: `down -v` deletes the volumes without a name that the container was made with, no others."""
    plain, handed_on = (
        last(volumes.lab(script, file=SKELETON, docker=False)) for script in ("up; down -v", "up; edit; up; down -v")
    )

    assert () == plain["unused"]
    assert (Store("anonymous volume 1", ()), Store("anonymous volume 2", ())) == handed_on["unused"]


def test_the_learners_own_file_is_read_anew(learner: Learner) -> None:
    """Also the laboratory looks at the workspace's file."""
    lab = volumes.lab("up; write; down; up", docker=False)
    before = notes(lab)
    learner.write(SOLUTION)

    assert ("none", "1") == (before, notes(lab))


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("up; wite", "Did you mean write?"),
        ("", "There is no command."),
        ("up --build", "no option `--build`"),
        ("up kafka", "about the service mongodb alone"),
        ("up; " * 30, "A script has 24 at most."),
        ("write 'x", "quotes"),
    ],
)
def test_a_script_that_means_nothing(script: str, said: str) -> None:
    """The sentence says which command, and what there is."""
    answer = volumes.lab(script, file=SOLUTION, docker=False).show()

    assert answer.data["steps"] is None
    assert said in repr(answer)


def test_a_script_that_begins_with_its_own_entries_says_so() -> None:
    """What the file mounts is of no account then."""
    scripts = ("edit box:/data/db; up", "edit; up", "up; edit box:/data/db")
    answers = [repr(volumes.lab(script, file=SKELETON, docker=False)) for script in scripts]

    assert [False, True, True] == ["Nothing is mounted there" in answer for answer in answers]


def test_a_file_that_cannot_be_played() -> None:
    """Broken, refused, or without the service."""
    files = ("services: [}", SOLUTION.replace("\n  mongodb_data:", "\n  other:"), "services: {app: {image: a}}")
    answers = [repr(volumes.lab("up", file=text, docker=False)) for text in files]

    assert "Cannot read the file" in answers[0]
    assert "refers to undefined volume mongodb_data" in answers[1]
    assert "There is no service `mongodb`" in answers[2]


def test_a_guess_about_the_notes() -> None:
    """Three dots show nothing; a guess is laid beside what is so."""
    lab = volumes.lab("up; write; write; down; up", file=SOLUTION, docker=False)

    assert [] == lab.predict(...).data["rows"]
    assert [True] == [row["agrees"] for row in lab.predict(notes="1 and 2").data["rows"]]
    assert [False] == [row["agrees"] for row in lab.predict(notes="none").data["rows"]]


def test_the_same_script_gives_the_same_answer() -> None:
    """In every form."""
    lab = volumes.lab(file=SOLUTION, docker=False)
    first, second = lab._repr_mimebundle_(), lab._repr_mimebundle_()

    assert first == second
    assert {"text/plain", "text/markdown", "text/html", RESULT_TYPE} == set(first)
