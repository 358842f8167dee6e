"""A rubric that cannot be used says which file, which key, and what to do."""

import shutil
from pathlib import Path

import pytest

from grader.rubric import RubricError, load_rubric

EXERCISES = Path(__file__).parent.parent / "exercises"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the exercises, as an instructor makes one."""
    return Path(shutil.copytree(EXERCISES, tmp_path / "exercises"))


def change(folder: Path, old: str, new: str, *, exercise: str = "01-mongodb") -> None:
    """Replace one text of an exercise.yaml; it must be there."""
    path = folder / exercise / "exercise.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def complaint(folder: Path) -> str:
    """Load a rubric that must be refused and return the complaint."""
    with pytest.raises(RubricError) as caught:
        load_rubric(str(folder))
    return str(caught.value)


def test_the_rubric_of_the_kit_has_43_checks_worth_100_points() -> None:
    """Sum and number are what TASK and README promise."""
    rubric = load_rubric(str(EXERCISES))

    assert len(rubric.checks()) == 43
    assert rubric.max_score == 100


def test_every_check_belongs_to_the_exercise_of_its_folder() -> None:
    """The id of an exercise is the name of its folder."""
    rubric = load_rubric(str(EXERCISES))

    assert [exercise.id for exercise in rubric.exercises] == sorted(
        path.parent.name for path in EXERCISES.glob("*/exercise.yaml")
    )


def test_points_can_be_changed_without_python(copy: Path) -> None:
    """An instructor edits a copy."""
    change(copy, "points: 4", "points: 9")

    assert load_rubric(str(copy)).max_score == 105


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("format: 1", "format: 2", ["format is 2", "reads format 1"]),
        ("points: 4", "points: 0", ["mongodb.database", "points is 0", "at least 1"]),
        ("points: 4", "points: four", ["mongodb.database", "points must be a whole number"]),
        ("points: 4", "point: 4", ["unknown key 'point'", "did you mean 'points'"]),
        ("kind: variable", "kind: variabel", ["unknown kind 'variabel'", "did you mean 'variable'"]),
        ("variable: MONGO_INITDB_DATABASE", "name: X", ["kind variable", "no parameter 'name'"]),
        ("service: mongodb, variable", "service: 5, variable", ["with.service must be a text"]),
        ("needs: []", "needs: [mongodb.nothing]", ["needs 'mongodb.nothing'", "no other check"]),
        ("id: mongodb.database", "id: mongodb.data-volume", ["mongodb.data-volume is used twice"]),
        ("id: 01-mongodb", "id: 01-mongo", ["must be the folder's name '01-mongodb'"]),
        ("format: 1", "format: [1", ["cannot be read"]),
    ],
)
def test_a_mistake_is_named_with_its_remedy(copy: Path, old: str, new: str, words: list[str]) -> None:
    """The message carries the file, the key and what to do."""
    change(copy, old, new)

    message = complaint(copy)

    assert "01-mongodb/exercise.yaml" in message
    assert [word for word in words if word not in message] == []


def test_a_folder_without_exercises_is_no_rubric(tmp_path: Path) -> None:
    """The message says what the folder should hold."""
    assert "no NN-name/exercise.yaml" in complaint(tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """An I/O error carries the path."""
    assert "nowhere" in complaint(tmp_path / "nowhere")


def test_a_rubric_needs_its_skeleton(copy: Path) -> None:
    """Without it nothing could be compared."""
    (copy / "skeleton.yml").unlink()

    assert "skeleton.yml: missing" in complaint(copy)
