"""Both applications wait a bounded time and say what for."""

import logging

import pytest

from tests.apps.modules import load

settings = load("shared.settings")
waiting = load("shared.waiting")
WHAT = "Kafka at localhost:9092 (KAFKA_BOOTSTRAP_SERVERS)"


def test_one_line_says_what_is_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    """The same reason is not repeated with every attempt."""
    answers = iter(["nobody answers there", "nobody answers there", None])
    with caplog.at_level(logging.INFO):
        waiting.wait_for(WHAT, lambda: next(answers), pause_seconds=0)

    assert [f"waiting for {WHAT}: nobody answers there", f"reached {WHAT}"] == caplog.messages


def test_a_new_reason_is_said_at_once(caplog: pytest.LogCaptureFixture) -> None:
    """The student has changed something, and something else is wrong now."""
    answers = iter(["one", "two", None])
    with caplog.at_level(logging.INFO):
        waiting.wait_for(WHAT, lambda: next(answers), pause_seconds=0)

    assert 3 == len(caplog.messages)


def test_patience_ends() -> None:
    """The last reason is in the text."""
    with pytest.raises(settings.GaveUp, match=r"gave up waiting for Kafka at .*: nobody answers there"):
        waiting.wait_for(WHAT, lambda: "nobody answers there", patience_seconds=0, pause_seconds=0)


@pytest.mark.parametrize(
    ("servers", "host"),
    [
        ("kafka:9092", "kafka"),
        ("kafka", "kafka"),
        ("PLAINTEXT://kafka:9092", "kafka"),
        ("kafka:9092,other:9092", "kafka"),
        (" kafka:9092 ", "kafka"),
    ],
)
def test_the_host_of_a_bootstrap_server(servers: str, host: str) -> None:
    """It is looked up to tell an unknown name from a closed port."""
    ready = load("shared.kafka.ready", "confluent_kafka")

    assert host == ready.first_host(servers)


def test_an_unknown_host_is_told_from_a_closed_port() -> None:
    """`.invalid` never exists."""
    hosts = load("shared.hosts")

    assert "nobody answers there" == hosts.silence("127.0.0.1")
    assert "no service on its networks is called kafka.invalid" == hosts.silence("kafka.invalid")
