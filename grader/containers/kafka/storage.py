"""Formatting the log directories, and what the broker finds in them.

Kafka 3.6: `StorageTool`, `LogManager`. cp-kafka 7.6: the cluster id goes through the shell without quotes.
"""

from collections.abc import Iterator, Sequence

from grader.containers.disk import Layer, cleaned, layer_at
from grader.containers.kafka.cluster_id import complaint, decoded_bytes, shell_word
from grader.containers.kafka.configuration import CLUSTER_ID, Configuration
from grader.containers.kafka.image_folders import DECLARED, HOME, first_missing, writable
from grader.containers.kafka.texts import FORMAT, thrown
from grader.containers.verdict import Fault, Verdict

JVM_FOLDER = "/tmp/hsperfdata_appuser"  # Java keeps one there for every process of a user
USAGE = "usage: kafka-storage format [-h] --config CONFIG --cluster-id CLUSTER_ID\n"

_DOTS = "topic-partition or topic-partition.uniqueId-delete (if marked for deletion)."


def format_problems(config: Configuration, found: Sequence[Layer]) -> Iterator[Fault]:
    """Yield what `kafka-storage format` stops at once configuration and cluster id are accepted."""
    for folder in sorted(folders(config)):
        message = _format_message(found, folder)
        if message is not None:
            explanation = f"The user that Kafka runs as cannot write to {folder}."
            yield config.fault("log-dir-unwritable", FORMAT, _owner(config, folder), message, explanation)


def folder_problems(config: Configuration, found: Sequence[Layer]) -> Iterator[Fault]:
    """Yield what the broker stops at when it opens its log directories."""
    seen: dict[str, None] = {}
    for written in config.log_dirs:
        folder = cleaned(written, HOME)
        if folder in seen:
            yield _refused(config, "log-dir-twice", f"Duplicate log directory found: {folder}, {folder}", folder)
            return
        seen[folder] = None
    inside = (*DECLARED, JVM_FOLDER, *[layer.target for layer in found], *seen)
    for folder in seen:
        below = folder.rstrip("/") + "/"
        for path in inside:
            if path.startswith(below) and path != folder:
                name = path[len(below) :].partition("/")[0]
                if _names_a_partition(name):
                    continue
                text = f"Found directory {below}{name}, '{name}' is not in the form of {_DOTS}"
                yield _refused(config, "log-dir-has-folders", text, folder)
                return


def folders(config: Configuration) -> set[str]:
    """Return the directories that are formatted, as they are written."""
    extra = (config.metadata_dir,) if config.metadata_dir else ()
    return {*config.log_dirs, *extra}


def persisted(config: Configuration, found: Sequence[Layer]) -> bool:
    """Tell whether all data lies in named volumes, so that `docker compose down` leaves it."""
    layers = [layer_at(found, cleaned(folder, HOME)) for folder in folders(config)]
    return bool(layers) and all(layer is not None and layer.kind == "named" for layer in layers)


def cluster_id_fault(value: str) -> Fault | None:
    """Return what the tool finds wrong with a cluster id that is there, before anything else; None: nothing."""
    word = shell_word(value)
    if word is None:
        first, *others = value.split() or [""]
        extra = " ".join(others) if value[:1] not in " \t\n" else value.strip()
        message = f"{USAGE}kafka-storage: error: unrecognized arguments: '{extra or first}'"
        explanation = "There is a blank in the cluster id."
    else:
        found = complaint(word)
        if found is None:
            return None
        message = found
        explanation = _explained(word)
    return Fault("cluster-id-form", FORMAT, message, explanation, "variable", CLUSTER_ID)


def _explained(word: str) -> str:
    length = decoded_bytes(word)
    if length is None:
        return "The cluster id is no url-safe Base64."
    size = "short" if length < 16 else "long"
    return f"The cluster id decodes to {length} bytes: too {size} for Kafka."


def _format_message(found: Sequence[Layer], written: str) -> str | None:
    folder = cleaned(written, HOME)
    if writable(found, folder):
        return None
    layer = layer_at(found, folder)
    missing = first_missing(found, folder)
    if missing is not None:
        failure = f"{missing}: Read-only file system" if layer is not None and layer.read_only else missing
        return f"Unable to create storage directory {written}: {failure}"
    reason = "Read-only file system" if layer is not None and layer.read_only else "Permission denied"
    return thrown(f"java.io.FileNotFoundException: {folder.rstrip('/')}/meta.properties.tmp ({reason})")


def _refused(config: Configuration, rule: str, text: str, folder: str) -> Fault:
    message = f"org.apache.kafka.common.KafkaException: {text}"
    explanation = f"Kafka cannot use {folder} for its data: other things are in it, or it is named twice."
    return config.fault(rule, Verdict.BROKER_REFUSES, "log.dirs", message, explanation)


def _names_a_partition(name: str) -> bool:
    """Kafka: `topic-0` is the folder of a partition."""
    topic, dash, number = name.rpartition("-")
    return bool(topic and dash) and number.isascii() and number.isdigit()


def _owner(config: Configuration, folder: str) -> str:
    return "log.dirs" if folder in config.log_dirs else "metadata.log.dir"
