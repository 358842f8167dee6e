"""All kinds of checks, in one table. A rubric names a kind and gives its parameters; nothing registers itself."""

from collections.abc import Callable, Mapping
from typing import Protocol, cast

from grader.checks import (
    bind_mount,
    compose_accepts,
    container_starts,
    kafka_advertised_listeners,
    kafka_bootstrap,
    kafka_cluster_id,
    kafka_controller_listener,
    kafka_inter_broker_listener,
    kafka_listeners,
    kafka_log_dirs,
    kafka_node_id,
    kafka_process_roles,
    kafka_protocol_map,
    kafka_quorum_voters,
    kafka_setting,
    mongodb_url,
    mysql_account,
    mysql_login,
    named_volume,
    port_number,
    same_value,
    service_host,
    variable,
    volumes_declared,
    volumes_driver,
    volumes_only_named,
)
from grader.exercise import Check
from grader.findings import Finding
from grader.places import Place
from grader.stack import Stack


class Kind(Protocol):
    """What a module of this package offers: constants, the places it judges, and one function."""

    KIND: str
    PARAMETERS: Mapping[str, type]
    places: Callable[..., tuple[Place, ...]]
    check: Callable[..., Finding]


MODULES = (
    variable,
    same_value,
    named_volume,
    bind_mount,
    service_host,
    port_number,
    kafka_node_id,
    kafka_process_roles,
    kafka_quorum_voters,
    kafka_controller_listener,
    kafka_listeners,
    kafka_advertised_listeners,
    kafka_protocol_map,
    kafka_inter_broker_listener,
    kafka_cluster_id,
    kafka_setting,
    kafka_log_dirs,
    mongodb_url,
    kafka_bootstrap,
    mysql_account,
    mysql_login,
    volumes_declared,
    volumes_driver,
    volumes_only_named,
    compose_accepts,
    container_starts,
)

KINDS: dict[str, Kind] = {module.KIND: cast(Kind, module) for module in MODULES}


def judged(check: Check, stack: Stack) -> Finding:
    """Return what one check says by itself, whoever owns the fault."""
    return KINDS[check.kind].check(stack, **check.parameters)
