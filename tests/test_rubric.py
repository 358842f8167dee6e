"""A rubric that cannot be used says which file, which key, and what to do."""

import shutil
from pathlib import Path

import pytest

from grader.exercise import RubricError
from grader.rubric import load_rubric
from grader.selftest import SelfTest, run
from grader.selftest.submissions import grade_case, grade_text, lost_checks

TESTS = Path(__file__).parent
EXERCISES = TESTS.parent / "exercises"


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
        ("id: mongodb.database", "id: Mongo DB", ["the check id 'Mongo DB'", "must be like kafka.node-id"]),
        ("title: MongoDB\n", 'title: ""\n', ["title is empty", "write a text"]),
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


def test_a_service_that_the_skeleton_does_not_have_is_named(copy: Path) -> None:
    """No submission gets a score for it, and the message is about the rubric."""
    change(copy, "service: mongodb, variable", "service: mongdb, variable")
    report = grade_text("services: {}", load_rubric(str(copy)))

    assert report.score is None
    assert report.reason is not None
    assert "check mongodb.database: with.service names 'mongdb'" in report.reason.message


ADDED = """
  - id: app.log-level
    title: The app says how much it logs
    points: 2
    kind: variable
    with: {service: app, variable: LOG_LEVEL}
    needs: []
    why: Without it the app logs everything, and nobody finds anything in the log.
    task: TASK.md#volumes
    hints: [Look at the app., One more variable., "`LOG_LEVEL: info`"]
    wrong: 'environment: {LOG_LEVEL: ""}'
    right: "environment: {LOG_LEVEL: info}"
"""


def added(copy: Path) -> SelfTest:
    """Add a check to a copy and prove it."""
    path = copy / "03-app" / "exercise.yaml"
    path.write_text(path.read_text(encoding="utf-8") + ADDED, encoding="utf-8")
    known = frozenset(check.id for check in load_rubric(str(EXERCISES)).checks())
    return run(str(copy), cases=None, known=known)


def test_without_an_exercise_its_server_is_still_there(copy: Path) -> None:
    """Kafka's volume must not be MongoDB's, also where nobody asks for MongoDB."""
    shutil.rmtree(copy / "01-mongodb")
    text = (EXERCISES.parent / "tests/rejected/kafka.data-volume/volume-of-mongodb.yml").read_text(encoding="utf-8")

    assert ["kafka.data-volume"] == lost_checks(grade_text(text, load_rubric(str(copy))))


@pytest.mark.parametrize(
    ("exercise", "case"),
    [
        ("01-mongodb", "stack.accepted/key-environment-deleted-with-a-log-in.yml"),
        ("02-kafka", "stack.accepted/comma-missing-in-a-flow-map.yml"),
        ("02-kafka", "stack.accepted/dash-before-environment"),
        ("04-mysql", "app.mongodb-url/two-lines-of-dotenv-in-one"),
        ("05-mysql-service", "app.shared-mount/name-slip-in-dotenv"),
        ("06-volumes", "stack.accepted/declaration-at-the-top-level.yml"),
        ("06-volumes", "stack.accepted/top-key-cut.yml"),
        ("06-volumes", "stack.accepted/top-key-damaged-in-the-override"),
        ("06-volumes", "stack.accepted/top-volumes-line-too-deep.yml"),
    ],
)
def test_without_an_exercise_a_fault_still_costs_its_owner_alone(copy: Path, exercise: str, case: str) -> None:
    """Also where the fault, or what tells whose it is, lies in the part that nobody asks about."""
    shutil.rmtree(copy / exercise)

    assert [case.partition("/")[0]] == lost_checks(grade_case(str(TESTS / "rejected" / case), load_rubric(str(copy))))


@pytest.mark.parametrize("case", ["another-service", "unknown-host.yml"])
def test_without_clients_an_address_must_still_lead_to_the_broker(copy: Path, case: str) -> None:
    """Nobody is asked to be a client, and the containers are there all the same."""
    shutil.rmtree(copy / "03-app")
    shutil.rmtree(copy / "05-mysql-service")
    path = TESTS / "rejected" / "kafka.advertised-listeners" / case

    assert ["kafka.advertised-listeners"] == lost_checks(grade_case(str(path), load_rubric(str(copy))))


def test_what_a_rubric_does_not_ask_for_is_no_slip(copy: Path) -> None:
    """The image reads `MYSQL_ROOT_PASSWORD`, whether or not somebody asks: nobody meant `MYSQL_PASSWORD` by it."""
    path = copy / "04-mysql" / "exercise.yaml"
    before, _, rest = path.read_text(encoding="utf-8").partition("  - id: mysql.root-password\n")
    path.write_text(f"{before}  - id: mysql.database\n{rest.partition('  - id: mysql.database' + chr(10))[2]}", "utf-8")
    rubric = load_rubric(str(copy))
    text = (EXERCISES.parent / "solutions" / "docker-compose.yml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "analytics_password" not in line]
    report = grade_text("\n".join(lines) + "\n", rubric)
    messages = " ".join(check.message or "" for check in report.checks())

    assert "mysql.root-password" not in {check.id for check in rubric.checks()}
    assert "mysql.password" in lost_checks(report)
    assert "does not read" not in messages


def test_without_declarations_a_volume_too_many_is_one_too_many_all_the_same(copy: Path) -> None:
    """It is undeclared as well, and that is not asked about."""
    path = copy / "06-volumes" / "exercise.yaml"
    before, _, rest = path.read_text(encoding="utf-8").partition("  - id: volumes.declared\n")
    after = rest.partition("  - id: volumes.driver\n")[2]
    path.write_text(f"{before}  - id: volumes.driver\n{after}", encoding="utf-8")
    case = TESTS / "rejected" / "volumes.only-named" / "cache-of-the-app-undeclared.yml"

    assert ["volumes.only-named"] == lost_checks(grade_case(str(case), load_rubric(str(copy))))


def test_without_the_volumes_three_that_nobody_declared_are_one_fault(copy: Path) -> None:
    """Docker Compose refuses the file for each of them; no service is to blame."""
    shutil.rmtree(copy / "06-volumes")
    text = (EXERCISES.parent / "solutions" / "docker-compose.yml").read_text(encoding="utf-8")

    assert ["stack.accepted"] == lost_checks(grade_text(text.partition("\nvolumes:")[0] + "\n", load_rubric(str(copy))))


def test_a_copy_without_an_exercise_is_proved(copy: Path) -> None:
    """By all recorded cases: those of the checks that are left out are passed over."""
    known = frozenset(check.id for check in load_rubric(str(EXERCISES)).checks())
    shutil.rmtree(copy / "06-volumes")
    result = run(str(copy), cases=str(TESTS), known=known)

    assert [] == [failure for part in result.parts for failure in part.failures]
    assert ["the points add up to 94, not to 100"] == result.warnings


def test_an_added_check_that_the_solution_lacks_says_where_the_answer_goes(copy: Path) -> None:
    """Nothing else can be proved then, and nothing fails in the middle."""
    result = added(copy)

    assert not result.passed
    assert [part.name for part in result.parts if part.failures] == ["solution"]
    assert "solutions/docker-compose.yml beside the rubric" in result.parts[1].failures[-1]


def test_an_added_check_with_an_answer_beside_the_rubric_is_proved(copy: Path) -> None:
    """The copy carries a solution of its own."""
    answer = (EXERCISES.parent / "solutions" / "docker-compose.yml").read_text(encoding="utf-8")
    line = "      DATABASE_NAME: social_commerce\n"
    (copy.parent / "solutions").mkdir()
    (copy.parent / "solutions" / "docker-compose.yml").write_text(
        answer.replace(line, f"{line}      LOG_LEVEL: info\n"), encoding="utf-8"
    )

    assert [] == [failure for part in added(copy).parts for failure in part.failures]
