"""The signs in Kafka's log: the image's script, the storage tool, and the broker.

The texts are those of `grader.containers.kafka`, which says where each comes from and predicts the whole of it. Here
it is enough to know a text again, whatever values stand in it.
"""

from collections.abc import Sequence

from grader.containers.kafka.properties import PREFIX, property_name
from grader.live.causes.signs import Sign, Signs

_CHECKS = {
    "CLUSTER_ID": "kafka.cluster-id",
    "KAFKA_NODE_ID": "kafka.node-id",
    "KAFKA_BROKER_ID": "kafka.node-id",
    "KAFKA_PROCESS_ROLES": "kafka.process-roles",
    "KAFKA_CONTROLLER_QUORUM_VOTERS": "kafka.quorum-voters",
    "KAFKA_CONTROLLER_LISTENER_NAMES": "kafka.controller-listener",
    "KAFKA_LISTENERS": "kafka.listeners",
    "KAFKA_ADVERTISED_LISTENERS": "kafka.advertised-listeners",
    "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "kafka.protocol-map",
    "KAFKA_INTER_BROKER_LISTENER_NAME": "kafka.inter-broker-listener",
    "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "kafka.offsets-replication",
    "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "kafka.auto-create-topics",
    "KAFKA_LOG_DIRS": "kafka.log-dirs",
}
# the log names a variable or the property that becomes of it
_NAMES = {**_CHECKS, **{property_name(name.removeprefix(PREFIX)): check for name, check in _CHECKS.items()}}

_VOTERS, _LISTENERS, _CONTROLLER = "kafka.quorum-voters", "kafka.listeners", "kafka.controller-listener"
_ADVERTISED, _MAP, _INTER = "kafka.advertised-listeners", "kafka.protocol-map", "kafka.inter-broker-listener"
_NODE, _ROLES, _STARTS = "kafka.node-id", "kafka.process-roles", "kafka.starts"
_FOLDERS = ("kafka.log-dirs", "kafka.data-volume", _STARTS)
_ANY_LISTENER = (_LISTENERS, _ADVERTISED, _MAP, _CONTROLLER)
_REMEMBERED = "a volume that already exists remembers it (`docker compose down -v` deletes it and all data)."

_SCRIPT = (
    Sign(
        "Running in Zookeeper mode",
        (_ROLES, _STARTS),
        "Without roles the image falls back to ZooKeeper mode, and there is no ZooKeeper.",
    ),
    Sign(r"(?P<name>\w+) is required\.", (_STARTS,), "The image asks for {name}, and it is not set."),
    Sign(
        "KAFKA_ADVERTISED_LISTENERS is not supported on a KRaft controller",
        (_ROLES, _ADVERTISED),
        "A node that is only a controller has nothing to advertise.",
    ),
    Sign(
        r"(?P<name>[a-z.]+) is deprecated\. Please use",
        (_STARTS,),
        "A variable of an old guide is set (the property {name}), and the image refuses it.",
    ),
    Sign(
        r"Command \[/usr/local/bin/dub path \S+ writable\] FAILED",
        ("kafka.data-volume", "kafka.log-dirs", _STARTS),
        "The user that Kafka runs as cannot write to its folder.",
    ),
    Sign(
        r"Command \[/usr/local/bin/\S+ .*\] FAILED",
        (_STARTS, "kafka.*"),
        "A test of the image's start script failed.",
    ),
)

_FORMAT = (
    Sign(
        r"(?:does not appear to be a valid UUID|kafka-storage: error: unrecognized arguments)",
        ("kafka.cluster-id",),
        "The cluster id does not stand for 16 bytes.",
    ),
    Sign(
        r"(?P<shown>If process\.roles contains just the 'broker' role, the node id .*)",
        (_ROLES, _VOTERS),
        "The node votes, but it is no controller.",
    ),
    Sign(
        r"(?P<shown>If process\.roles contains the 'controller' role, the node id .*)",
        (_VOTERS, _NODE),
        "The node is not among the voters: if its id was right, " + _REMEMBERED,
    ),
    Sign(r"Missing configuration `node\.id`", (_NODE,), "The node has no id."),
    Sign("You must set `node.id` to the same value as `broker.id`", (_STARTS, _NODE), "The node has two ids."),
    Sign(
        r"must contain a parseable set of voters|Invalid configuration value for controller\.quorum\.voters"
        r"|Failed to parse (?:voter ID|host name)",
        (_VOTERS,),
        "The voters cannot be read.",
    ),
    Sign("Duplicate role names", (_ROLES,), "A role is named twice."),
    Sign(
        r"controller\.listener\.names must (?:only )?contain .*controller role",
        (_CONTROLLER, _LISTENERS, _ROLES),
        "No listener is called like the controller's.",
    ),
    Sign(
        r"advertised\.listeners config must not contain KRaft controller listeners",
        (_ADVERTISED, _CONTROLLER),
        "The controller's listener is advertised to clients.",
    ),
    Sign(
        r"(?:listeners config must only contain|advertised\.listeners config must be empty).*process\.roles=controller",
        (_ROLES, _LISTENERS),
        "A node that is only a controller serves no clients.",
    ),
    Sign(
        r"controller\.listener\.names must (?:not )?contain .*broker role",
        (_ROLES, _CONTROLLER, _LISTENERS),
        "A node that is only a broker has no listener for the controller.",
    ),
    Sign(
        r"inter\.broker\.listener\.name must be a listener name|defined in inter\.broker\.listener\.name not found",
        (_INTER, _ADVERTISED, _LISTENERS, _MAP),
        "The listener between brokers is none that is advertised.",
    ),
    Sign("inter.broker.listener.name and security.inter.broker.protocol", (_STARTS, _INTER), "Only one may be set."),
    Sign(
        r"advertised\.listeners (?:cannot use|listener names must)|at least one advertised listener",
        (_ADVERTISED, _LISTENERS),
        "What is advertised is no address of a listener.",
    ),
    Sign(
        r"Controller listener with name \S+ defined in|Invalid security protocol|begin 0, end -1, length",
        (_MAP, _CONTROLLER),
        "A listener has no protocol that Kafka knows.",
    ),
    Sign(
        r"No security protocol defined for listener",
        (_MAP, _LISTENERS, _ADVERTISED),
        "A listener has no protocol.",
    ),
    Sign(
        r"Unable to parse (?:a listener name|\S* ?to a broker endpoint)|to a broker endpoint"
        r"|Each listener must have a different|two listeners on the same port",
        _ANY_LISTENER,
        "The listeners cannot be read.",
    ),
    Sign("The provided listener name is null or empty", (_INTER, *_ANY_LISTENER), "A listener has no name."),
    Sign(
        r"control\.plane\.listener\.name is not supported|defined in control\.plane\.listener\.name not found",
        (_STARTS,),
        "In KRaft mode the controller has no listener of this kind.",
    ),
    Sign("At least one log directory must be defined", _FOLDERS, "No log directory is named."),
    Sign(
        r"Unable to create storage directory|meta\.properties\.tmp \((?:Permission denied|Read-only)",
        _FOLDERS,
        "The user that Kafka runs as cannot write to its log directory.",
    ),
    Sign(
        r"Invalid value .* for configuration (?P<name>[\w.]+)",
        (_STARTS, "kafka.*"),
        "Kafka cannot use the value of its property {name}.",
    ),
)

_BROKER = (
    Sign(
        r"Configured node\.id .* doesn't match stored node\.id",
        (_NODE,),
        "The node id is not that of the first start: " + _REMEMBERED,
    ),
    Sign(
        r"is different from the voter set read from the state file",
        (_VOTERS, _NODE),
        "The voters are not those of the first start: " + _REMEMBERED,
    ),
    Sign(
        r"Invalid cluster\.id in",
        ("kafka.cluster-id",),
        "The cluster id is not that of the first start: " + _REMEMBERED,
    ),
    Sign(
        r"No `meta\.properties` found in|Duplicate log directory|is not in the form of topic-partition",
        _FOLDERS,
        "Kafka finds something else than its own data in its log directory.",
    ),
    Sign(
        r"unable to register with the controller quorum|CLUSTER_AUTHORIZATION_FAILED",
        (_VOTERS, _LISTENERS, _MAP, _CONTROLLER, _ROLES, _STARTS),
        "The node does not reach its own controller at the address of the voter.",
    ),
    Sign(
        r"Socket server failed to bind|Unresolved address|port out of range",
        (_LISTENERS, _ADVERTISED, _VOTERS),
        "A listener cannot be opened at its address.",
    ),
    Sign("for unsigned short field", (_ADVERTISED,), "There is no such port."),
    Sign(
        r"in the JAAS configuration|SSLHandshakeException|SSL handshake failed|Failed to load SSL keystore",
        (_MAP, _LISTENERS, _STARTS),
        "A listener encrypts or asks for a log-in, and there are no keys and no users.",
    ),
    Sign(
        r"__consumer_offsets.*INVALID_REPLICATION_FACTOR",
        ("kafka.offsets-replication", _STARTS),
        "The topic of the consumers' offsets needs more brokers than there are: no consumer group gets a message.",
    ),
    Sign(r"INVALID_REPLICATION_FACTOR", (_STARTS,), "New topics need more brokers than there are."),
    Sign(r"NotEnoughReplicas|NOT_ENOUGH_REPLICAS", (_STARTS,), "A message counts only with more copies than brokers."),
    Sign(
        r"insufficient memory for the Java Runtime|OutOfMemoryError",
        (),
        "Java gets less memory from this computer than it asks for.",
    ),
    Sign(
        r"No space left on device",
        (),
        "The disk of this computer is full.",
    ),
    Sign(
        r"BrokerToController.*(?:Connection to node .* could not be established|Error connecting to node)",
        (_VOTERS, _LISTENERS, _MAP),
        "The node does not reach its own controller at the address of the voter.",
        passing=True,
    ),
    Sign(
        r"Exception in thread \"main\"|Exiting Kafka due to fatal exception|\bFATAL\b",
        (_STARTS, "kafka.*"),
        "Kafka stops with an error of its own.",
    ),
)

_STARTED = "Kafka Server started"


def since_start(lines: Sequence[str]) -> Sequence[str]:
    """Leave out what was said before Kafka was there the last time: it has got over that."""
    last = max((number for number, line in enumerate(lines) if _STARTED in line), default=-1)
    return lines[last + 1 :]


SIGNS = Signs((*_SCRIPT, *_FORMAT, *_BROKER), _NAMES)
