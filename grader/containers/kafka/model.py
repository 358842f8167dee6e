"""What cp-kafka 7.6 with Kafka 3.6 does with its environment and mounts, read once for a whole project."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar, cast

from grader.compose.marks import Marks
from grader.compose.model import Project, Service
from grader.containers.disk import NO_FILES, Layer, layers, mounted_files, shared_with
from grader.containers.kafka.addresses import LOOPBACK_NAMES, network_of
from grader.containers.kafka.clients import answers_inside, first_server, servers_of
from grader.containers.kafka.configuration import (
    CLUSTER_ID,
    DATA,
    Configuration,
    configuration_of,
    configured,
    properties_of,
)
from grader.containers.kafka.image_folders import DECLARED
from grader.containers.kafka.listeners import Listener, Unparsed
from grader.containers.kafka.properties import Property
from grader.containers.kafka.reach import dials, serves_localhost, serves_others
from grader.containers.kafka.start import Start, Surroundings, start_of
from grader.containers.kafka.storage import cluster_id_fault
from grader.containers.kafka.voters import BadVoter, Voter
from grader.containers.verdict import Fault, Problem, Verdict

if TYPE_CHECKING:
    from grader.containers.kafka.journey import Contact

CLIENTS = ("app",)
MAX_ANSWERS = 64  # that are kept of one start: the checks of a rubric ask a dozen questions

Answer = TypeVar("Answer")


class Kafka:
    """One broker.

    `properties`: everything Kafka gets, what the image adds included, in the order of the file. `node_id`: the number,
    None if it is no good. `roles`: None if absent or not all known. `voters`, `listeners`, `advertised`: None if absent
    or if an item does not parse (`listeners`: Kafka's default where none are given, not even by the image:
    `listeners_given`); `voter_items`, `listener_items`, `advertised_items` hold the good and the bad ones.
    `protocol_map`: None if it does not parse, Kafka's default where none is given (`protocol_map_given`).
    `inter_broker`: the name that is written, in capitals, None if none is. `problems`: everything that the container
    would stumble over, in its order; those of verdict `works` do no harm. `message` is the first problem's.
    `persisted`: the data lies in a named volume.
    """

    node_id: int | None
    roles: tuple[str, ...] | None
    voters: tuple[Voter, ...] | None
    voter_items: tuple[Voter | BadVoter, ...]
    controller_names: tuple[str, ...]
    listeners: tuple[Listener, ...] | None
    listeners_given: bool
    listener_items: tuple[Listener | Unparsed, ...]
    advertised: tuple[Listener, ...] | None
    advertised_items: tuple[Listener | Unparsed, ...]
    protocol_map: dict[str, str] | None
    protocol_map_given: bool
    inter_broker: str | None
    log_dirs: tuple[str, ...]
    persisted: bool
    problems: tuple[Problem, ...]
    verdict: Verdict
    message: str | None

    def __init__(
        self, project: Project, service: Service, environment: Mapping[str, str], start: Start, around: Surroundings
    ) -> None:
        vars(self).update(start.parts)  # what is the same for all equal brokers
        self._project = project
        self._service = service
        self._environment = environment
        self._start = start
        self._network = around.network
        self.cluster_id: str | None = environment.get(CLUSTER_ID) or None
        wrong = None if self.cluster_id is None else cluster_id_fault(self.cluster_id)
        self.problems = ()
        self.verdict = Verdict.WORKS
        self.message = None
        if wrong is None and not start.before and not start.after:
            return
        faults = (*start.before, *(() if wrong is None else (wrong,)), *start.after)
        self.problems = tuple([_placed(fault, start.config, service, around.layers) for fault in faults])
        for problem in self.problems:
            if problem.verdict is not Verdict.WORKS:
                self.verdict = problem.verdict
                self.message = problem.message
                break

    @property
    def properties(self) -> tuple[Property, ...]:
        """Everything Kafka gets."""
        return properties_of(self._environment, self._service.environment)

    @property
    def kept(self) -> dict[Hashable, object]:
        """What others have worked out of the parsed parts alone, by a key of theirs; equal brokers share it."""
        return self._start.config.kept

    def once(self, question: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """Return what is worked out of this broker and its surroundings, not of the cluster id or places in a file.

        Who is set up alike shares it. `question` is a key that nobody else uses.
        """
        kept = self._start.kept
        if question in kept:
            return cast(Answer, kept[question])
        if len(kept) >= MAX_ANSWERS:
            kept.clear()
        found = kept[question] = work_out()
        return found

    def listener_for(self, port: int) -> Listener | None:
        """Return the listener on a port, None if there is none."""
        return next((listener for listener in self.listeners or () if listener.port == port), None)

    def serves_other_containers(self, listener: Listener) -> bool:
        """Tell whether other containers can reach a listener where it is bound."""
        return serves_others(self._network.place(listener.host))

    def serves_localhost(self, listener: Listener) -> bool:
        """Tell whether a listener answers at `localhost` inside its own container."""
        return serves_localhost(self._network, listener)

    def answers_inside(self, port: int) -> bool:
        """Tell whether `--bootstrap-server localhost:PORT` works inside the container, as far as the listeners go.

        Both steps count: the first contact, and the advertised address that its answer names.
        """
        return answers_inside(self._start.config, self._network, port)

    def bootstrap(self, client: str) -> tuple[str, int]:
        """Return the first address in a client's `KAFKA_BOOTSTRAP_SERVERS`; the usual one where none can be read."""
        return first_server(self._network, servers_of(self._project, (client,)))

    def journey(self, client: str, host: str, port: int) -> "list[Contact]":
        """Follow the metadata request of a client, contact by contact."""
        from grader.containers.kafka.journey import journey  # here, because only explanations ask for it

        ports = self._service.plain.get("ports") or ()
        return journey(self._start.config, self._network, ports, client, host, port)

    def reaches(self, host: str, port: int, listener: Listener) -> bool:
        """Tell whether a connection from inside the container to host and port ends at a listener."""
        return dials(self._network, host, port, listener)

    def reaches_controller(self, voter: Voter) -> bool:
        """Tell whether a voter's address leads to a controller listener of this node."""
        controllers = (entry for entry in self.listeners or () if entry.name in self.controller_names)
        return any(self.reaches(voter.host, voter.port, entry) for entry in controllers)

    def is_local_name(self, host: str) -> bool:
        """Tell whether a host means this container: one of its names, a loopback address, or every address."""
        return self._network.place(host) in ("any", "loopback", "own")

    @property
    def names_of_broker(self) -> tuple[str, ...]:
        """The names under which other containers of its networks reach the broker."""
        return self._network.names

    def is_loopback(self, host: str) -> bool:
        """Tell whether a host is, for whoever dials it, its own container."""
        return host.lower() in LOOPBACK_NAMES or self._network.place(host) == "loopback"


def read(project: Project, service: str = "kafka", clients: Sequence[str] = CLIENTS) -> Kafka:
    """Read the broker of a project.

    `clients` are the services whose bootstrap server counts for the verdict. Raises KeyError if there is no such
    service.
    """
    here = project.services[service]
    environment = configured(here.environment)
    config = configuration_of(environment)
    surroundings = (
        network_of(project, here),
        layers(here, DECLARED),
        mounted_files(here) if config.asks_for_files else NO_FILES,
        shared_with(project, here, DATA),
        servers_of(project, clients),
        bool(environment.get(CLUSTER_ID)),
    )
    around = tuple.__new__(Surroundings, surroundings)  # half the time of its own constructor
    return Kafka(project, here, environment, start_of((config, around)), around)


def _placed(fault: Fault, config: Configuration, service: Service, found: Sequence[Layer]) -> Problem:
    """Return a fault with its places in a submission."""
    rule, verdict, message, explanation, of, name = fault
    variable: str | None = None
    marks: Marks | None = None
    if of == "property":
        variable, written = config.written(name, service.environment)
        marks = None if written is None else written.marks
    elif of == "variable":
        there = service.environment.get(name)
        variable, marks = name, (None if there is None or there.value is None else there.marks)
    elif of == "mount":
        number = next((layer.number for layer in found if layer.target == name and layer.number is not None), None)
        if number is not None:
            mount = service.volumes[number]
            marks = Marks(mount.at, mount.origin)
    return Problem(rule, verdict, message, explanation, variable, marks)
