"""Settings come from the environment; what is missing is named in a sentence."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.apps.modules import BACKEND, CONSUMER, ROOT, load

KAFKA = {"KAFKA_BOOTSTRAP_SERVERS": "kafka:9092", "KAFKA_CLIENT_ID": "try", "KAFKA_GROUP_ID": "group"}
MONGODB = {"MONGODB_URL": "mongodb://mongodb:27017", "DATABASE_NAME": "shop"}
MYSQL = {
    "MYSQL_HOST": "mysql",
    "MYSQL_PORT": "3306",
    "MYSQL_USER": "user",
    "MYSQL_PASSWORD": "secret",
    "MYSQL_DATABASE": "copies",
}

settings = load("shared.settings")
config = load("shared.kafka.config")


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Every variable that the platform reads is set."""
    for name, value in {**KAFKA, **MONGODB, **MYSQL}.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_a_kafka_client_is_configured_by_three_variables(environment: pytest.MonkeyPatch) -> None:
    """The names are those that the TASK sends the student to read."""
    read = config.KafkaConfig.from_env()

    assert config.KafkaConfig(bootstrap_servers="kafka:9092", client_id="try", group_id="group") == read


def test_a_producer_needs_no_group(environment: pytest.MonkeyPatch) -> None:
    """The app sets no KAFKA_GROUP_ID."""
    environment.delenv("KAFKA_GROUP_ID")

    assert config.KafkaConfig.from_env().group_id is None


@pytest.mark.parametrize("name", ["KAFKA_BOOTSTRAP_SERVERS", "KAFKA_CLIENT_ID"])
@pytest.mark.parametrize("value", ["", "  ", None])
def test_an_empty_variable_is_missing(environment: pytest.MonkeyPatch, name: str, value: str | None) -> None:
    """The sentence begins with the variable's name."""
    environment.setenv(name, value) if value is not None else environment.delenv(name)

    with pytest.raises(settings.SettingsError, match=f"^{name} is not set"):
        config.KafkaConfig.from_env()


def test_blanks_around_a_value_are_part_of_it(environment: pytest.MonkeyPatch) -> None:
    """They are for the server as well, which makes a password as it is written."""
    environment.setenv("KAFKA_CLIENT_ID", " try ")
    environment.setenv("KAFKA_GROUP_ID", "group ")
    read = config.KafkaConfig.from_env()

    assert (" try ", "group ") == (read.client_id, read.group_id)


def test_a_producer_waits_until_the_broker_has_stored_the_message() -> None:
    """The bootstrap server is passed on as it was written."""
    made = config.KafkaConfig(bootstrap_servers="PLAINTEXT://kafka", client_id="try").to_producer_config()

    assert ("PLAINTEXT://kafka", "try", "all") == (made["bootstrap.servers"], made["client.id"], made["acks"])


def test_a_consumer_commits_itself() -> None:
    """The group is the one that was passed, whatever the environment says."""
    made = config.KafkaConfig(bootstrap_servers="kafka:9092", client_id="try").to_consumer_config("other")

    assert "other" == made["group.id"]
    assert made["enable.auto.commit"] is False


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "3306.0", "٣"])
def test_a_port_is_a_number(environment: pytest.MonkeyPatch, port: str) -> None:
    """A text that is no port is refused with a sentence, not with a traceback."""
    environment.setenv("MYSQL_PORT", port)

    with pytest.raises(settings.SettingsError, match=r"MYSQL_PORT is .* no port"):
        settings.required_port("MYSQL_PORT", "the port")


@pytest.mark.parametrize("name", sorted(MYSQL))
def test_the_connection_pool_names_the_missing_variable(environment: pytest.MonkeyPatch, name: str) -> None:
    """All five variables are needed."""
    connection = load("src.db.connection", "mysql.connector", app=CONSUMER)
    environment.delenv(name)

    with pytest.raises(settings.SettingsError, match=f"^{name} is not set"):
        connection.MySQLConfig.from_env()


def test_a_silent_port_is_not_mysql(environment: pytest.MonkeyPatch) -> None:
    """The connector has a number of the server for it, and a text of four lines."""
    connection = load("src.db.connection", "mysql.connector", app=CONSUMER)
    errors = load("mysql.connector.errors", "mysql.connector")
    with socket.create_server(("127.0.0.1", 0)) as other:
        environment.setenv("MYSQL_HOST", "127.0.0.1")
        environment.setenv("MYSQL_PORT", str(other.getsockname()[1]))
        reason = connection.explain(connection.MySQLConfig.from_env(), errors.ConnectionTimeoutError(errno=3024))

    assert "something listens there, but MySQL does not answer" == reason


def test_the_server_has_the_last_word(environment: pytest.MonkeyPatch) -> None:
    """What MySQL itself complains about is passed on."""
    connection = load("src.db.connection", "mysql.connector", app=CONSUMER)
    error = load("mysql.connector", "mysql.connector").Error(msg="Too many connections", errno=1040)

    assert "Too many connections" == connection.explain(connection.MySQLConfig.from_env(), error)


def test_the_password_appears_in_no_text(environment: pytest.MonkeyPatch) -> None:
    """Settings may end in a log."""
    connection = load("src.db.connection", "mysql.connector", app=CONSUMER)
    read = connection.MySQLConfig.from_env()

    assert "secret" not in f"{read} {read!r}"


@pytest.mark.parametrize("name", sorted(MONGODB))
def test_the_database_names_the_missing_variable(environment: pytest.MonkeyPatch, name: str) -> None:
    """Both variables are needed."""
    mongo_db = load("db.mongo_db", "beanie", "confluent_kafka", app=BACKEND)
    environment.delenv(name)

    with pytest.raises(settings.SettingsError, match=f"^{name} is not set"):
        mongo_db.MongoSettings.from_env()


def test_an_address_of_mongodb_has_a_scheme(environment: pytest.MonkeyPatch) -> None:
    """The driver would take a bare host, the TASK asks for an address."""
    mongo_db = load("db.mongo_db", "beanie", app=BACKEND)
    environment.setenv("MONGODB_URL", "mongodb:27017")

    with pytest.raises(settings.SettingsError, match=r"^MONGODB_URL is no address of MongoDB: it does not begin with"):
        mongo_db.MongoSettings.from_env()


def test_a_log_in_in_the_address_is_hidden(environment: pytest.MonkeyPatch) -> None:
    """What is waited for ends in the log."""
    mongo_db = load("db.mongo_db", "beanie", app=BACKEND)
    environment.setenv("MONGODB_URL", "mongodb://me:p@ss@mongodb:27017/?authSource=admin")

    assert "MongoDB at mongodb://***@mongodb:27017/?authSource=admin (MONGODB_URL)" == str(
        mongo_db.MongoSettings.from_env()
    )


@pytest.mark.parametrize("app", [BACKEND, CONSUMER])
def test_a_missing_shared_folder_is_said_in_one_sentence(app: str, tmp_path: Path) -> None:
    """Docker mounts nothing at /app/shared: the folder is empty, the program ends without a traceback."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "main.py").write_text((ROOT / app / "main.py").read_text(encoding="utf-8"), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-S", "-E", "main.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert 1 == ended.returncode
    assert ended.stderr.startswith("The package shared is missing: ./shared is not mounted at /app/shared.")
    assert "Traceback" not in ended.stderr
