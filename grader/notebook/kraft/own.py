"""`kraft.start`: what Kafka does with the learner's own settings, from the environment to the first client."""

from typing import TYPE_CHECKING

from grader.containers.kafka.listeners import Listener
from grader.containers.verdict import Verdict
from grader.masking import mask_text
from grader.notebook.blocks import Drawn, Table
from grader.notebook.drawing import Arrow, Box, Picture
from grader.notebook.kraft.answer import Frames
from grader.notebook.kraft.file import read_kafka
from grader.notebook.kraft.frames import Shown, show_frame
from grader.notebook.kraft.raft import Quorum
from grader.notebook.kraft.request import stopped_by, tell_request
from grader.notebook.kraft.story import MAX_NODE, Step, tell
from grader.notebook.result import Result
from grader.shortening import shorten

if TYPE_CHECKING:
    from grader.containers.kafka import Kafka
    from grader.containers.verdict import Problem
    from grader.notebook.views import FileView

WIDTH, HEIGHT, MIDDLE = 860, 110, 55
NOTHING = "nothing"
MAX_CHARACTERS = 26  # of a value in a picture
EARLY = (Verdict.IMAGE_SCRIPT_EXITS, Verdict.STORAGE_FORMAT_FAILS)
NO_ELECTION = "voters-too-many"
NO_REGISTRATION = ("voter-unreachable", "controller-missing")
CLIENT = "app"


class Start(Frames):
    """The frames of one start. Shown by itself it shows all."""

    __slots__ = ("_file",)

    def __init__(self, file: "FileView | str | None") -> None:
        self._file = file

    def _tell(self) -> list[Shown] | Result:
        found = read_kafka(self._file)
        if isinstance(found, Result):
            return found
        project, kafka = found
        told = [_settings(kafka)]
        stops = stopped_by(kafka)
        if stops is not None and stops.verdict in EARLY:
            return [*told, _stopped(stops, "before any election")]
        told += _election(kafka)
        if stops is not None and stops.rule == NO_ELECTION:
            return [*told, _stopped(stops, "without a leader")]
        told.append(_registration(kafka, stops))
        if stops is not None:
            return told if stops.rule in NO_REGISTRATION else [*told, _stopped(stops, "before clients can come")]
        return [*told, *tell_request(kafka, CLIENT)] if CLIENT in project.services else told


def start(file: "FileView | str | None" = None) -> Start:
    """Tell what becomes of the kafka service of the learner's file: settings, election, registration, first client.

    `file` is a view such as `q.what_if("kafka", KAFKA_NODE_ID=2)`, or a compose file as a text, else the workspace's.
    """
    return Start(file)


def _settings(kafka: "Kafka") -> Shown:
    voters = ", ".join(item.text for item in kafka.voter_items) or NOTHING
    rows = [
        ("node id", _known(kafka.node_id), "the number of this node among the controllers"),
        ("roles", _joined(kafka.roles), "controller: keeps the log of the cluster; broker: serves clients"),
        ("voters", voters, "who votes, and where each of them is to be dialled: id@host:port"),
        (
            "listeners",
            _listeners(kafka.listeners),
            "the doors: a name, and what it is bound to (0.0.0.0: all)",
        ),
        ("controller's door", _joined(kafka.controller_names), "the names of the listeners for controllers"),
        ("advertised", _listeners(kafka.advertised), "where clients are sent, listener by listener"),
    ]
    shown = [(name, mask_text(value), what) for name, value, what in rows]
    words = "This is what Kafka makes of your environment."
    table = Table(("setting", "value", "what it is for"), shown)
    return Shown("Your settings", words, table, {name: value for name, value, _ in shown})


def _election(kafka: "Kafka") -> list[Shown]:
    """Play the election of the voters in the file: there is this one node, every other voter is nobody."""
    voters = {voter.id for voter in kafka.voters or ()}
    own = kafka.node_id
    if own not in voters or max(voters) > MAX_NODE or min(voters) < 0:
        words = f"The voters are {', '.join(map(str, sorted(voters)))}; node {own} takes part as the settings say."
        return [Shown("Election", words, None, {})]
    quorum = Quorum(voters, down=voters - {own})
    return [show_frame(frame) for frame in tell(quorum, [Step("elect", own)])]


def _registration(kafka: "Kafka", stops: "Problem | None") -> Shown:
    voter = next((found for found in reversed(kafka.voters or ()) if found.id == kafka.node_id), None)
    address = f"{voter.host or 'localhost'}:{voter.port}" if voter else "a controller"
    fails = stops is not None and stops.rule in NO_REGISTRATION
    title = "The broker finds no controller" if fails else "The broker registers with the controller"
    words = (
        f"The same process is broker and controller, and still the broker dials the controller over the network, at "
        f"the address of the voter entry: {address}."
    )
    if fails and stops is not None:
        words += f" {mask_text(stops.explanation)} After 60 seconds the broker gives up: {stops.verdict.value}."
    else:
        words += " There the controller answers and writes the broker into the log."
    controller = ("controller", "no answer") if fails else ("controller", "writes it down")
    boxes = (
        Box(140, MIDDLE, 200, 84, "yours", ("broker", f"node {_known(kafka.node_id)}")),
        Box(430, MIDDLE, 250, 50, "label", ("dials", f"`{shorten(address, MAX_CHARACTERS)}`"), named=False),
        Box(730, MIDDLE, 220, 84, "wrong" if fails else "program", controller),
    )
    arrows = (Arrow(((240, MIDDLE), (303, MIDDLE))), Arrow(((555, MIDDLE), (618, MIDDLE))))
    table = Table(("from", "what", "to", "result"), [("broker", "dials", address, controller[1])])
    picture = Picture("registration", title, words, WIDTH, HEIGHT, boxes, arrows)
    return Shown(title, words, Drawn(picture, table), {"address": address, "registered": not fails})


def _stopped(problem: "Problem", when: str) -> Shown:
    words = f"{mask_text(problem.explanation)} The container ends: {problem.verdict.value}."
    if problem.variable:
        words += f" Look at {problem.variable}; q.kafka.check() says more."
    return Shown(f"It ends {when}", words, None, {"rule": problem.rule, "verdict": problem.verdict.value})


def _known(number: int | None) -> str:
    return NOTHING if number is None else str(number)


def _joined(names: tuple[str, ...] | None) -> str:
    return ", ".join(names or ()) or NOTHING


def _listeners(entries: tuple[Listener, ...] | None) -> str:
    return ", ".join(f"{entry.name}://{entry.host}:{entry.port}" for entry in entries or ()) or NOTHING
