"""Where `grade` and a running stack disagree, it is the grader's fault and nobody else's."""

from grader.live.compare import CONTAINER_STEPS, SHOWS, compare
from grader.live.steps import STEPS
from tests.checks.judged import rubric
from tests.live_unit.runs import predicted, steps


def about(*arguments: object, **options: object) -> list[str]:
    """What the disagreements are about."""
    return [one.about for one in compare(*arguments, **options)]  # type: ignore[arg-type]


def test_a_right_file_that_runs_is_agreed_upon() -> None:
    """Nothing lost, nothing failed."""
    assert [] == about(predicted(), steps(), old_volumes=False)


def test_a_fault_that_shows_is_agreed_upon() -> None:
    """The check is lost, and the step that it owns fails."""
    report = predicted("MYSQL_HOST: mysql\n", "MYSQL_HOST: localhost\n")

    assert [] == about(report, steps({"mysql": "mysql-service.mysql-host"}), old_volumes=False)


def test_a_fault_that_does_not_show_is_a_finding() -> None:
    """The check is lost, and everything that it would stop has passed."""
    report = predicted("MYSQL_HOST: mysql\n", "MYSQL_HOST: localhost\n")

    assert ["mysql-service.mysql-host"] == about(report, steps(), old_volumes=False)


def test_a_container_that_works_against_the_prediction_is_a_finding() -> None:
    """The verdict counts, whichever check is lost for it."""
    report = predicted("CLUSTER_ID: MkU3OEVBNTcwNTJENDM2Qk", "CLUSTER_ID: any-words")

    assert "containers.kafka" in about(report, steps(), old_volumes=False)


def test_what_was_not_tried_says_nothing() -> None:
    """A step that was skipped is no proof."""
    report = predicted("MYSQL_HOST: mysql\n", "MYSQL_HOST: localhost\n")

    assert [] == about(report, steps({"up": "mysql-service.mysql-host"}), old_volumes=False)


def test_a_failure_that_was_not_foreseen_is_a_finding() -> None:
    """Once a check, however many steps failed for it."""
    happened = steps({"document-stays": "mongodb.data-volume", "row-stays": "mongodb.data-volume"})

    assert ["mongodb.data-volume"] == about(predicted(), happened, old_volumes=False)


def test_a_fault_explains_what_uses_the_service() -> None:
    """The app may be the first to notice that Kafka is wrong; Kafka is not wrong because of the app."""
    kafka = predicted("PLAINTEXT://kafka:9092\n", "PLAINTEXT://localhost:9092\n")
    app = predicted("KAFKA_CLIENT_ID: mongo-backend", "LANG: C")

    assert [] == about(kafka, steps({"docs": "app.kafka-bootstrap"}), old_volumes=False)
    assert ["kafka.listeners"] == about(app, steps({"kafka-inside": "kafka.listeners"}), old_volumes=False)


def test_an_old_volume_excuses_the_grader() -> None:
    """It cannot know what an earlier start has left: MySQL asks for a password at its first start only."""
    no_password = predicted("MYSQL_ROOT_PASSWORD: root_password", "LANG: C")

    assert [] == about(no_password, steps(), old_volumes=True)
    assert [] == about(predicted(), steps({"mysql": "mysql.password"}), old_volumes=True)


def test_a_fault_of_the_computer_is_nobodys() -> None:
    """A disk that is full, an image that cannot be fetched."""
    assert [] == about(predicted(), steps({"images": None}), old_volumes=False)


def test_what_the_task_asks_and_nobody_needs_is_not_compared() -> None:
    """MongoDB makes its database by itself."""
    report = predicted("MONGO_INITDB_DATABASE: social_commerce", "LANG: C")

    assert [] == about(report, steps(), old_volumes=False)


def test_a_file_that_compose_takes_against_the_prediction_is_a_finding() -> None:
    """And one that was only not begun is none."""
    refused = predicted("    image: mongo:latest", "    imagine: mongo:latest")

    assert ["stack.accepted"] == about(refused, steps({"up": None}), old_volumes=False)
    assert [] == about(refused, steps({"compose": "stack.accepted"}), old_volumes=False)


def test_the_table_names_checks_and_steps_that_exist() -> None:
    """A misspelt name would compare nothing."""
    known = {step.ID for step in STEPS}
    named = {step for names in (*SHOWS.values(), *CONTAINER_STEPS.values()) for step in names}

    assert set() == named - known
    assert set() == set(SHOWS) - {check.id for check in rubric().checks()}
