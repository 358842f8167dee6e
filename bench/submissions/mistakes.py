"""What students typically get wrong, as edits of a draft and of a text."""

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bench.submissions.draft import Draft

Edit = Callable[[Draft, random.Random], None]
TextEdit = Callable[[list[str], random.Random], None]


class Mistake(NamedTuple):
    """One mistake: the service that it needs to be written, the edit, and how often it is made beside the others."""

    service: str
    edit: Edit
    weight: int = 2


def _put(service: str, key: str, *values: str, weight: int = 2) -> Mistake:
    def edit(draft: Draft, rng: random.Random) -> None:
        if key in draft.environment[service]:
            draft.environment[service][key] = rng.choice(values)

    return Mistake(service, edit, weight)


def _drop(service: str, key: str, weight: int = 2) -> Mistake:
    def edit(draft: Draft, rng: random.Random) -> None:
        draft.environment[service].pop(key, None)

    return Mistake(service, edit, weight)


def _misspell(service: str, key: str, *others: str, weight: int = 2) -> Mistake:
    def edit(draft: Draft, rng: random.Random) -> None:
        other = rng.choice(others)
        written = draft.environment[service].items()
        draft.environment[service] = {other if name == key else name: value for name, value in written}

    return Mistake(service, edit, weight)


def _mount(service: str, source: str | None, target: str, weight: int = 2) -> Mistake:
    """Change the first mount; a source of None stays."""

    def edit(draft: Draft, rng: random.Random) -> None:
        mounts = draft.mounts[service]
        if mounts:
            mounts[0] = (mounts[0][0] if source is None else source, target)

    return Mistake(service, edit, weight)


def _no_mounts(service: str, weight: int = 1) -> Mistake:
    return Mistake(service, lambda draft, rng: draft.mounts[service].clear(), weight)


def _forget_a_declaration(draft: Draft, rng: random.Random) -> None:
    if draft.declared:
        draft.declared.pop(rng.choice(list(draft.declared)))


def _declare_none(draft: Draft, rng: random.Random) -> None:
    draft.declared.clear()


def _another_driver(draft: Draft, rng: random.Random) -> None:
    for name in draft.declared:
        draft.declared[name] = "bridge"


def _declare_a_folder(draft: Draft, rng: random.Random) -> None:
    draft.declared["shared"] = "local"


MISTAKES: Sequence[Mistake] = (
    _put("mongodb", "MONGO_INITDB_DATABASE", "", weight=1),
    _misspell("mongodb", "MONGO_INITDB_DATABASE", "MONGODB_DATABASE", "MONGO_INIT_DATABASE", "MONGO_DATABASE"),
    _mount("mongodb", "./data", "/data/db"),
    _mount("mongodb", None, "/data", weight=3),
    _no_mounts("mongodb"),
    _put("kafka", "KAFKA_NODE_ID", "one", "kafka", "-1"),
    _put("kafka", "KAFKA_PROCESS_ROLES", "broker", "controller", "Broker,Controller", "broker;controller", weight=3),
    _put("kafka", "KAFKA_CONTROLLER_QUORUM_VOTERS", "1@kafka:9093", "kafka:29093", "1@kafka:9092", "7@kafka:29093"),
    _put("kafka", "KAFKA_CONTROLLER_LISTENER_NAMES", "controller", "CONTROLER", "PLAINTEXT"),
    _put(
        "kafka",
        "KAFKA_LISTENERS",
        "PLAINTEXT://0.0.0.0:9092",
        "PLAINTEXT://localhost:9092,CONTROLLER://localhost:29093",
        "PLAINTEXT://kafka:9092,CONTROLLER://kafka:29093",
        "PLAINTEXT://0.0.0.0:9092;CONTROLLER://0.0.0.0:29093",
        "PLAINTEXT://0.0.0.0:9092,CONTROLLER://0.0.0.0:9093",
        weight=5,
    ),
    _put(
        "kafka",
        "KAFKA_ADVERTISED_LISTENERS",
        "PLAINTEXT://localhost:9092",
        "PLAINTEXT://localhost:9092",
        "PLAINTEXT://0.0.0.0:9092",
        "PLAINTEXT://kafka:29092",
        "kafka:9092",
        "PLAINTEXT://kafka:9092,CONTROLLER://kafka:29093",
        weight=8,
    ),
    _put("kafka", "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "PLAINTEXT:PLAINTEXT", "CONTROLLER:PLAINTEXT", "PLAINTEXT"),
    _put("kafka", "KAFKA_INTER_BROKER_LISTENER_NAME", "CONTROLLER", "plaintext", "INTERNAL"),
    _put("kafka", "CLUSTER_ID", "my-cluster", "kafka-cluster-1", "4L6g3nShT+eMCtK//X86sw", weight=6),
    _misspell("kafka", "CLUSTER_ID", "KAFKA_CLUSTER_ID", weight=4),
    _put("kafka", "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "3", "0"),
    _misspell("kafka", "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "KAFKA_OFFSET_TOPIC_REPLICATION_FACTOR"),
    _put("kafka", "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false", "yes"),
    _put("kafka", "KAFKA_LOG_DIRS", "/tmp/kraft-combined-logs", "/var/lib/kafka", "/kafka/data", weight=3),
    _drop("kafka", "KAFKA_LOG_DIRS", weight=3),
    _drop("kafka", "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", weight=3),
    _drop("kafka", "KAFKA_INTER_BROKER_LISTENER_NAME"),
    _drop("kafka", "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"),
    _drop("kafka", "KAFKA_ADVERTISED_LISTENERS"),
    _mount("kafka", None, "/kafka/data"),
    _mount("kafka", "./kafka", "/var/lib/kafka/data", weight=1),
    _no_mounts("kafka"),
    _put("app", "MONGODB_URL", "mongodb://localhost:27017", "mongo://mongodb:27017", "mongodb:27017", weight=5),
    _put("app", "DATABASE_NAME", "test", "mongodb", weight=3),
    _put("app", "KAFKA_BOOTSTRAP_SERVERS", "localhost:9092", "kafka:29093", "kafka:29092", weight=4),
    _misspell("app", "MONGODB_URL", "MONGO_URL", "MONGODB_URI"),
    _misspell("app", "KAFKA_BOOTSTRAP_SERVERS", "KAFKA_BOOTSTRAP_SERVER"),
    _drop("app", "KAFKA_CLIENT_ID"),
    _mount("app", "./mongo_backend", "/app", weight=3),
    _mount("app", None, "/src", weight=1),
    _misspell("mysql", "MYSQL_ROOT_PASSWORD", "MYSQL_ROOTPASSWORD", "MYSQL_PASSWORD_ROOT"),
    _put("mysql", "MYSQL_USER", "root", weight=4),
    _put("mysql", "MYSQL_PASSWORD", "", weight=1),
    _drop("mysql", "MYSQL_USER", weight=1),
    _mount("mysql", None, "/var/lib/mysql/data"),
    _mount("mysql", None, "/data/db", weight=1),
    _put("mysql-service", "KAFKA_BOOTSTRAP_SERVERS", "localhost:9092", "kafka:29093"),
    _put("mysql-service", "MYSQL_HOST", "localhost", "127.0.0.1", "social_commerce_db", weight=5),
    _put("mysql-service", "MYSQL_PORT", "3307", "33060", "27017"),
    _put("mysql-service", "MYSQL_USER", "root", "user1", weight=3),
    _put("mysql-service", "MYSQL_PASSWORD", "password", "analytics_pasword", weight=4),
    _put("mysql-service", "MYSQL_DATABASE", "mysql", "analytcs", weight=3),
    _drop("mysql-service", "KAFKA_GROUP_ID"),
    _no_mounts("mysql-service"),
    Mistake("mysql", _forget_a_declaration, 5),
    Mistake("mysql", _declare_none, 3),
    Mistake("mongodb", _another_driver, 1),
    Mistake("app", _declare_a_folder, 1),
)
_WEIGHTS = [mistake.weight for mistake in MISTAKES]


def make_mistakes(draft: Draft, rng: random.Random, number: int) -> None:
    """Make so many mistakes at the most in what is written already."""
    for mistake in rng.choices(MISTAKES, _WEIGHTS, k=number):
        if mistake.service not in draft.left_out:
            mistake.edit(draft, rng)


def _tab(lines: list[str], rng: random.Random) -> None:
    place = _indented(lines, rng)
    lines[place] = "\t" + lines[place].lstrip()


def _shift(lines: list[str], rng: random.Random) -> None:
    place = _indented(lines, rng)
    lines[place] = lines[place][rng.choice((1, 2)) :] if rng.random() < 0.5 else " " + lines[place]


def _lose_a_colon(lines: list[str], rng: random.Random) -> None:
    place = _indented(lines, rng)
    lines[place] = lines[place].replace(":", "", 1)


def _open_quote(lines: list[str], rng: random.Random) -> None:
    place = _indented(lines, rng)
    lines[place] += '"'


def _equals_sign(lines: list[str], rng: random.Random) -> None:
    place = _indented(lines, rng)
    lines[place] = lines[place].replace(": ", "=", 1)


def _write_twice(lines: list[str], rng: random.Random) -> None:
    place = _indented(lines, rng)
    lines.insert(place, lines[place])


def _cut_off(lines: list[str], rng: random.Random) -> None:
    del lines[_indented(lines, rng) :]


def _indented(lines: list[str], rng: random.Random) -> int:
    """Return the place of a line of a block that the student wrote, or near it."""
    places = [
        place for place, line in enumerate(lines) if line.startswith("      ") and not line.lstrip().startswith("#")
    ]
    return rng.choice(places)


TEXT_MISTAKES: Sequence[TextEdit] = (
    _tab,
    _shift,
    _shift,
    _lose_a_colon,
    _open_quote,
    _equals_sign,
    _write_twice,
    _cut_off,
)


def slip(text: str, rng: random.Random) -> str:
    """Make one slip of the kind that breaks a file as YAML or moves a block."""
    lines = text.split("\n")
    rng.choice(TEXT_MISTAKES)(lines, rng)
    return "\n".join(lines)
