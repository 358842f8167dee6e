"""What is a password somewhere in a submission is shown nowhere, wherever else it is written."""

import contextlib
import io
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.cli import run
from grader.compose.files import FolderFiles
from grader.compose.request import Request
from grader.grading import grade
from grader.kit import kit_folder
from grader.report import Report
from grader.reports import FORMATS
from grader.rubric import load_rubric
from grader.secrets import passwords_in

SECRET = "S3cr3tZq"
KIT = Path(kit_folder())
SOLUTION = (KIT / "solutions" / "docker-compose.yml").read_text(encoding="utf-8")
WITH_SECRET = SOLUTION.replace("analytics_password", SECRET)
EXPLAINED = ("kafka", "mongodb", "app", "mysql", "mysql-service", "mysql.user", "app.mongodb-url")


def graded(folder: Path, text: str, **others: str) -> Report:
    """Write a compose file (and others, `env` for `.env`) and grade it."""
    (folder / "docker-compose.yml").write_text(text, encoding="utf-8")
    for name, content in others.items():
        (folder / f".{name}").write_text(content, encoding="utf-8")
    return grade(Request(FolderFiles(str(folder)), str(folder)), load_rubric(str(KIT / "exercises")))


def everything(folder: Path, report: Report) -> str:
    """Return all that is said about a submission: the report in all formats, and the explanations."""
    explained = io.StringIO()
    with contextlib.redirect_stdout(explained):
        for name in EXPLAINED:
            run(["explain", name, str(folder)])
    return "\n".join([explained.getvalue(), *(render(report) for render in FORMATS.values())])


def with_line(name: str, value: str) -> str:
    """Return the solution, its password a secret, with another value for the first variable of a name."""
    return re.sub(rf"(?m)^( +){name}: .*$", lambda line: f"{line[1]}{name}: {value}", WITH_SECRET, count=1)


@pytest.mark.parametrize(
    "text",
    [
        with_line("MYSQL_PORT", SECRET),
        with_line("MYSQL_PORT", f'"{SECRET}1"'),
        with_line("MYSQL_USER", SECRET),
        with_line("MYSQL_DATABASE", f"{SECRET}/{SECRET}"),
        with_line("MYSQL_HOST", f"my-{SECRET}"),
        with_line("MONGODB_URL", f"mongodb//{SECRET}"),
        with_line("MONGODB_URL", f"mongodb://mongodb:1/{SECRET}"),
        with_line("MONGODB_URL", f"mongodb://{SECRET}@mongodb"),
        with_line("KAFKA_NODE_ID", SECRET),
        with_line("KAFKA_LISTENERS", f"{SECRET}://0.0.0.0:9092"),
        with_line("KAFKA_LISTENERS", f"x://0.0.0.0:{SECRET}"),
        with_line("KAFKA_ADVERTISED_LISTENERS", f"PLAINTEXT://{SECRET}:9092"),
        with_line("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", f"{SECRET.lower()}:PLAINTEXT"),
        with_line("CLUSTER_ID", SECRET),
        with_line("CLUSTER_ID", f"x # not {SECRET}"),
        with_line("KAFKA_LOG_DIRS", f"/var/{SECRET}"),
        with_line("KAFKA_CLIENT_ID", "''") + f"# {SECRET}\n",
        with_line("KAFKA_NODE_ID", f"x\n      {SECRET}: y"),
        with_line("KAFKA_NODE_ID", f"*{SECRET}"),
        with_line("KAFKA_NODE_ID", f'"${{{SECRET}}}"'),
        with_line("KAFKA_NODE_ID", f'"${{X:?{SECRET}}}"'),
        with_line("KAFKA_NODE_ID", f"[{SECRET}]"),
        WITH_SECRET.replace("image: mysql:8.0", f"image: mysql:{SECRET}"),
        WITH_SECRET.replace("image: mysql:8.0", f"image: mysql:8.0\n    secrets: [{SECRET}]"),
        WITH_SECRET.replace("image: mysql:8.0", f"image: mysql:8.0\n    {SECRET}: 1"),
        WITH_SECRET.replace("image: mysql:8.0", f"image: mysql:8.0\n    labels: {{{SECRET}: a{SECRET}b}}"),
        WITH_SECRET.replace("image: mysql:8.0", f"image: mysql:8.0\n    command: {'x' * 50} {SECRET}"),
        WITH_SECRET.replace("mysql_data:/var/lib/mysql", f"{SECRET}:/var/lib/mysql"),
        WITH_SECRET.replace("mysql_data:/var/lib/mysql", f"./{SECRET}:/var/lib/{SECRET}"),
        WITH_SECRET + f"x-{SECRET}: *{SECRET}\n",
        WITH_SECRET + f"{SECRET}: 1\n",
        WITH_SECRET + f"networks: {{{SECRET}: [5]}}\n",
        WITH_SECRET.replace("    environment:", f"    env_file: {SECRET}.env\n    environment:", 1),
        WITH_SECRET.replace("    environment:", f"    extends: {SECRET}\n    environment:", 1),
    ],
)
def test_a_password_is_shown_nowhere(tmp_path: Path, text: str) -> None:
    """Not as a port, a user, an address, a key, a name, in a comment or in words of Compose or of a container."""
    report = graded(tmp_path, text)

    assert report.score != report.max_score or report.warnings or report.changes
    assert SECRET.lower() not in everything(tmp_path, report).lower()


@pytest.mark.parametrize(
    "word", ["h!t's \"x\\y", "two words here", "häßlich1", "correct", "%70w-1234", "12345678", "a$$b.c"]
)
def test_passwords_of_all_kinds_are_known_again(tmp_path: Path, word: str) -> None:
    """With quotes, blanks, other letters, one word, digits only."""
    written = "'" + word.replace("'", "''") + "'"
    text = SOLUTION.replace("analytics_password", written)
    text = text.replace("MYSQL_PORT: ", f"MYSQL_PORT: {written} #").replace("CLUSTER_ID: ", f"CLUSTER_ID: {written} #")
    report = graded(tmp_path, text)

    assert report.score != report.max_score
    assert word.replace("$$", "$") not in everything(tmp_path, report)
    assert word not in everything(tmp_path, report)


def test_a_password_of_dotenv_is_one(tmp_path: Path) -> None:
    """Also where no service uses it."""
    text = SOLUTION.replace("MYSQL_PORT: ", f"MYSQL_PORT: {SECRET} #")
    report = graded(tmp_path, text, env=f"DB_PASSWORD={SECRET}\n")

    assert SECRET not in everything(tmp_path, report)


def test_the_password_of_an_address_is_one(tmp_path: Path) -> None:
    """`mongodb://user:password@host` tells what else must be hidden."""
    text = SOLUTION.replace("mongodb://mongodb", f"mongodb://me:{SECRET}@mongodb")
    text = text.replace("MYSQL_PORT: ", f"MYSQL_PORT: {SECRET} #")
    report = graded(tmp_path, text)

    assert SECRET not in everything(tmp_path, report)


def test_the_password_of_a_broken_file_is_one(tmp_path: Path) -> None:
    """Nothing of the service can be read, but its lines are there."""
    text = WITH_SECRET.replace("image: mysql:8.0", "image: mysql:8.0\n   x: [").replace(
        "MYSQL_PORT: ", f"MYSQL_PORT: {SECRET} #"
    )
    report = graded(tmp_path, text)

    assert not report.accepted
    assert SECRET not in everything(tmp_path, report)


@pytest.mark.parametrize(
    "word", ["app", "mysql", "password", "root", "social_commerce", "mongodb", "kafka", "1", "a", "secret"]
)
def test_common_words_do_not_turn_a_report_into_stars(tmp_path: Path, word: str) -> None:
    """A password that says nothing is hidden where it stands, and every sentence stays what it is."""
    broken = SOLUTION.replace("MYSQL_PORT: ", "MYSQL_PORT: x #").replace("CLUSTER_ID: ", "CLUSTER_ID: x #")
    expected = graded(tmp_path, broken)
    report = graded(tmp_path, broken.replace("analytics_password", word).replace("root_password", f"{word}2"))

    assert expected.score == report.score
    assert [check.message for check in expected.checks()] == [check.message for check in report.checks()]
    assert [check.log for check in expected.checks()] == [check.log for check in report.checks()]


def test_a_password_that_is_a_part_of_a_variables_name_leaves_the_name(tmp_path: Path) -> None:
    """`root_password` is hidden, and `MYSQL_ROOT_PASSWORD` stays what it is."""
    text = SOLUTION.replace("MYSQL_USER: analytics", "MYSQL_USER: root_password")
    text = text.replace("MYSQL_PASSWORD: analytics_password", "MYSQL_RANDOM_ROOT_PASSWORD: root_password", 1)
    said = everything(tmp_path, graded(tmp_path, text))

    assert "MYSQL_ROOT_PASSWORD" in said
    assert [] == re.findall(r"MYSQL_\*\*\*|MYSQL_RANDOM_\*\*\*|\broot_password\b", said)


def test_the_line_of_a_common_password_is_still_masked(tmp_path: Path) -> None:
    """`MYSQL_PASSWORD: mysql` on the line of a finding becomes stars."""
    text = SOLUTION.replace("MYSQL_PASSWORD: analytics_password", "MYSQL_PASSWORD: mysql", 1)
    report = graded(tmp_path, text)

    assert "MYSQL_PASSWORD: ***" in everything(tmp_path, report)


def test_many_passwords_take_no_time(tmp_path: Path) -> None:
    """A submission of nothing but passwords is graded as soon as any other."""
    many = "".join(f"      PASSWORD_{number}: word-{number}-{'x' * 40}\n" for number in range(8_000))
    started = os.times().user
    report = graded(tmp_path, SOLUTION.replace("      MYSQL_PORT", f"{many}      MYSQL_PORT").replace("5432", "x"))
    for render in FORMATS.values():
        render(report)

    assert os.times().user - started < 3


def test_a_password_of_blanks_is_graded_like_any_other(tmp_path: Path) -> None:
    """It has no word to look for, and hides nothing."""
    text = SOLUTION.replace("MYSQL_PASSWORD: analytics_password", 'MYSQL_PASSWORD: "     "', 1)

    report = graded(tmp_path, text)

    assert "graded" == report.status
    assert report.score is not None
    assert 90 <= report.score < 100


LINE = st.lists(
    st.sampled_from(["PASSWORD", "pa\u017f", "port", ": ", "=", "- ", "é", "x1", "//", ":u:", "@", '"', "#"])
)


@given(st.lists(LINE.map("".join)))
def test_each_line_speaks_for_itself(lines: list[str]) -> None:
    """Which lines are a password's does not depend on the others, nor on the submissions that were graded before."""
    alone = [password for line in lines for password in passwords_in([line])]

    assert alone == passwords_in(lines)
