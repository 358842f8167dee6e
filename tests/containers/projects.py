"""Projects for the container models, made from records instead of a file."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.compose.marks import Mark, Marks
from grader.compose.model import Network, Project, Service, Variable
from grader.compose.mounted import Mount
from grader.containers.kafka import Kafka
from grader.containers.kafka import read as read_kafka
from grader.containers.verdict import Problem

DATA = Path(__file__).parent.parent / "data"
RECORDED: dict[str, Any] = json.loads((DATA / "kafka_cases.json").read_text("utf-8"))
BASE: dict[str, str] = RECORDED["base"]
OBSERVED = json.loads((DATA / "kafka_observed.json").read_text("utf-8"))

NETWORKS = (Network("social_commerce_network", ()),)
HERE = Mark("docker-compose.yml", 1, 1)


def variables(environment: Mapping[str, str | None]) -> dict[str, Variable]:
    """Write each variable on a line of its own, from line 10 on."""
    found = {}
    for line, (name, value) in enumerate(environment.items(), start=10):
        place = Mark("docker-compose.yml", line, 7)
        found[name] = Variable(name, value, place, Marks(place, place))
    return found


def mount(source: str | None, target: str, *, kind: str = "volume", read_only: bool = False) -> Mount:
    """A mount without places."""
    return Mount(kind, source, target, read_only, HERE, HERE, HERE, None, HERE)


def mounts(texts: Sequence[str]) -> list[Mount]:
    """Read `name:/path`, `./folder:/path` and `/path` alone, each with `:ro` if wanted."""
    found = []
    for text in texts:
        read_only = text.endswith(":ro")
        source, colon, target = text.removesuffix(":ro").partition(":")
        kind = "bind" if source.startswith(".") else "volume"
        found.append(mount(source if colon else None, target if colon else source, kind=kind, read_only=read_only))
    return found


def service(
    name: str,
    environment: Mapping[str, str | None] | None = None,
    volumes: Sequence[Mount] = (),
    *,
    plain: dict[str, Any] | None = None,
    networks: tuple[Network, ...] = NETWORKS,
    container_name: str | None = None,
) -> Service:
    """One service."""
    return Service(
        name,
        HERE,
        end_line=1,
        environment=variables(environment or {}),
        environment_at=HERE,
        volumes=list(volumes),
        volumes_at=HERE,
        networks=networks,
        container_name=container_name,
        links=(),
        image=None,
        plain=plain or {},
        unread=frozenset(),
    )


def project(*changed: Service) -> Project:
    """The five services of the exercise, those that are given in place of the usual ones."""
    services = {
        "mongodb": service("mongodb", container_name="social_commerce_mongodb"),
        "kafka": service("kafka", container_name="social_commerce_kafka"),
        "app": service("app", container_name="social_commerce_app"),
        "mysql": service("mysql", container_name="social_commerce_mysql"),
        "mysql-service": service("mysql-service", container_name="social_commerce_mysql_service"),
    }
    services.update((given.name, given) for given in changed)
    return Project("/project", services, {}, None, {}, {})


def changed(**environment: str | None) -> dict[str, str]:
    """The environment of the recorded cases with some variables set, or left out (None)."""
    found = {**BASE, **environment}
    return {name: value for name, value in found.items() if value is not None}


def kafka(
    environment: Mapping[str, str | None] | None = None,
    *,
    volumes: Sequence[str] = ("kafka_data:/var/lib/kafka/data",),
    bootstrap: str | None = "kafka:9092",
    plain: dict[str, Any] | None = None,
    networks: tuple[Network, ...] = NETWORKS,
) -> Kafka:
    """Read a broker with this environment, as the recorded cases do."""
    broker = service(
        "kafka",
        BASE if environment is None else environment,
        mounts(volumes),
        plain=plain,
        networks=networks,
        container_name="social_commerce_kafka",
    )
    app = service("app", {"KAFKA_BOOTSTRAP_SERVERS": bootstrap} if bootstrap else {})
    return read_kafka(project(broker, app))


def with_changes(**environment: str | None) -> Kafka:
    """Read a broker whose environment differs from the recorded cases' in some variables."""
    return kafka(changed(**environment))


def rules(problems: Sequence[Problem]) -> list[str]:
    """The rules that are broken, in their order."""
    return [problem.rule for problem in problems]
