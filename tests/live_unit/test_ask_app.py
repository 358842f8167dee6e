"""The app on the host that does not answer is described in words."""

import socket
import threading
from collections.abc import Iterator

import pytest

from grader.live.steps import pages
from grader.live.steps.pages import APP_PORT, ask_app
from tests.live_unit.scripted import Scripted, container, says, session


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A port of this computer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def ask(address: str | None) -> pages.Answer:
    """Ask an app that is published there, or nowhere."""
    app = container("app")._replace(ports={} if address is None else {APP_PORT: address})
    return ask_app(session(Scripted(lambda service, argv: says(""), {"app": app})), "/docs")


def address_of(server: socket.socket) -> str:
    """Where it listens."""
    host, port = server.getsockname()
    return f"{host}:{port}"


def test_a_dropped_connection_is_silence(listener: socket.socket) -> None:
    """Docker's proxy takes every call, and drops it while the app does not listen."""

    def drop() -> None:
        listener.accept()[0].close()

    thread = threading.Thread(target=drop)
    thread.start()
    answer = ask(address_of(listener))
    thread.join()

    assert (None, f"nobody answers at {address_of(listener)}") == answer


def test_a_closed_port_is_silence(listener: socket.socket) -> None:
    """Nothing of the system's own words and numbers."""
    address = address_of(listener)
    listener.close()

    assert (None, f"nobody answers at {address}") == ask(address)


def test_waiting_ends(listener: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app listens and says nothing."""
    monkeypatch.setattr(pages, "ANSWER_SECONDS", 0.2)

    assert (None, f"no answer from {address_of(listener)} within 0 seconds") == ask(address_of(listener))


def test_a_port_that_is_not_published_is_named() -> None:
    """The skeleton's `ports` were changed."""
    assert (None, "the app publishes no port 8000") == ask(None)
