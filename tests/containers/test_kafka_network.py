"""Who reaches whom: bound, dialled and advertised addresses."""

import pytest

from grader.compose.model import Network
from grader.containers.kafka import Kafka, Listener, read
from tests.containers.projects import BASE, changed, kafka, mounts, project, rules, service

VOLUME = mounts(["kafka_data:/var/lib/kafka/data"])


def bound(host: str) -> Listener:
    """A client listener on an address."""
    return Listener("PLAINTEXT", host, 9092, f"PLAINTEXT://{host}:9092")


@pytest.mark.parametrize(
    ("host", "others", "inside", "local"),
    [
        ("", True, True, True),
        ("0.0.0.0", True, True, True),
        ("0", True, True, True),
        ("::", True, True, True),
        ("kafka", True, False, True),
        ("KAFKA", True, False, True),
        ("social_commerce_kafka", True, False, True),
        ("localhost", False, True, True),
        ("127.0.0.1", False, True, True),
        ("::1", False, False, True),
        ("127.0.0.2", False, False, True),
        ("mongodb", False, False, False),
        ("nosuch", False, False, False),
        ("10.9.9.9", False, False, False),
    ],
)
def test_a_listener_serves_whom_its_address_reaches(host: str, others: bool, inside: bool, local: bool) -> None:
    """Bound to its name, a listener does not answer at localhost; Kafka's own client asks 127.0.0.1 there."""
    model = kafka()

    assert others == model.serves_other_containers(bound(host))
    assert inside == model.serves_localhost(bound(host))
    assert local == model.is_local_name(host)


@pytest.mark.parametrize(
    ("dialled", "listening", "expected"),
    [
        ("kafka", "", True),
        ("localhost", "", True),
        ("0.0.0.0", "", True),
        ("kafka", "kafka", True),
        ("localhost", "kafka", False),
        ("0.0.0.0", "kafka", False),
        ("kafka", "localhost", False),
        ("localhost", "127.0.0.1", True),
        ("127.0.0.2", "127.0.0.1", False),
        ("localhost", "::1", False),
        ("::1", "::1", True),
        ("::1", "", True),
        ("0.0.0.0", "localhost", True),
        ("mongodb", "", False),
        ("nosuch", "", False),
    ],
)
def test_the_address_dialled_must_be_the_address_bound(dialled: str, listening: str, expected: bool) -> None:
    """Also inside one container."""
    model = kafka()

    assert expected == model.reaches(dialled, 9092, bound(listening))
    assert not model.reaches(dialled, 9093, bound(listening))


def test_voters_are_compared_with_the_controller_listeners() -> None:
    """Any of them is good."""
    good, wrong = kafka(), kafka(changed(KAFKA_CONTROLLER_QUORUM_VOTERS="1@kafka:9092"))

    assert good.voters is not None
    assert wrong.voters is not None
    assert good.reaches_controller(good.voters[0])
    assert not wrong.reaches_controller(wrong.voters[0])


def test_listeners_are_found_by_port() -> None:
    """Or not at all."""
    model = kafka()

    assert ["PLAINTEXT", "CONTROLLER", None] == [
        found.name if (found := model.listener_for(port)) else None for port in (9092, 29093, 1)
    ]


def test_aliases_and_the_host_name_are_names_of_the_broker() -> None:
    """Docker 25 and later tell the others the host name."""
    model = kafka(networks=(Network("n", ("broker",)),), plain={"hostname": "foo"})

    assert ("kafka", "social_commerce_kafka", "broker", "foo") == model.names_of_broker


@pytest.mark.parametrize(
    ("host", "plain", "expected"),
    [
        ("broker", {}, []),
        ("foo", {"hostname": "foo"}, []),
        ("172.20.0.5", {"networks": {"n": {"ipv4_address": "172.20.0.5"}}}, []),
        ("", {}, []),
        ("host.docker.internal", {}, ["advertised-unreachable"]),
        ("mysql", {}, ["advertised-unreachable"]),
        ("::1", {}, ["advertised-unreachable"]),
    ],
)
def test_clients_must_reach_the_advertised_host(host: str, plain: dict[str, object], expected: list[str]) -> None:
    """By any name that leads to the broker on a shared network."""
    networks = (Network("n", ("broker",)),)
    environment = changed(KAFKA_ADVERTISED_LISTENERS=f"PLAINTEXT://{host}:9092")
    broker = service("kafka", environment, VOLUME, plain=plain, networks=networks)
    others = [service(name, networks=networks) for name in ("app", "mysql")]

    assert expected == rules(read(project(broker, *others)).problems)


TUTORIAL = {
    "KAFKA_LISTENERS": "PLAINTEXT://0.0.0.0:29092,CONTROLLER://0.0.0.0:29093,HOST://0.0.0.0:9092",
    "KAFKA_ADVERTISED_LISTENERS": "PLAINTEXT://kafka:29092,HOST://localhost:9092",
    "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,HOST:PLAINTEXT",
}


@pytest.mark.parametrize(
    ("bootstrap", "expected"),
    [
        ("kafka:29092", []),
        ("PLAINTEXT://kafka:29092", []),
        ("nosuch:29092,kafka:29092", []),
        ("kafka:9092", ["advertised-unreachable"]),
        ("kafka", ["advertised-unreachable"]),
        ("kafka:29093", ["advertised-unreachable"]),
        ("mongodb:29092", ["advertised-unreachable"]),
        (None, ["advertised-unreachable"]),
    ],
)
def test_the_verdict_is_for_the_bootstrap_server_of_the_app(bootstrap: str | None, expected: list[str]) -> None:
    """Where that names a client listener of this broker; else for the usual port."""
    assert expected == rules(kafka(changed(**TUTORIAL), bootstrap=bootstrap).problems)


def chained(second: str) -> Kafka:
    """The first answer sends clients to another listener, whose own answer is `second`."""
    return kafka(
        changed(
            KAFKA_LISTENERS="PLAINTEXT://:9092,CONTROLLER://:29093,HOST://:29094",
            KAFKA_ADVERTISED_LISTENERS=f"PLAINTEXT://kafka:29094,HOST://{second}:29094",
            KAFKA_LISTENER_SECURITY_PROTOCOL_MAP=TUTORIAL["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"],
        )
    )


def test_the_way_of_a_client_is_followed_to_its_end() -> None:
    """Each listener answers with its own advertised address."""
    assert [] == rules(chained("kafka").problems)
    assert ["advertised-unreachable"] == rules(chained("localhost").problems)


def test_without_the_app_the_usual_address_counts() -> None:
    """The broker is then known by its own names."""
    services = project(service("kafka", BASE, VOLUME))
    del services.services["app"]

    assert [] == rules(read(services).problems)


def test_the_service_may_be_called_otherwise() -> None:
    """Its name is passed in."""
    environment = {name: value.replace("kafka:", "broker:") for name, value in BASE.items()}

    assert [] == rules(read(project(service("broker", environment, VOLUME)), "broker").problems)


@pytest.mark.parametrize("first", range(4))
def test_brokers_that_are_set_up_alike_are_judged_by_what_is_around_them(first: int) -> None:
    """What is kept for equal environments depends on nothing else, whichever of them is read first."""
    environment = changed(KAFKA_LOG_RETENTION_HOURS=str(100 + first))

    def read_all(*numbers: int) -> list[list[str]]:
        brokers = (
            lambda: kafka(environment),
            lambda: kafka(environment, volumes=["kafka_data:/var/lib/kafka/data:ro"]),
            lambda: kafka({**environment, "CLUSTER_ID": "short"}),
            lambda: kafka({**environment, "CLUSTER_ID": ""}),
        )
        return [rules(brokers[number]().problems)[:1] for number in numbers]

    read_all(first)

    assert [[], ["data-dir-unwritable"], ["cluster-id-form"], ["cluster-id-missing"]] == read_all(0, 1, 2, 3)
