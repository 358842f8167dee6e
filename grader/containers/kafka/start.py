"""A whole start of the broker, stage by stage, for everybody whose broker and its surroundings are the same."""

from collections.abc import Hashable
from operator import attrgetter

from grader.containers.disk import Files, Layer
from grader.containers.kafka.addresses import Network
from grader.containers.kafka.clients import Servers, client_problems
from grader.containers.kafka.configuration import DATA, Configuration
from grader.containers.kafka.java_options import option_problems
from grader.containers.kafka.rules import config_rules
from grader.containers.kafka.script import script_problems
from grader.containers.kafka.startup import startup_problems
from grader.containers.kafka.storage import format_problems, persisted
from grader.containers.verdict import Fault, Verdict
from grader.light_tuple import NamedTuple
from grader.remembered import keeping

MAX_STARTS = 192  # that are kept
# what `Kafka` tells of its configuration
PARTS = (
    *("node_id", "roles", "voters", "voter_items", "controller_names", "listeners", "listener_items", "advertised"),
    *("advertised_items", "protocol_map", "protocol_map_given", "inter_broker", "log_dirs"),
)

_parts = attrgetter(*PARTS)


class Surroundings(NamedTuple):
    """What a start depends on beside the configuration.

    `files` is where keys may be (only looked up if the configuration asks for them), `shared` an earlier service whose
    volume is the data folder, `servers` what the clients dial.
    """

    network: Network
    layers: tuple[Layer, ...]
    files: Files
    shared: str | None
    servers: Servers
    has_cluster_id: bool


class Start:
    """What a start would stumble over before and after the cluster id is looked at, in order.

    `parts` are those of `Kafka` that are of no single submission; `kept` holds what others have worked out of nothing
    else, by a key of their own.
    """

    __slots__ = ("after", "before", "config", "kept", "parts")

    def __init__(self, asked: tuple[Configuration, Surroundings]) -> None:
        config, (network, layers, files, shared, servers, has_cluster_id) = asked
        self.config = config
        self.before: tuple[Fault, ...] = (
            *script_problems(config, layers, files, has_cluster_id=has_cluster_id),
            *(() if shared is None else (_shared_volume(shared),)),
            *option_problems(config),
            *config_rules(config),
        )
        self.after: tuple[Fault, ...] = (
            *format_problems(config, layers),
            *startup_problems(config, network, layers, files),
            *client_problems(config, network, servers),
        )
        self.parts = dict(zip(PARTS, _parts(config), strict=True))
        self.parts.update(listeners_given="listeners" in config.texts, persisted=persisted(config, layers))
        self.kept: dict[Hashable, object] = {}


def _size(asked: tuple[Configuration, Surroundings]) -> int:
    config, around = asked
    texts = [layer.target for layer in around.layers] + [text for _, text in around.servers]
    return config.size + around.network.size + sum(map(len, (*texts, *around.files.folders, *around.files.paths)))


start_of = keeping(Start, MAX_STARTS, _size)


def _shared_volume(other: str) -> Fault:
    """MongoDB and MySQL make themselves the owner of their folder: in a shared volume Kafka cannot write any more."""
    message = f"Command [/usr/local/bin/dub path {DATA} writable] FAILED !"
    explanation = f"The volume at {DATA} holds the data of {other} as well; two servers cannot share a folder."
    return Fault("volume-shared", Verdict.IMAGE_SCRIPT_EXITS, message, explanation, "nothing", "")
