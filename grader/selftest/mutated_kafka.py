"""Wrong texts for Kafka's variables, made from the solution's own listeners and voters."""

from collections.abc import Callable, Iterator

from grader.exercise import Check
from grader.selftest.edits import Solution


def _value(solution: Solution, check: Check, variable: str) -> str:
    return solution.value(check.service or "", variable) or ""


def _node_id(solution: Solution, check: Check) -> Iterator[str]:
    yield "one"
    yield "-1"
    yield "1.0"


def _process_roles(solution: Solution, check: Check) -> Iterator[str]:
    yield "broker"
    yield "controller"
    yield "Broker,Controller"


def _quorum_voters(solution: Solution, check: Check) -> Iterator[str]:
    value = _value(solution, check, "KAFKA_CONTROLLER_QUORUM_VOTERS")
    node, _, address = value.partition("@")
    host, _, port = address.rpartition(":")
    yield address
    yield f"{int(node) + 1}@{address}"
    yield f"{node}@{host}:{int(port) + 1}"
    yield f"{node}@nosuchhost:{port}"
    yield f"{value},{int(node) + 1}@nosuchhost:{port}"
    yield f"{node}@{host}"


def _controller_listener(solution: Solution, check: Check) -> Iterator[str]:
    value = _value(solution, check, "KAFKA_CONTROLLER_LISTENER_NAMES")
    yield value.lower()
    yield value + "S"
    yield _value(solution, check, "KAFKA_INTER_BROKER_LISTENER_NAME")


def _listeners(solution: Solution, check: Check) -> Iterator[str]:
    value = _value(solution, check, "KAFKA_LISTENERS")
    client, controller = str(check.parameters["client_port"]), str(check.parameters["controller_port"])
    items = value.split(",")
    yield value.replace(",", ";")
    yield value.replace(f":{client}", ":9999")
    yield value.replace(f":{controller}", ":9999")
    yield next(item for item in items if item.endswith(client))
    yield next(item for item in items if item.endswith(controller))
    yield _rebound(items, client, "localhost")
    yield _rebound(items, client, check.service or "")
    yield value.replace("://", ":")


def _rebound(items: list[str], port: str, host: str) -> str:
    return ",".join(
        f"{item.partition('://')[0]}://{host}:{port}" if item.endswith(f":{port}") else item for item in items
    )


def _advertised_listeners(solution: Solution, check: Check) -> Iterator[str]:
    value = _value(solution, check, "KAFKA_ADVERTISED_LISTENERS")
    name, _, address = value.partition("://")
    host, _, port = address.rpartition(":")
    controller = _value(solution, check, "KAFKA_CONTROLLER_LISTENER_NAMES")
    yield f"{name}://localhost:{port}"
    yield f"{name}://0.0.0.0:{port}"
    yield f"{name}://nosuchhost:{port}"
    yield f"{name}://{host}:9999"
    yield f"{name}X://{address}"
    yield f"{value},{controller}://{host}:9999"
    yield address


def _protocol_map(solution: Solution, check: Check) -> Iterator[str]:
    value = _value(solution, check, "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP")
    items = value.split(",")
    yield from (",".join(other for other in items if other != item) for item in items)
    yield from (value.replace(item, item.partition(":")[0] + ":SSL") for item in items)
    yield value.replace(":", "=")
    yield value.replace(":PLAINTEXT", ":PLAIN")


def _inter_broker(solution: Solution, check: Check) -> Iterator[str]:
    yield _value(solution, check, "KAFKA_CONTROLLER_LISTENER_NAMES")
    yield "NOSUCH"


def _cluster_id(solution: Solution, check: Check) -> Iterator[str]:
    value = _value(solution, check, "CLUSTER_ID")
    yield "my-cluster"
    yield value[:-1]
    yield value + "x"
    yield value[:5] + "+" + value[6:]


def _setting(solution: Solution, check: Check) -> Iterator[str]:
    equals = check.parameters["equals"]
    if isinstance(equals, bool):
        yield str(not equals).lower()
        yield "yes"
    else:
        yield str(equals + 2)
        yield "many"


def _log_dirs(solution: Solution, check: Check) -> Iterator[str]:
    yield "/tmp/kafka-logs"
    yield check.parameters["target"] + "/.."


KAFKA_VALUES: dict[str, Callable[[Solution, Check], Iterator[str]]] = {
    "kafka-node-id": _node_id,
    "kafka-process-roles": _process_roles,
    "kafka-quorum-voters": _quorum_voters,
    "kafka-controller-listener": _controller_listener,
    "kafka-listeners": _listeners,
    "kafka-advertised-listeners": _advertised_listeners,
    "kafka-protocol-map": _protocol_map,
    "kafka-inter-broker-listener": _inter_broker,
    "kafka-cluster-id": _cluster_id,
    "kafka-setting": _setting,
    "kafka-log-dirs": _log_dirs,
}
