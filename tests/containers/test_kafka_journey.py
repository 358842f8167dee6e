"""The way of a metadata request: it arrives in exactly the recorded cases in which the real clients did."""

from typing import Any

import pytest

from grader.containers.kafka.journey import COMPUTER, arrives
from grader.containers.verdict import Verdict
from tests.containers.projects import kafka, with_changes
from tests.containers.test_kafka_cases import cases, environment_of

WAY_RULES = {"client-port-unserved", "listener-out-of-reach", "advertised-unreachable", "listener-not-advertised"}
PORTS = {"ports": [{"mode": "ingress", "target": 9092, "published": "9092", "protocol": "tcp"}]}
TWO_DOORS = "PLAINTEXT://0.0.0.0:9092,CONTROLLER://0.0.0.0:29093,HOST://0.0.0.0:19092"


@pytest.mark.parametrize("case", list(cases()))
def test_clients_arrive_where_they_did(case: dict[str, Any]) -> None:
    """A recorded container that serves has a way; one whose clients fail has one only if another rule is broken."""
    outcome = case["expect"]["class"]
    if outcome not in (Verdict.WORKS.value, Verdict.CLIENTS_FAIL.value):
        pytest.skip(f"no client comes so far: {outcome}")
    model = kafka(
        environment_of(case),
        volumes=case.get("volumes", ["kafka_data:/var/lib/kafka/data"]),
        bootstrap=case.get("bootstrap", "kafka:9092"),
        plain=case.get("plain"),
    )
    if "broker-missing" in {problem.rule for problem in model.problems}:
        pytest.skip("there is no broker to be found")
    way = arrives(model.journey("app", *model.bootstrap("app")))

    assert way == (not WAY_RULES & {problem.rule for problem in model.problems})
    if outcome == Verdict.WORKS.value:
        assert way


@pytest.mark.parametrize("case", list(cases()))
def test_a_program_inside_arrives_where_it_did(case: dict[str, Any]) -> None:
    """`kafka-topics --bootstrap-server localhost:9092` in the broker's own container, where that was recorded."""
    if "localhost_check" not in case:
        pytest.skip("not recorded")
    model = kafka(environment_of(case), plain=case.get("plain"))
    contacts = model.journey("kafka", "localhost", 9092)

    assert (case["localhost_check"] == "passes") == arrives(contacts)


@pytest.mark.parametrize(
    ("changes", "client", "start", "ends"),
    [
        ({}, "app", ("kafka", 9092), ["answered"]),
        ({}, "app", ("social_commerce_kafka", 9092), ["answered", "answered"]),
        ({}, "app", ("localhost", 9092), ["itself"]),
        ({}, "app", ("127.0.0.1", 9092), ["itself"]),
        ({}, "app", ("kafk", 9092), ["no such name"]),
        ({}, "app", ("mongodb", 9092), ["other container"]),
        ({}, "app", ("kafka", 9093), ["no listener"]),
        ({}, "app", ("kafka", 29093), ["no listener"]),  # the controller's door is none for clients
        ({"KAFKA_ADVERTISED_LISTENERS": "PLAINTEXT://localhost:9092"}, "app", ("kafka", 9092), ["answered", "itself"]),
        ({"KAFKA_ADVERTISED_LISTENERS": "PLAINTEXT://kafka:9999"}, "app", ("kafka", 9092), ["answered", "no listener"]),
        ({}, COMPUTER, ("localhost", 9092), ["answered", "no such name"]),
        ({}, COMPUTER, ("kafka", 9092), ["no such name"]),
        ({}, COMPUTER, ("localhost", 29092), ["not published"]),
        ({"KAFKA_ADVERTISED_LISTENERS": "PLAINTEXT://localhost:9092"}, COMPUTER, ("localhost", 9092), ["answered"]),
    ],
)
def test_how_each_contact_ends(changes: dict[str, str], client: str, start: tuple[str, int], ends: list[str]) -> None:
    """From the bootstrap server on."""
    model = kafka(environment_of({"set": changes}), plain=PORTS)

    assert ends == [contact.end for contact in model.journey(client, *start)]


def test_a_listener_that_is_not_advertised_sends_nobody_anywhere() -> None:
    """The answer names no address for the door that the client came in by."""
    model = with_changes(
        KAFKA_LISTENERS=TWO_DOORS,
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP="PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,HOST:PLAINTEXT",
    )
    contacts = model.journey("app", "kafka", 19092)

    assert [("answered", None)] == [(contact.end, contact.sent_to) for contact in contacts]
    assert not arrives(contacts)
