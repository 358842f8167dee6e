"""What the start script of cp-kafka 7.6 asks for before any Java runs, in its order.

cp-kafka 7.6: `/etc/confluent/docker/configure` and the first lines of `ensure`.
"""

from collections.abc import Iterator, Sequence

from grader.containers.disk import Files, Layer, cleaned
from grader.containers.kafka.configuration import CLUSTER_ID, DATA, Configuration
from grader.containers.kafka.image_folders import writable
from grader.containers.verdict import Fault, Verdict

EXITS = Verdict.IMAGE_SCRIPT_EXITS
SECRETS = "/etc/kafka/secrets"
DUB = "/usr/local/bin/dub"

DEPRECATED = {
    "KAFKA_ADVERTISED_PORT": "advertised.port",
    "KAFKA_ADVERTISED_HOST": "advertised.host",
    "KAFKA_HOST": "host",
    "KAFKA_PORT": "port",
}


def script_problems(
    config: Configuration, found: Sequence[Layer], files: Files, *, has_cluster_id: bool
) -> Iterator[Fault]:
    """Yield what the script would stop at."""
    yield from _mode(config, has_cluster_id=has_cluster_id)
    yield from _advertised(config)
    if not writable(found, "/etc/kafka"):
        yield _path_failed("config-dir-unwritable", "/etc/kafka/", "writable", "Kafka's own folder cannot be written.")
    if not DEPRECATED.keys().isdisjoint(config.environment):
        yield from _deprecated(config)
    yield from _secured(config, files)
    yield from _data_folder(config, found)
    yield from _zookeeper(config)


def _advertised(config: Configuration) -> Iterator[Fault]:
    environment = config.environment
    advertised = environment.get("KAFKA_ADVERTISED_LISTENERS", "")
    if environment.get("KAFKA_PROCESS_ROLES") == "controller":
        if advertised:
            yield config.variable_fault(
                "advertised-on-controller",
                EXITS,
                "KAFKA_ADVERTISED_LISTENERS",
                "KAFKA_ADVERTISED_LISTENERS is not supported on a KRaft controller.",
                "A node that is only a controller has nothing to advertise.",
            )
    elif not advertised:
        yield _required(
            config, "advertised-missing", "KAFKA_ADVERTISED_LISTENERS", "Kafka is not told which address clients get."
        )


def _deprecated(config: Configuration) -> Iterator[Fault]:
    for variable, name in DEPRECATED.items():
        if config.environment.get(variable):
            yield config.variable_fault(
                "deprecated-variable",
                EXITS,
                variable,
                f"{name} is deprecated. Please use KAFKA_ADVERTISED_LISTENERS instead.",
                f"The image refuses the old variable {variable}.",
            )


def _mode(config: Configuration, *, has_cluster_id: bool) -> Iterator[Fault]:
    if config.environment.get("KAFKA_PROCESS_ROLES"):
        if not has_cluster_id:
            yield _required(config, "cluster-id-missing", CLUSTER_ID, "The cluster has no id.")
        return
    if not config.environment.get("KAFKA_ZOOKEEPER_CONNECT"):
        yield config.variable_fault(
            "roles-missing",
            EXITS,
            "KAFKA_PROCESS_ROLES",
            "Running in Zookeeper mode...\n" + _ensure_failed("KAFKA_ZOOKEEPER_CONNECT"),
            "Without roles the image falls back to ZooKeeper mode, and there is no ZooKeeper.",
        )


def _zookeeper(config: Configuration) -> Iterator[Fault]:
    """The image waits for ZooKeeper to answer; nothing in this exercise does."""
    address = config.environment.get("KAFKA_ZOOKEEPER_CONNECT")
    if not address or config.environment.get("KAFKA_PROCESS_ROLES"):
        return
    yield config.variable_fault(
        "roles-missing",
        EXITS,
        "KAFKA_PROCESS_ROLES",
        "Running in Zookeeper mode...\n===> Check if Zookeeper is healthy ...\n"
        f"Command [/usr/local/bin/cub zk-ready {address} 40] FAILED !",
        "Without roles the image falls back to ZooKeeper mode and waits in vain for a ZooKeeper.",
    )


def _secured(config: Configuration, files: Files) -> Iterator[Fault]:
    advertised = config.environment.get("KAFKA_ADVERTISED_LISTENERS", "")
    if "SSL://" in advertised:
        yield from _key_files(config, files)
    before, separator, _ = advertised.rpartition("://")
    if separator and "SASL_" in before and not config.environment.get("KAFKA_OPTS"):
        yield _required(config, "sasl-options-missing", "KAFKA_OPTS", "A listener with log-in needs a login file.")


def _key_files(config: Configuration, files: Files) -> Iterator[Fault]:
    why = "A listener with encryption needs keys."
    for variable in ("KAFKA_SSL_KEYSTORE_FILENAME", "KAFKA_SSL_KEY_CREDENTIALS", "KAFKA_SSL_KEYSTORE_CREDENTIALS"):
        name = config.environment.get(variable)
        if not name:
            yield _required(config, "ssl-keys-missing", variable, why)
            return
        path = f"{SECRETS}/{name}"
        if not files.may_hold(path):
            yield _path_failed("ssl-keys-missing", path, "exists", why)
            return


def _data_folder(config: Configuration, found: Sequence[Layer]) -> Iterator[Fault]:
    path = config.environment.get("KAFKA_DATA_DIRS") or DATA
    if not writable(found, cleaned(path), must_exist=True):
        why = f"The user that Kafka runs as cannot write to {path}."
        yield _path_failed("data-dir-unwritable", path, "writable", why)._replace(of="mount", name=path)


def _required(config: Configuration, rule: str, variable: str, explanation: str) -> Fault:
    return config.variable_fault(rule, EXITS, variable, _ensure_failed(variable), explanation)


def _ensure_failed(variable: str) -> str:
    return f"{variable} is required.\nCommand [{DUB} ensure {variable}] FAILED !"


def _path_failed(rule: str, path: str, mode: str, explanation: str) -> Fault:
    return Fault(rule, EXITS, f"Command [{DUB} path {path} {mode}] FAILED !", explanation, "nothing", "")
