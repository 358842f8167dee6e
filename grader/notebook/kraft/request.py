"""`kraft.request`: the life of one metadata request, from the bootstrap server to the advertised address."""

from typing import TYPE_CHECKING

from grader.containers.kafka.journey import COMPUTER as OUTSIDE
from grader.containers.kafka.journey import arrives
from grader.containers.verdict import Verdict
from grader.masking import mask_text
from grader.notebook.blocks import Drawn, Table
from grader.notebook.drawing import Arrow, Box, Kind, Picture
from grader.notebook.kraft.answer import Frames, refused
from grader.notebook.kraft.file import read_kafka
from grader.notebook.kraft.frames import Shown
from grader.notebook.result import Result
from grader.shortening import shorten

if TYPE_CHECKING:
    from grader.containers.kafka import Kafka
    from grader.containers.kafka.journey import Contact
    from grader.containers.verdict import Problem
    from grader.notebook.views import FileView

COMPUTER = "computer"  # as it is typed
INSIDE = "kafka"
WIDTH, HEIGHT = 860, 116
CLIENT_X, TALK_X, BROKER_X = 120, 430, 740
MAX_CHARACTERS = 24  # of an address in a picture
MAX_NAME_CHARACTERS = 18
FAILS = (Verdict.CLIENTS_FAIL,)
# what the way of a request shows by itself
WAY_RULES = ("client-port-unserved", "listener-out-of-reach", "advertised-unreachable", "listener-not-advertised")
HEAD = ("from", "what", "to", "result")


class Request(Frames):
    """The frames of one request. Shown by itself it shows all."""

    __slots__ = ("_bootstrap", "_client", "_file")

    def __init__(self, client: str, bootstrap: str | None, file: "FileView | str | None") -> None:
        self._client = client
        self._bootstrap = bootstrap
        self._file = file

    def _tell(self) -> list[Shown] | Result:
        found = read_kafka(self._file)
        if isinstance(found, Result):
            return found
        project, kafka = found
        if self._client not in (*project.services, COMPUTER):
            return refused(f"There is no client {self._client}. There is: {', '.join((*project.services, COMPUTER))}.")
        start = _address(self._bootstrap) if self._bootstrap else None
        if self._bootstrap and start is None:
            return refused("A bootstrap server is a host and a port, such as kafka:9092.")
        return tell_request(kafka, self._client, start)


def request(client: str = "app", bootstrap: str | None = None, *, file: "FileView | str | None" = None) -> Request:
    """Tell how a client finds the broker of the learner's file: `kraft.request("app")`.

    `client` is a service (`kafka`: a program inside the broker's own container) or `"computer"` (one outside of
    Docker). `bootstrap` is what it dials first, for example `"localhost:9092"`, else what the service's
    `KAFKA_BOOTSTRAP_SERVERS` says. `file` is a view such as `q.what_if(...)`, or a compose file as a text.
    """
    return Request(client, bootstrap, file)


def tell_request(kafka: "Kafka", client: str, start: tuple[str, int] | None = None) -> list[Shown]:
    """Return the frames of a request to a broker; of its listeners nothing is known where they do not parse."""
    stops = stopped_by(kafka)
    if stops is not None:
        words = f"The broker never runs ({stops.verdict.value}), so nobody answers a request. {stops.explanation}"
        return [Shown("There is no broker", mask_text(words), None, {"works": False})]
    name = OUTSIDE if client == COMPUTER else client
    host, port = start or (("localhost", 9092) if client in (COMPUTER, INSIDE) else kafka.bootstrap(client))
    contacts = kafka.journey(name, host, port)
    works = arrives(contacts)
    shown: list[Shown] = []
    for number, contact in enumerate(contacts):
        shown.append(_contact(contact, name, first=number == 0))
        if contact.end == "answered":
            shown.append(_answered(contact, name))
    if not works:
        words = f"The client cannot work. {_blame(contacts)}"
        return [*shown, Shown("It fails", words, None, {"works": False})]
    host, port = contacts[-1].sent_to or (host, port)
    address = f"{host}:{port}"
    words = f"The client opens a connection to {address}, as it was told, and keeps it: there it writes and reads."
    others = [problem for problem in kafka.problems if problem.rule not in WAY_RULES and problem.verdict in FAILS]
    if others:
        words += f" The way is right; what does not work yet: {mask_text(others[0].explanation)}"
    cells = (name, "connects", address, "works" if not others else others[0].explanation)
    target = ("kafka", f"`{_short(address)}`", "connected")
    talk = ("messages", f"`{_short(address)}`")
    title = "The client has arrived" if others else "It works"
    shown.append(_shown(title, words, name, talk, target, "data", cells, {"works": not others}, back=False))
    return shown


def stopped_by(kafka: "Kafka") -> "Problem | None":
    """Return what keeps the broker from running, None if it runs."""
    runs = (Verdict.WORKS, Verdict.CLIENTS_FAIL)
    return next((problem for problem in kafka.problems if problem.verdict not in runs), None)


def _contact(contact: "Contact", client: str, *, first: bool) -> Shown:
    address = f"{contact.host}:{contact.port}"
    why = "its bootstrap server" if first else "the address that it was told"
    answered = contact.end == "answered"
    words = f"The client ({client}) dials {address}, {why}. {_result(contact, client)}"
    kind: Kind = "program" if answered else "wrong"
    target = (_target(contact), f"`{_short(address)}`", "answers" if answered else "nobody answers")
    result = "answers" if answered else _result(contact, client)
    return _shown(
        "The client asks its bootstrap server" if first else "The client goes where it was sent",
        words, client, ("dials", f"`{_short(address)}`"), target, kind, (client, "dials", address, result),
        {"address": address, "end": contact.end}, back=False,
    )  # fmt: skip


def _answered(contact: "Contact", client: str) -> Shown:
    listener = contact.listener.name if contact.listener else ""
    if contact.sent_to is None:
        words = f"The listener {listener} is not advertised: the answer names no address for it."
        told = "no address"
    else:
        told = f"{contact.sent_to[0]}:{contact.sent_to[1]}"
        words = (
            f"The request came in by the listener {listener}. The answer (metadata) says which topics there are, and "
            f"that the broker is to be found at {told}: that is what {listener} advertises."
        )
    target = ("kafka", f"listener {_short(listener)}", "answers")
    cells = ("kafka", "answers", client, f"go to {told}")
    return _shown(
        "The broker answers with its advertised address",
        words, client, ("answer: go to", f"`{_short(told)}`"), target, "program", cells,
        {"sent_to": told}, back=True,
    )  # fmt: skip


def _shown(
    title: str,
    words: str,
    client: str,
    talk: tuple[str, str],
    target: tuple[str, str, str],
    kind: Kind,
    cells: tuple[str, str, str, str],
    data: dict[str, object],
    *,
    back: bool,
) -> Shown:
    y = HEIGHT // 2
    boxes = (
        Box(CLIENT_X, y, 200, 84, "yours", ("client", shorten(client, MAX_NAME_CHARACTERS))),
        Box(TALK_X, y, 260, 50, "label", talk, named=False),
        Box(BROKER_X, y, 220, 92, kind, target),
    )
    left, right = ((CLIENT_X + 100, y), (TALK_X - 132, y)), ((TALK_X + 130, y), (BROKER_X - 112, y))
    if back:
        left, right = ((TALK_X - 130, y), (CLIENT_X + 102, y)), ((BROKER_X - 110, y), (TALK_X + 132, y))
    picture = Picture("request", title, words, WIDTH, HEIGHT, boxes, (Arrow(left), Arrow(right)))
    return Shown(title, words, Drawn(picture, Table(HEAD, [cells])), data)


def _target(contact: "Contact") -> str:
    if contact.end == "itself":
        return "the client itself"
    if contact.end == "no such name":
        return "no such name"
    if contact.end == "not published":
        return "the computer"
    return shorten(contact.found or "kafka", MAX_NAME_CHARACTERS)


def _result(contact: "Contact", client: str) -> str:
    host, port = contact.host, contact.port
    if contact.end == "answered":
        listener = contact.listener.name if contact.listener else ""
        return f"There the listener {listener} of the broker answers."
    if contact.end == "itself":
        return f"In every container {host} means that container itself: the client dials itself, and nobody is there."
    if contact.end == "no such name":
        where = "Outside of Docker" if client == OUTSIDE else "On this network"
        return f"{where} nothing is called {host}."
    if contact.end == "other container":
        return f"That is the container of {contact.found}, and no broker."
    if contact.end == "not published":
        return f"Port {port} of the computer leads into no container."
    if contact.end == "no listener":
        return f"The broker has no listener for clients on port {port}."
    return contact.complaint or "The listener is out of reach."


def _blame(contacts: "list[Contact]") -> str:
    last = contacts[-1]
    if last.end == "answered":
        return "The listener that it came in by is not advertised (KAFKA_ADVERTISED_LISTENERS)."
    if len(contacts) == 1:
        return "It does not even reach its bootstrap server: look at that address, and at KAFKA_LISTENERS."
    return "The first contact went well, and the advertised address (KAFKA_ADVERTISED_LISTENERS) leads it astray."


def _address(text: str) -> tuple[str, int] | None:
    host, _, digits = text.strip().rpartition(":")
    return (host, int(digits)) if host and digits.isdecimal() and len(digits) <= 5 else None


def _short(text: str) -> str:
    return shorten(text, MAX_CHARACTERS)
