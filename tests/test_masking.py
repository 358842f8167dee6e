"""A password appears in no report, however the line around it is broken."""

import re
from pathlib import Path

import pytest

from grader.compose.files import FolderFiles
from grader.compose.request import Request
from grader.grading import grade
from grader.kit import kit_folder
from grader.masking import is_secret, mask_argument, mask_text
from grader.reports import FORMATS
from grader.rubric import load_rubric

SECRET = "S3cr3tZq"
PASSWORD_LINE = "      MYSQL_PASSWORD: analytics_password"
PING = '["CMD", "mysqladmin", "ping", "-h", "localhost"]'
URL = "mongodb://mongodb:27017"


KIT = Path(kit_folder())


def _reports(folder: Path) -> str:
    request = Request(FolderFiles(str(folder)), str(folder))
    report = grade(request, load_rubric(str(KIT / "exercises")))
    return "\n".join(render(report) for render in FORMATS.values())


def _solution() -> str:
    return (KIT / "solutions" / "docker-compose.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "value",
    [
        f"*{SECRET}",
        f"a${SECRET}",
        f"${{{SECRET}",
        f"${{1{SECRET}}}",
        f"${{XX:?{SECRET}}}",
        f"${{XX}}{SECRET}: x",
        f"{{{SECRET}: x}}",
        f"[{SECRET}]",
        f"{{{SECRET}",
        f'"{SECRET}',
        f"{SECRET}: x",
        f"%{SECRET}",
        f"{SECRET}'s",
    ],
)
def test_a_password_that_breaks_its_line_stays_hidden(tmp_path: Path, value: str) -> None:
    """Compose quotes much of what it cannot read; reports do not."""
    text = _solution().replace(PASSWORD_LINE, f"      MYSQL_PASSWORD: {value}", 1)
    (tmp_path / "docker-compose.yml").write_text(text)

    assert SECRET not in _reports(tmp_path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (URL, f"mongodb://admin:{SECRET}/x@mongodb:27017"),
        (URL, f"mongodb:/admin:{SECRET}@mongodb:27017"),
        (URL, f"admin:{SECRET}@mongodb:27017"),
        ("KAFKA_BOOTSTRAP_SERVERS: kafka", f"KAFKA_BOOTSTRAP_SERVERS: user:{SECRET}@kafka"),
        ("MYSQL_HOST: mysql", f"MYSQL_HOST: analytics:{SECRET}@mysql"),
        (PING, f'["CMD", "mysqladmin", "ping", "-p{SECRET}"]'),
        (PING, f"mysqladmin ping --password={SECRET}"),
    ],
)
def test_a_log_in_stays_hidden(tmp_path: Path, old: str, new: str) -> None:
    """A password in an address or a command is one, also where the address is wrong."""
    (tmp_path / "docker-compose.yml").write_text(_solution().replace(old, new))

    assert SECRET not in _reports(tmp_path)


@pytest.mark.parametrize(
    "line", [f'PW="{SECRET}', f"PW {SECRET}", f"MY PW={SECRET}", f"PW=${{{SECRET}", f"PW=${{X?{SECRET}}}"]
)
def test_a_broken_line_of_dotenv_stays_hidden(tmp_path: Path, line: str) -> None:
    """The line is shown, its value is not."""
    (tmp_path / "docker-compose.yml").write_text(_solution().replace(PASSWORD_LINE, "      MYSQL_PASSWORD: ${PW}"))
    (tmp_path / ".env").write_text(line + "\n")

    assert SECRET not in _reports(tmp_path)


def test_on_a_line_of_several_variables_only_the_password_is_hidden(tmp_path: Path) -> None:
    """What stands behind it is shown as it is."""
    flow = f"    environment: {{MYSQL_PASS: {SECRET}, MYSQL_DATABASE: shop}}\n"
    text = re.sub(
        r"    environment:\n(      .*\n)*?      MYSQL_ROOT_PASSWORD(.*\n)*?(?=    volumes:)", flow, _solution()
    )
    (tmp_path / "docker-compose.yml").write_text(text, encoding="utf-8")
    reports = _reports(tmp_path)

    assert SECRET not in reports
    assert "{MYSQL_PASS: ***, MYSQL_DATABASE: shop}" in reports


@pytest.mark.parametrize("name", ["MYSQL_PASSWORD", "DB_PASS", "PW", "DB_PW", "MYSQL_PW2", "rootPwd", "API_TOKEN"])
def test_names_of_secrets(name: str) -> None:
    """The usual names of a password are known."""
    assert is_secret(name)


@pytest.mark.parametrize("name", ["MYSQL_USER", "UPWARD", "KAFKA_LISTENERS", "CLUSTER_ID"])
def test_names_of_other_things(name: str) -> None:
    """What is no password is shown."""
    assert not is_secret(name)


@pytest.mark.parametrize(
    "text",
    [
        "1@kafka:29093,2@kafka2:29093",
        "PLAINTEXT://0.0.0.0:9092,CONTROLLER://0.0.0.0:29093",
        "mongodb://mongodb:27017/social_commerce",
        "curl -p 8000:8000",
    ],
)
def test_addresses_without_a_log_in_are_shown(text: str) -> None:
    """Masking leaves alone what holds no password."""
    assert text == mask_text(text)
    assert text == mask_argument(text)


def test_a_reference_by_name_is_shown(tmp_path: Path) -> None:
    """`${DB_PW}` names a variable: the warning about it needs the name."""
    (tmp_path / "docker-compose.yml").write_text(
        _solution().replace(PASSWORD_LINE, "      MYSQL_PASSWORD: ${DATABASE_KEY}")
    )

    assert 'The "DATABASE_KEY" variable is not set' in _reports(tmp_path)
