"""One fault, one lost check: the rows of the table of faults and owners."""

import pytest

from grader.selftest.submissions import grade_text
from tests.checks.judged import ROOT, edited, graded, lost, result, rubric, with_environment

DATA_VOLUMES = {"mongodb": "/data/db", "kafka": "/var/lib/kafka/data", "mysql": "/var/lib/mysql"}
LISTENERS = "KAFKA_LISTENERS"
ADVERTISED = "KAFKA_ADVERTISED_LISTENERS"


def test_the_solution_loses_nothing() -> None:
    """The baseline of every row below."""
    assert lost(graded("services: {}")) == []


@pytest.mark.parametrize(
    ("service", "variables", "owner"),
    [
        ("app", "DATABASE_NAME: another", "app.database-name"),
        ("mongodb", "MONGO_INITDB_DATABASE: another", "app.database-name"),
        ("mysql-service", "MYSQL_USER: another", "mysql-service.mysql-user"),
        ("mysql-service", "MYSQL_PASSWORD: another", "mysql-service.mysql-password"),
        ("mysql-service", "MYSQL_DATABASE: another", "mysql-service.mysql-database"),
        ("mysql", "MYSQL_USER: root", "mysql.user"),
        ("mysql", 'MYSQL_USER: "o\'hara"', "mysql.user"),
        ("mysql", f"MYSQL_USER: {'u' * 33}", "mysql.user"),
        ("mysql", 'MYSQL_PASSWORD: "it\'s"', "mysql.password"),
        ("mysql", f"MYSQL_DATABASE: {'d' * 65}", "mysql.database"),
        ("mysql", "MYSQL_RANDOM_ROOT_PASSWORD: 'yes'", "mysql.root-password"),
        ("mysql", "MYSQL_ROOT_PASSWORD_FILE: /run/x", "mysql.starts"),
        ("mongodb", "MONGO_INITDB_ROOT_USERNAME: admin", "mongodb.starts"),
        ("mongodb", "MONGO_INITDB_ROOT_USERNAME: a, MONGO_INITDB_ROOT_PASSWORD: b", "app.mongodb-url"),
        ("kafka", "KAFKA_NODE_ID: 7", "kafka.quorum-voters"),
        ("kafka", "KAFKA_CONTROLLER_QUORUM_VOTERS: '1@kafka:9092'", "kafka.quorum-voters"),
        ("kafka", "KAFKA_CONTROLLER_QUORUM_VOTERS: '1@mongodb:29093'", "kafka.quorum-voters"),
        ("kafka", "KAFKA_CONTROLLER_LISTENER_NAMES: controller", "kafka.controller-listener"),
        ("kafka", "KAFKA_CONTROLLER_LISTENER_NAMES: CONTROLER", "kafka.controller-listener"),
        ("kafka", "KAFKA_CONTROLLER_LISTENER_NAMES: PLAINTEXT", "kafka.controller-listener"),
        ("kafka", f"{LISTENERS}: 'PLAINTEXT://0.0.0.0:9092'", "kafka.listeners"),
        ("kafka", f"{LISTENERS}: 'PLAINTEXT://:9093,CONTROLLER://:29093'", "kafka.listeners"),
        ("kafka", f"{LISTENERS}: 'PLAINTEXT://:9092,CONTROLLER://:9093'", "kafka.listeners"),
        ("kafka", f"{LISTENERS}: 'PLAINTEXT://kafka:9092,CONTROLLER://:29093'", "kafka.listeners"),
        ("kafka", f"{LISTENERS}: 'PLAINTEXT://localhost:9092,CONTROLLER://:29093'", "kafka.listeners"),
        ("kafka", f"{LISTENERS}: 'PLAINTEXT://:9092;CONTROLLER://:29093'", "kafka.listeners"),
        ("kafka", f"{LISTENERS}: 'PLAINTEX://:9092,CONTROLLER://:29093'", "kafka.listeners"),
        ("kafka", f"{LISTENERS}: 'PLAINTEXT://:9092,CONTROLER://:29093'", "kafka.listeners"),
        ("kafka", f"{LISTENERS}: 'PLAINTEXT://:29093,CONTROLLER://:9092'", "kafka.listeners"),
        ("kafka", f"{ADVERTISED}: 'PLAINTEXT://localhost:9092'", "kafka.advertised-listeners"),
        ("kafka", f"{ADVERTISED}: 'PLAINTEXT://nowhere:9092'", "kafka.advertised-listeners"),
        ("kafka", f"{ADVERTISED}: 'PLAINTEXT://kafka:9999'", "kafka.advertised-listeners"),
        ("kafka", f"{ADVERTISED}: 'CONTROLLER://kafka:29093'", "kafka.advertised-listeners"),
        ("kafka", f"{ADVERTISED}: 'PLAINTEXT://0.0.0.0:9092'", "kafka.advertised-listeners"),
        ("kafka", f"{ADVERTISED}: 'kafka:9092'", "kafka.advertised-listeners"),
        ("kafka", f"{ADVERTISED}: 'PLAINTEX://kafka:9092'", "kafka.advertised-listeners"),
        ("kafka", "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT'", "kafka.protocol-map"),
        ("kafka", "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:SSL,CONTROLLER:PLAINTEXT'", "kafka.protocol-map"),
        ("kafka", "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAIN,CONTROLLER:PLAINTEXT'", "kafka.protocol-map"),
        (
            "kafka",
            "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEX:PLAINTEXT,CONTROLLER:PLAINTEXT'",
            "kafka.protocol-map",
        ),
        ("kafka", "KAFKA_INTER_BROKER_LISTENER_NAME: CONTROLLER", "kafka.inter-broker-listener"),
        ("kafka", "KAFKA_INTER_BROKER_LISTENER_NAME: PLAINTEX", "kafka.inter-broker-listener"),
        ("kafka", "CLUSTER_ID: my-cluster", "kafka.cluster-id"),
        ("kafka", "KAFKA_LOG_DIRS: /tmp/logs", "kafka.log-dirs"),
        ("kafka", "KAFKA_ADVERTISED_HOST: kafka", "kafka.starts"),
        ("kafka", "KAFKA_BROKER_ID: 9", "kafka.starts"),
        ("app", "KAFKA_BOOTSTRAP_SERVERS: 'localhost:9092'", "app.kafka-bootstrap"),
        ("app", "KAFKA_BOOTSTRAP_SERVERS: 'kafka:29093'", "app.kafka-bootstrap"),
        ("app", "MONGODB_URL: 'mongodb://localhost:27017'", "app.mongodb-url"),
        ("mysql-service", "MYSQL_HOST: localhost", "mysql-service.mysql-host"),
        ("mysql-service", "MYSQL_PORT: 3307", "mysql-service.mysql-port"),
    ],
)
def test_a_variable_costs_its_owner_alone(service: str, variables: str, owner: str) -> None:
    """Everything else is judged by what it says itself."""
    assert lost(with_environment(service, variables)) == [owner]


def test_logging_in_as_root_is_the_fault_of_the_user_name() -> None:
    """Root's password then fits the log-in."""
    report = with_environment("mysql-service", "MYSQL_USER: root, MYSQL_PASSWORD: root_password")
    root = edited("root_password", "root_password")

    assert lost(root) == []
    assert lost(report)[0] == "mysql-service.mysql-user"


@pytest.mark.parametrize(("service", "target"), DATA_VOLUMES.items())
@pytest.mark.parametrize("source", ["./data:{}", "{}", "{}_data:{}:ro"])
def test_a_data_folder_belongs_to_its_service(service: str, target: str, source: str) -> None:
    """A bind mount, an anonymous volume, a read-only mount."""
    item = source.replace("{}_", f"{service}_").replace("{}", target)

    assert lost(graded(f"services: {{{service}: {{volumes: ['{item}']}}}}")) == [f"{service}.data-volume"]


@pytest.mark.parametrize(("service", "folder"), [("app", "mongo_backend"), ("mysql-service", "mysql_server")])
@pytest.mark.parametrize(
    ("target", "name"),
    [("/app", "source-mount"), ("/app/shared", "shared-mount")],
)
@pytest.mark.parametrize("source", ["apps/{}", "mongodb_data", "./elsewhere"])
def test_code_comes_from_the_right_folder(service: str, folder: str, target: str, name: str, source: str) -> None:
    """A path without ./ (refused by Compose), a named volume, the wrong folder."""
    item = f"{source.replace('{}', folder)}:{target}"

    assert lost(graded(f"services: {{{service}: {{volumes: ['{item}']}}}}")) == [f"{service}.{name}"]


@pytest.mark.parametrize(
    ("snippet", "owner"),
    [
        ("services: {mysql: {volumes: ['undeclared:/var/lib/mysql']}}", "volumes.declared"),
        ("volumes: {kafka_data: !override {external: true}}", "volumes.declared"),
        ("volumes: {kafka_data: {driver: nfs}}", "volumes.driver"),
        ("volumes: {spare: {}}", "volumes.only-named"),
        ("services: {app: {volumes: ['mongodb_data:/cache']}}", "volumes.only-named"),
        ("services: {app: {enviroment: {A: b}}}", "stack.accepted"),
        ("services: {app: {env_file: missing.env}}", "stack.accepted"),
        ("services: {app: {networks: [nowhere]}}", "stack.accepted"),
        ("version: 3.8", "stack.accepted"),
        ("volume: {kafka_data: {}}", "stack.accepted"),
    ],
)
def test_the_rest_of_the_file_has_owners_too(snippet: str, owner: str) -> None:
    """Declarations, and what no other check owns."""
    assert lost(graded(snippet)) == [owner]


def test_a_refusal_about_one_variable_belongs_to_its_check() -> None:
    """`stack.accepted` waits for it."""
    report = with_environment("mysql", 'MYSQL_DATABASE: "${NO_SUCH:?say it}"')

    assert lost(report) == ["mysql.database"]
    assert result(report, "stack.accepted").because == "mysql.database"
    assert not report.accepted


def test_one_missing_variable_of_dotenv_is_one_fault() -> None:
    """Two services take their value from it; the first one is charged."""
    report = graded(
        "services: {mysql: {environment: {MYSQL_PASSWORD: '${PW}'}},"
        " mysql-service: {environment: {MYSQL_PASSWORD: '${PW}'}}}"
    )

    assert lost(report) == ["mysql.password"]
    assert result(report, "mysql-service.mysql-password").because == "mysql.password"


def test_every_lost_check_has_a_message_and_a_place() -> None:
    """Where something is missing, the key it belongs under."""
    report = grade_text((ROOT / "exercises" / "skeleton.yml").read_text(encoding="utf-8"), rubric())

    assert [check.id for check in report.checks() if not check.message or check.at is None] == []
