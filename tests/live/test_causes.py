"""The decisive line of a log is found, and the student reads the same cause as in the report about the file."""

import functools
from collections import defaultdict
from pathlib import Path

import pytest

from grader.compose.files import MemoryFiles
from grader.compose.loader import load
from grader.compose.model import Project
from grader.compose.request import Request
from grader.live.causes import SIGNS, find_causes
from grader.live.causes.lines import MAX_LOG_CHARACTERS
from grader.live.taming import secrets_of
from grader.report import CheckResult, Report
from grader.selftest.submissions import grade_case, grade_text, lost_checks
from shared import sentences
from tests.checks.judged import rubric, solution
from tests.live.variants import Variant, variants

ROOT = Path(__file__).parents[2]
LOGS = ROOT / "tests" / "data" / "live_logs"
VARIANTS = {variant.id: variant for variant in variants()}
HEALTHY = LOGS / "solution"
RECORDED = sorted(path for path in LOGS.glob("*/*.log") if path.parent != HEALTHY)
CASES = sorted((ROOT / "tests" / "rejected").glob("*/*"))
# what a client meets, in its own log and not in that of the container
MET_BY_CLIENTS = (
    "UNKNOWN_TOPIC_OR_PARTITION",
    "Connection to node ",
    "ERROR 1044 (42000): Access denied",
    "ERROR 2003 (HY000): Can't connect",
)


@functools.cache
def report_of(variant: Variant) -> Report:
    """The report about a variant's file."""
    return grade_text(variant.text(), rubric())


def solution_project() -> Project:
    """The solution as Compose reads it."""
    return load(Request(MemoryFiles({"docker-compose.yml": solution()}, "/kit"), "/kit")).project


def lost_check(report: Report) -> CheckResult:
    """The one check that is lost."""
    return next(check for check in report.checks() if check.outcome.lost)


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=str)
def test_every_variant_has_one_fault(variant: Variant) -> None:
    """Only the check that its folder names is lost."""
    assert [variant.check] == lost_checks(report_of(variant))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_a_container_is_predicted_to_say_leads_to_the_lost_check(path: Path) -> None:
    """The models of the containers and the signs know the same texts, also where no report helps."""
    report = grade_case(str(path), rubric())
    for service, container in report.containers.items():
        if container.message is None or container.message.startswith(MET_BY_CLIENTS):
            continue
        causes = find_causes(service, container.message, report=report)

        assert [path.parent.name] == [cause.check for cause in causes][:1]
        assert find_causes(service, container.message)


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_recorded_log_says_what_the_report_says(path: Path) -> None:
    """`live_logs/<check-id>/<name>.<service>.log` was written by that variant on a real engine."""
    name, _, service = path.stem.partition(".")
    report = report_of(VARIANTS[f"{path.parent.name}/{name}"])
    causes = find_causes(service, path.read_text(encoding="utf-8"), report=report)

    assert causes
    assert (path.parent.name, lost_check(report).message) == (causes[0].check, causes[0].message)


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_recorded_log_is_understood_without_a_report(path: Path) -> None:
    """Where `grade` sees no fault, the log still says what is wrong, in a sentence."""
    causes = find_causes(path.stem.partition(".")[2], path.read_text(encoding="utf-8"))

    assert causes
    assert causes[0].message.endswith((".", ")."))


def test_a_healthy_start_has_no_cause() -> None:
    """What is waited for and then reached is no fault; nor are the remarks of a healthy server."""
    for service in SIGNS:
        log = (HEALTHY / f"{service}.log").read_text(encoding="utf-8")

        assert [] == find_causes(service, log)


def test_what_is_lost_again_counts() -> None:
    """A service that was reached and is waited for again after a restart is not there."""
    reached = "INFO    reached MongoDB at mongodb://mongodb:27017 (MONGODB_URL)"
    waiting = "INFO    waiting for MongoDB at mongodb://mongodb:27017 (MONGODB_URL): nobody answers there"

    assert [] == find_causes("app", f"{waiting}\n{reached}")
    assert ["app.mongodb-url"] == [cause.check for cause in find_causes("app", f"{reached}\n{waiting}")]


def test_the_programs_name_their_variables_as_the_rubric_does() -> None:
    """A variable that a program misses belongs to the check that judges it."""
    for place, check in rubric().owners.items():
        _, service, key, variable = place
        if key == "environment" and service in ("app", "mysql-service"):
            causes = find_causes(service, f"ERROR   {variable} is not set. It says something.")

            assert [check.id] == [cause.check for cause in causes]


# what each sentence of the platform must lead to; the others say only that something goes on
SENTENCES = {
    "NOT_SET": "app.mongodb-url",
    "NO_PORT": "mysql-service.mysql-port",
    "NO_MONGODB_ADDRESS": "app.mongodb-url",
    "NO_DATABASE_NAME": "app.database-name",
    "CODE_NOT_MOUNTED": "app.source-mount",
    "UNKNOWN_HOST": "app.kafka-bootstrap",
    "NOBODY": "app.kafka-bootstrap",
    "NOBODY_AT_HOME": "app.kafka-bootstrap",
    "NO_SERVER": "app.kafka-bootstrap",
    "SOMETHING_ELSE": "app.kafka-bootstrap",
    "MONGODB_LOGIN": "app.mongodb-url",
    "MONGODB_UNUSABLE": "app.mongodb-url",
    "MONGODB_AWAY": "app.mongodb-url",
    "ADVERTISED": "kafka.advertised-listeners",
    "MISSING_TOPICS": "kafka.auto-create-topics",
    "NOT_IN_GROUP": "kafka.offsets-replication",
    "NOT_DELIVERED": "app.kafka-bootstrap",
    "NOT_COMMITTED": "app.kafka-bootstrap",
    "KAFKA_AWAY": "app.kafka-bootstrap",
    "MYSQL_LOGIN": "mysql-service.mysql-user",
    "MYSQL_NO_DATABASE": "mysql-service.mysql-database",
    "MYSQL_NO_TABLES": "mysql-service.mysql-database",
}
PARTS = frozenset({"WAITING", "REACHED", "GAVE_UP", "MONGODB", "KAFKA", "MYSQL"})
REASONS = frozenset({"UNKNOWN_HOST", "NOBODY", "NOBODY_AT_HOME", "NO_SERVER", "SOMETHING_ELSE", "ADVERTISED"})


def test_every_sentence_of_the_platform_is_known() -> None:
    """A new sentence of `shared/sentences.py` needs a sign, or a reason here why it has none."""
    assert set(SENTENCES) | PARTS == {name for name in vars(sentences) if name.isupper()}


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_of_the_platform_leads_to_its_check(name: str) -> None:
    """Alone, where it is said while something is waited for, and where that was given up."""
    owner = SENTENCES[name]
    variable = "MYSQL_PORT" if name == "NO_PORT" else "MONGODB_URL"
    mysql = sentences.MYSQL.format(host="mysql", port=3306)
    kafka = sentences.KAFKA.format(servers="kafka:9092")
    words = {"name": variable, "folder": "/app", "mysql": mysql, "kafka": kafka, "topics": "orders", "host": "nowhere"}
    words |= {"mongodb": sentences.MONGODB.format(url="mongodb://mongodb"), "port": "9092", "what": "Kafka"}
    text = getattr(sentences, name).format_map(defaultdict(lambda: "something", words))
    lines = [text]
    if name in REASONS:
        waiting = sentences.WAITING.format(what=kafka, reason=text)
        lines = [waiting, sentences.GAVE_UP.format(what=kafka, seconds=60, reason=text)]
    for line in lines:
        service = "mysql-service" if owner.startswith("mysql-service.") else "app"

        assert owner == find_causes(service, f"INFO    {line}")[0].check


def test_prefix_time_level_class_and_trace_are_left_out() -> None:
    """`docker compose logs` puts the service in front, Kafka time, level and class, Java where it happened."""
    text = "kafka-1  | [2026-01-02 03:04:05,678] ERROR Exiting Kafka due to fatal exception during startup. (kafka.X$)"
    trace = 'Exception in thread "main" kafka.Oops: no such thing at kafka.Kafka$.main(Kafka.scala:1) at kafka.Kafka'
    shown = [cause.line for log in (text, trace) for cause in find_causes("kafka", log)]

    assert ["Exiting Kafka due to fatal exception during startup.", trace.partition(" at ")[0]] == shown


def test_a_password_is_never_shown() -> None:
    """Neither one that the file holds, nor one in an address, nor one that a server makes up."""
    secrets = secrets_of(solution_project())
    for service, line in (
        ("kafka", "Invalid value root_password for configuration node.id: Not a number of type INT"),
        ("app", "ERROR   MongoDB at mongodb://u:hidden-word@mongodb:27017 (MONGODB_URL) asks for a log-in"),
        ("mysql", "ERROR 1064 (42000) at line 1: You have an error in your SQL syntax to use near 'hidden-word'"),
        ("mysql", "GENERATED ROOT PASSWORD: hidden-word, MYSQL_USER specified, but missing MYSQL_PASSWORD"),
    ):
        cause = find_causes(service, line, secrets=secrets)[0]

        assert cause.line
        assert "hidden-word" not in cause.line
        assert "root_password" not in cause.line


def test_a_line_is_bounded_and_harmless() -> None:
    """Of a log that a student's text has made long and coloured, a short plain line is shown."""
    log = "x" * (2 * MAX_LOG_CHARACTERS) + "\n\x1b[31mMYSQL_HOST is not set.\x1b[0m \x07" + "y" * 100_000
    cause = find_causes("mysql-service", log)[0]

    assert cause.line is not None
    assert cause.line.isprintable()
    assert len(cause.line) < 300


def test_an_end_by_force_is_told_apart() -> None:
    """Where no line says why, the exit code does; that is nobody's fault."""
    cause = find_causes("kafka", "", exit_code=137)[0]

    assert "memory" in cause.message
    assert cause.check is None
    assert [] == find_causes("kafka", "", exit_code=1)


def test_a_full_disk_belongs_to_no_check() -> None:
    """What is the computer's fault costs nobody a check."""
    line = "java.io.IOException: No space left on device"

    assert [None] == [cause.check for cause in find_causes("kafka", line)]


def test_words_that_wait_are_no_cause_where_the_file_is_right() -> None:
    """At a slow start everybody waits; only who has given up says that something is wrong."""
    waiting = "waiting for Kafka at kafka:9092 (KAFKA_BOOTSTRAP_SERVERS): nobody answers there"
    gave_up = "gave up waiting for Kafka at kafka:9092 (KAFKA_BOOTSTRAP_SERVERS) after 60 seconds: nobody answers there"
    right = grade_text(solution(), rubric())

    assert [] == find_causes("app", waiting, report=right)
    assert ["app.kafka-bootstrap"] == [cause.check for cause in find_causes("app", gave_up, report=right)]


def test_what_breaks_sql_is_not_shown() -> None:
    """MySQL quotes the rest of the statement, which ends with half a password."""
    log = "ERROR 1064 (42000) at line 1: You have an error; use the right syntax to use near 'half'' at line 1"
    cause = find_causes("mysql", log, report=report_of(VARIANTS["mysql.password/a-quote"]))[0]

    assert cause.line is not None
    assert cause.line.startswith("ERROR 1064")
    assert "half" not in cause.line


def test_files_of_their_owner_only_are_this_computers_fault() -> None:
    """Python has one sentence for a missing program and for one that it may not read; the number tells them apart."""
    line = "python: can't open file '/app/main.py': [Errno {}] {}"
    missing = find_causes("app", line.format(2, "No such file or directory"))
    private = find_causes("app", line.format(13, "Permission denied"))

    assert (["app.source-mount"], [None]) == ([found.check for found in missing], [found.check for found in private])
