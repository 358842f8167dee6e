"""What a student has decided to write, before it is text: values and mounts of the five services."""

import random
from dataclasses import dataclass, field

SERVICES = ("mongodb", "kafka", "app", "mysql", "mysql-service")

DATABASES = ("social_commerce", "shop", "commerce", "socialdb", "store", "platform", "scp", "my_database")
ANALYTICS = ("social_commerce_analytics", "analytics", "analytics_db", "stats", "reports", "warehouse", "events")
USERS = ("analytics", "analytics_user", "analyst", "reader", "app_user", "mysqluser", "consumer", "user")
CLIENTS = ("mongo-backend", "app", "fastapi", "backend", "social-app", "producer")
CONSUMERS = ("mysql-service", "mysql-consumer", "consumer", "events-to-mysql", "analytics")
GROUPS = ("mysql-consumer", "mysql-consumer-group", "mysql-group", "analytics-group", "group1")
VOLUME_ENDINGS = ("_data", "-data", "_volume", "_vol", "-storage", "db")
PASSWORD_WORDS = (
    "root",
    "secret",
    "analytics",
    "Passw0rd",
    "geheim",
    "test",
    "admin",
    "mysql",
    "pass",
    "shop",
    "kafka",
)
PASSWORD_SIGNS = ("", "_", "-", "!", ".", "%", "@")
ID_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
# What 16 bytes leave for the last of 22 signs.
LAST_ID_SIGNS = "AQgw"


@dataclass
class Draft:
    """What stands in the file: `environment` and `mounts` (source, target) by service, the declared volumes.

    `left_out` are services of which the student has written nothing yet.
    """

    environment: dict[str, dict[str, str]]
    mounts: dict[str, list[tuple[str, str]]]
    declared: dict[str, str | None]
    left_out: set[str] = field(default_factory=set)

    def leave_out(self, service: str) -> None:
        """Take everything away that the student has not come to yet."""
        self.left_out.add(service)
        self.environment[service].clear()
        for source, _ in self.mounts[service]:
            self.declared.pop(source, None)
        self.mounts[service].clear()


def right_answer(rng: random.Random) -> Draft:
    """Return a full answer with names, passwords and a cluster id of the student's own."""
    database, analytics = rng.choice(DATABASES), rng.choice(ANALYTICS)
    user, password = rng.choice(USERS), _password(rng)
    ending = rng.choice(VOLUME_ENDINGS)
    volumes = [f"{name}{ending}" for name in ("mongo" if rng.random() < 0.5 else "mongodb", "kafka", "mysql")]
    driver = "local" if rng.random() < 0.8 else None
    return Draft(
        environment={
            "mongodb": {"MONGO_INITDB_DATABASE": database},
            "kafka": _kafka(rng),
            "app": {
                "MONGODB_URL": "mongodb://mongodb:27017" + rng.choice(("", "", "/", f"/{database}")),
                "DATABASE_NAME": database,
                "KAFKA_BOOTSTRAP_SERVERS": "kafka:9092",
                "KAFKA_CLIENT_ID": _own(rng, CLIENTS),
            },
            "mysql": {
                "MYSQL_ROOT_PASSWORD": _password(rng),
                "MYSQL_DATABASE": analytics,
                "MYSQL_USER": user,
                "MYSQL_PASSWORD": password,
            },
            "mysql-service": {
                "KAFKA_BOOTSTRAP_SERVERS": "kafka:9092",
                "KAFKA_CLIENT_ID": _own(rng, CONSUMERS),
                "KAFKA_GROUP_ID": _own(rng, GROUPS),
                "MYSQL_HOST": "mysql",
                "MYSQL_PORT": "3306",
                "MYSQL_USER": user,
                "MYSQL_PASSWORD": password,
                "MYSQL_DATABASE": analytics,
            },
        },
        mounts={
            "mongodb": [(volumes[0], "/data/db")],
            "kafka": [(volumes[1], "/var/lib/kafka/data")],
            "app": [("./apps/mongo_backend", "/app"), ("./shared", "/app/shared")],
            "mysql": [(volumes[2], "/var/lib/mysql")],
            "mysql-service": [("./apps/mysql_server", "/app"), ("./shared", "/app/shared")],
        },
        declared=dict.fromkeys(volumes, driver),
    )


def _kafka(rng: random.Random) -> dict[str, str]:
    node = rng.choice(("1", "1", "1", "1", "1", "2", "0", "42"))
    every = rng.choice(("0.0.0.0", "0.0.0.0", ""))
    host = rng.choice(("kafka", "kafka", "kafka", "localhost"))
    protocols = ["PLAINTEXT:PLAINTEXT", "CONTROLLER:PLAINTEXT"]
    rng.shuffle(protocols)
    return {
        "KAFKA_NODE_ID": node,
        "KAFKA_PROCESS_ROLES": rng.choice(("broker,controller", "broker,controller", "controller,broker")),
        "KAFKA_CONTROLLER_QUORUM_VOTERS": f"{node}@{host}:29093",
        "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
        "KAFKA_LISTENERS": f"PLAINTEXT://{every}:9092,CONTROLLER://{every}:29093",
        "KAFKA_ADVERTISED_LISTENERS": "PLAINTEXT://kafka:9092",
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": ",".join(protocols),
        "KAFKA_INTER_BROKER_LISTENER_NAME": "PLAINTEXT",
        "CLUSTER_ID": "".join(rng.choices(ID_SIGNS, k=21)) + rng.choice(LAST_ID_SIGNS),
        "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
        "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "true",
        "KAFKA_LOG_DIRS": "/var/lib/kafka/data",
    }


def _own(rng: random.Random, names: tuple[str, ...]) -> str:
    return rng.choice(names) if rng.random() < 0.7 else f"{rng.choice(names)}-{rng.randrange(1, 100)}"


def _password(rng: random.Random) -> str:
    if rng.random() < 0.3:
        return f"{rng.choice(PASSWORD_WORDS)}_password"
    return f"{rng.choice(PASSWORD_WORDS)}{rng.choice(PASSWORD_SIGNS)}{rng.randrange(10_000)}"
