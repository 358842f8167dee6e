"""Both applications wait a bounded time and say what for."""

import logging
import signal
import socket

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
    ("servers", "server"),
    [
        ("kafka:9093", ("kafka", 9093, "Kafka")),
        ("kafka", ("kafka", 9092, "Kafka")),
        ("PLAINTEXT://kafka:9093", ("kafka", 9093, "Kafka")),
        ("kafka:9092,other:9093", ("kafka", 9092, "Kafka")),
        (" kafka:9092 ", ("kafka", 9092, "Kafka")),
    ],
)
def test_the_first_of_the_bootstrap_servers(
    servers: str, server: tuple[str, int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked up to tell an unknown name from a closed port."""
    ready = load("shared.kafka.ready", "confluent_kafka")
    asked: list[tuple[str, int, str]] = []
    monkeypatch.setattr(ready, "silence", lambda *address: asked.append(address))
    ready.server_silence(servers)

    assert [server] == asked


@pytest.mark.parametrize("servers", ["kafka:abc", "http://kafka:9092", "kafka:9092/path", ":9092"])
def test_a_bootstrap_server_has_a_form(servers: str) -> None:
    """Nothing is looked up."""
    ready = load("shared.kafka.ready", "confluent_kafka")

    assert f"{servers} is no address of the form host:port" == ready.server_silence(servers)


def test_an_unknown_host_is_told_from_a_closed_port() -> None:
    """`.invalid` never exists."""
    hosts = load("shared.hosts")
    unknown = hosts.silence("kafka.invalid", 9092, "Kafka")

    assert "no running service on its networks is called kafka.invalid" == unknown


def test_localhost_is_explained() -> None:
    """In a container it is the container itself, which surprises everybody once. Nobody listens at port 1."""
    hosts = load("shared.hosts")
    silence = hosts.silence("localhost", 1, "Kafka")

    assert "nobody answers there: localhost is this container itself" == silence


def test_a_wrong_port_may_belong_to_another_program() -> None:
    """The address then answers, but not as expected."""
    hosts = load("shared.hosts")
    with socket.create_server(("127.0.0.1", 0)) as other:
        silence = hosts.silence("127.0.0.1", other.getsockname()[1], "Kafka")

    assert "something listens there, but Kafka does not answer" == silence


def test_a_signal_ends_the_waiting() -> None:
    """Docker kills a container that does not end; ours shall end before."""
    stop = load("shared.stopping").StopSignal()
    stop._on_signal(signal.SIGTERM, None)

    with pytest.raises(waiting.Stopped):
        waiting.wait_for(WHAT, lambda: "nobody answers there", stop=stop)
