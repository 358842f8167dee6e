"""What `grade explain SERVICE` prints: settings with their places, and the verdict."""

from typing import Any

import pytest

from grader.commands.explain_service import explain_service
from grader.compose.errors import Refusal
from grader.compose.marks import Mark
from grader.compose.model import Loaded, Service
from tests.containers.projects import BASE, changed, mounts, project, service

VOLUME = ["kafka_data:/var/lib/kafka/data"]


def explained(name: str, *services: Service, width: int = 80, refusals: tuple[Refusal, ...] = ()) -> str:
    """Explain one service of a project."""
    return explain_service(Loaded(project(*services), refusals, (), (), {}, ()), name, width)


def kafka(environment: dict[str, str], volumes: list[str] | None = None, **more: Any) -> str:
    """Explain a broker."""
    broker = service("kafka", environment, mounts(VOLUME if volumes is None else volumes))
    return explained("kafka", broker, **more)


def test_every_property_is_shown_with_its_place() -> None:
    """And what the image adds with the words that say so."""
    text = kafka(changed(KAFKA_LOG_DIRS=""))

    assert "  node.id = 1" in text
    assert "docker-compose.yml:10\n" in text
    assert "log.dirs = /var/lib/kafka/data                       set by the image's script" in text
    assert "Verdict: works" in text


def test_a_fault_is_shown_with_the_words_of_the_container() -> None:
    """What comes first is the verdict, the rest follows."""
    text = kafka(changed(CLUSTER_ID="my-cluster", KAFKA_ADVERTISED_LISTENERS="PLAINTEXT://localhost:9092"))
    flat = " ".join(text.split())

    assert "Verdict: storage format fails" in text
    assert "Cluster ID string my-cluster does not appear to be a valid UUID" in flat
    assert "After that it would stumble over" in text
    assert "Clients are sent to localhost" in flat


def test_defaults_and_names_that_nobody_reads_are_told() -> None:
    """A forgotten prefix is seen at once."""
    environment = {name: value for name, value in BASE.items() if name != "KAFKA_NODE_ID"}
    text = kafka({**environment, "NODE_ID": "1", "KAFKA_NODE__ID": "1"})

    assert "node.id = none" in text
    assert "unknown to Kafka" in text
    assert "NODE_ID" in text.partition("Not read by the image")[2]


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_no_line_is_wider_than_asked(width: int) -> None:
    """Long values go to the next lines."""
    text = kafka(changed(KAFKA_LISTENERS="PLAINTEXT://0.0.0.0," + "X" * 200), width=width)

    assert all(len(line) <= width for line in text.split("\n"))


def test_passwords_are_masked() -> None:
    """In variables, properties and addresses."""
    server = {"MYSQL_ROOT_PASSWORD": "geheim1", "MYSQL_USER": "u", "MYSQL_PASSWORD": "geheim2", "MYSQL_DATABASE": "d"}
    login = {"MONGO_INITDB_ROOT_USERNAME": "admin", "MONGO_INITDB_ROOT_PASSWORD": "geheim3"}
    app = service("app", {"MONGODB_URL": "mongodb://admin:geheim3@mongodb/"})
    texts = [
        explained("mysql", service("mysql", server)),
        explained("mongodb", service("mongodb", login), app),
        explained("app", app),
        kafka(changed(KAFKA_SSL_KEY_PASSWORD="geheim4", KAFKA_SASL_JAAS_CONFIG="geheim5")),
    ]

    for text in texts:
        assert "geheim" not in text
        assert "***" in text


def test_the_first_start_of_mysql_is_told() -> None:
    """Databases, users with their hosts, rights."""
    server = {"MYSQL_RANDOM_ROOT_PASSWORD": "1", "MYSQL_USER": "u", "MYSQL_PASSWORD": "p", "MYSQL_DATABASE": "a_b"}
    text = explained("mysql", service("mysql", server))

    assert "database a_b" in text
    assert "user root, from everywhere; password: a random one, printed in the log" in text
    assert "user u, from everywhere; password: ***" in text
    assert "GRANT ALL ON `a\\_b`.* TO 'u'@'%'" in text
    assert "would try to make:" in explained("mysql", service("mysql", {"MYSQL_USER": "root"}))


def test_mongodb_says_whether_it_asks_for_a_log_in() -> None:
    """And what it makes."""
    assert "nobody is asked" in explained("mongodb", service("mongodb", {"MONGO_INITDB_DATABASE": "x"}))
    login = {"MONGO_INITDB_ROOT_USERNAME": "admin", "MONGO_INITDB_ROOT_PASSWORD": "x"}
    assert "root user admin" in explained("mongodb", service("mongodb", login))


def test_a_service_without_a_model_gets_its_settings_listed() -> None:
    """There is nothing to predict about it."""
    text = explained("app", service("app", {"A": "b", "C": None}, mounts(["./src:/app"])))

    assert "A = b" in text
    assert "C = (set nowhere)" in text
    assert "Verdict" not in text


def test_a_refused_file_says_so_first() -> None:
    """The rest is what could be read."""
    refusal = Refusal("service has a fault", (), Mark("f", 1, 1), "other")

    assert "Docker Compose refuses this file" in kafka(BASE, refusals=(refusal,)).split("\n")[0]


def test_a_service_that_is_not_there_is_named() -> None:
    """With those that are."""
    assert "no service 'nope'" in explained("nope")


def test_what_a_student_writes_cannot_reach_the_terminal() -> None:
    """Control characters are replaced."""
    assert "\x1b" not in kafka(changed(KAFKA_LOG_DIRS="/x\x1b[31m", CLUSTER_ID="a\x1bb"))
