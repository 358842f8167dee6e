"""What cp-kafka 7.6 with Kafka 3.6 does with its environment and mounts, read once for a whole project."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.compose.model import Project
from grader.containers.disk import layers, shared_with
from grader.containers.kafka.addresses import LOOPBACK_NAMES, Network
from grader.containers.kafka.clients import answers_inside, client_problems, first_server
from grader.containers.kafka.configuration import DATA, Configuration
from grader.containers.kafka.image_folders import DECLARED
from grader.containers.kafka.java_options import option_problems
from grader.containers.kafka.listeners import Listener, Unparsed
from grader.containers.kafka.properties import Property
from grader.containers.kafka.reach import dials, serves_localhost, serves_others
from grader.containers.kafka.rules import config_rules
from grader.containers.kafka.script import script_problems
from grader.containers.kafka.startup import startup_problems
from grader.containers.kafka.storage import format_problems, persisted
from grader.containers.kafka.voters import BadVoter, Voter
from grader.containers.verdict import Problem, Verdict

if TYPE_CHECKING:
    from grader.containers.kafka.journey import Contact

CLIENTS = ("app",)


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

    __slots__ = (
        "_config",
        "_network",
        "advertised",
        "advertised_items",
        "cluster_id",
        "controller_names",
        "inter_broker",
        "listener_items",
        "listeners",
        "listeners_given",
        "log_dirs",
        "message",
        "node_id",
        "persisted",
        "problems",
        "protocol_map",
        "protocol_map_given",
        "roles",
        "verdict",
        "voter_items",
        "voters",
    )

    def __init__(self, config: Configuration, network: Network, problems: Sequence[Problem], in_volume: bool) -> None:
        self._config = config
        self._network = network
        self.node_id: int | None = config.node_id
        self.roles: tuple[str, ...] | None = config.roles
        self.voters: tuple[Voter, ...] | None = config.voters
        self.voter_items: tuple[Voter | BadVoter, ...] = config.voter_items
        self.controller_names: tuple[str, ...] = config.controller_names
        self.listeners: tuple[Listener, ...] | None = config.listeners
        self.listeners_given: bool = "listeners" in config.texts
        self.listener_items: tuple[Listener | Unparsed, ...] = config.listener_items
        self.advertised: tuple[Listener, ...] | None = config.advertised
        self.advertised_items: tuple[Listener | Unparsed, ...] = config.advertised_items
        self.protocol_map: dict[str, str] | None = config.protocol_map
        self.protocol_map_given: bool = config.protocol_map_given
        self.inter_broker: str | None = config.inter_broker
        self.cluster_id: str | None = config.cluster_id
        self.log_dirs: tuple[str, ...] = config.log_dirs
        self.problems: tuple[Problem, ...] = tuple(problems)
        first = next((problem for problem in problems if problem.verdict is not Verdict.WORKS), None)
        self.verdict: Verdict = Verdict.WORKS if first is None else first.verdict
        self.message: str | None = None if first is None else first.message
        self.persisted: bool = in_volume

    @property
    def properties(self) -> tuple[Property, ...]:
        """Everything Kafka gets."""
        return self._config.properties

    @property
    def kept(self) -> dict[type, object]:
        """What others have worked out of the parsed parts alone, by its class; equal brokers share it."""
        return self._config.kept

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
        return answers_inside(self._config, self._network, port)

    def bootstrap(self, client: str) -> tuple[str, int]:
        """Return the first address in a client's `KAFKA_BOOTSTRAP_SERVERS`; the usual one where none can be read."""
        return first_server(self._network, client)

    def journey(self, client: str, host: str, port: int) -> "list[Contact]":
        """Follow the metadata request of a client, contact by contact."""
        from grader.containers.kafka.journey import journey  # here, because only explanations ask for it

        return journey(self._config, self._network, client, host, port)

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
    config = Configuration(here)
    network = Network(project, here)
    found = layers(here, DECLARED)
    problems = [
        *script_problems(config, here, found),
        *_shared_volume(project, service),
        *config.found_by(option_problems),
        *config.found_by(config_rules),
        *format_problems(config, found),
        *startup_problems(config, network, here, found),
        *client_problems(config, network, clients),
    ]
    return Kafka(config, network, problems, persisted(config, found))


def _shared_volume(project: Project, service: str) -> list[Problem]:
    """MongoDB and MySQL make themselves the owner of their folder: in a shared volume Kafka cannot write any more."""
    other = shared_with(project, project.services[service], DATA)
    if other is None:
        return []
    message = f"Command [/usr/local/bin/dub path {DATA} writable] FAILED !"
    explanation = f"The volume at {DATA} holds the data of {other} as well; two servers cannot share a folder."
    return [Problem("volume-shared", Verdict.IMAGE_SCRIPT_EXITS, message, explanation, None, None)]
