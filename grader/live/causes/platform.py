"""The signs in the logs of the two applications, which say themselves what they wait for and which variable says so.

Their sentences are those of `shared/sentences.py`.
"""

from collections.abc import Mapping, Sequence

from grader.live.causes.signs import GAVE_UP, Sign, Signs

SERVICES = ("app", "mysql-service")

_WAITING = "waiting for "
_REACHED = "reached "

_KAFKA_NAMES = {
    "KAFKA_BOOTSTRAP_SERVERS": "kafka-bootstrap",
    "KAFKA_CLIENT_ID": "kafka-client-id",
    "KAFKA_GROUP_ID": "kafka-group-id",
}
_APP_NAMES = {**_KAFKA_NAMES, "MONGODB_URL": "mongodb-url", "DATABASE_NAME": "database-name"}
_MYSQL_NAMES = {
    **_KAFKA_NAMES,
    "MYSQL_HOST": "mysql-host",
    "MYSQL_PORT": "mysql-port",
    "MYSQL_USER": "mysql-user",
    "MYSQL_PASSWORD": "mysql-password",
    "MYSQL_DATABASE": "mysql-database",
}


def still_waiting(lines: Sequence[str]) -> list[str]:
    """Leave out that something was waited for which was reached later: that is how every start looks."""
    reached: set[str] = set()
    kept: list[str] = []
    for line in reversed(lines):
        _, found, what = line.partition(_REACHED)
        if found:
            reached.add(what)
        elif any(f"{_WAITING}{what}:" in line or f"{GAVE_UP}{what} after" in line for what in reached):
            continue
        kept.append(line)
    return kept[::-1]


def _common(service: str) -> tuple[Sign, ...]:
    """What both applications say: their settings, their code, and Kafka."""
    source, shared = f"{service}.source-mount", f"{service}.shared-mount"
    return (
        Sign(r"(?P<name>[A-Z_]+) is not set\.", (), "{name} is not set, and the program cannot work without it."),
        Sign(
            r"(?P<name>[A-Z_]+) is (?:'.*', which is no port|no address of|no name for)",
            (),
            "The program cannot use what {name} says.",
        ),
        Sign(r"The package shared is missing|No module named 'shared", (shared, source), "The shared code is missing."),
        Sign(
            r"can't open file '/app/main\.py': \[Errno 2\]",
            (source,),
            "There is no program in the folder that is mounted.",
        ),
        Sign(
            r"(?:ModuleNotFoundError|ImportError): ",
            (source, shared),
            "The code in the container is not the one that its image was made for.",
        ),
        Sign(
            r"PermissionError: .*'/app|can't open file '/app/main\.py': \[Errno 13\]",
            (),
            "The program may not read its code: the folders of this computer must be readable for everybody.",
        ),
        *_kafka(f"{service}.kafka-bootstrap"),
    )


def _code(service: str) -> Sign:
    """What does not keep the program from working is the last thing to look at."""
    return Sign(
        r"nothing is mounted at /app: this is the code in the image",
        (f"{service}.source-mount",),
        "The code in the container is that of the image: no edit reaches it.",
    )


def _kafka(bootstrap: str) -> tuple[Sign, ...]:
    where = r"Kafka at .* \(KAFKA_BOOTSTRAP_SERVERS\)"
    return (
        Sign(
            rf"{where}.*: (?:no running service on its networks is called|.* is no address of the form)",
            (bootstrap, "kafka.*"),
            "KAFKA_BOOTSTRAP_SERVERS leads to no service that runs.",
            passing=True,
        ),
        Sign(
            rf"{where}.*: it answers, but says that clients must use",
            ("kafka.advertised-listeners", "kafka.listeners", "kafka.*"),
            "Kafka sends its clients to an address where nobody answers.",
            passing=True,
        ),
        Sign(
            r"KAFKA_AUTO_CREATE_TOPICS_ENABLE of the service kafka",
            ("kafka.auto-create-topics", "kafka.*"),
            "The topics are missing, and Kafka does not make them.",
            passing=True,
        ),
        Sign(
            rf"{where}.*: (?:nobody answers there|something listens there)",
            (bootstrap, "kafka.*"),
            "Kafka does not answer where KAFKA_BOOTSTRAP_SERVERS points to, although the address is right.",
            passing=True,
        ),
        Sign(
            r"Kafka does not let the group .* in",
            ("kafka.offsets-replication", "kafka.*"),
            "Kafka cannot remember how far a consumer group has read, so it lets none in.",
        ),
        Sign(
            rf"{where} does not take them",
            ("kafka.*", bootstrap),
            "Kafka does not take the events of the app.",
            passing=True,
        ),
        Sign(
            r"Kafka does not (?:answer any more|take the progress)",
            ("kafka.*", bootstrap),
            "Kafka was there and does not answer any more.",
            passing=True,
        ),
    )


def _names(service: str, parts: Mapping[str, str]) -> dict[str, str]:
    return {name: f"{service}.{part}" for name, part in parts.items()}


_MONGODB = r"MongoDB at .* \(MONGODB_URL\)"
_MONGODB_CHECKS = ("app.mongodb-url", "mongodb.*")

APP = Signs(
    (
        Sign(
            rf"{_MONGODB} asks for a log-in",
            _MONGODB_CHECKS,
            "MongoDB does not know the log-in of MONGODB_URL. A volume that already exists remembers the old one "
            "(`docker compose down -v`).",
        ),
        Sign(
            rf"{_MONGODB}.*: no running service on its networks is called",
            _MONGODB_CHECKS,
            "MONGODB_URL leads to no service that runs.",
            passing=True,
        ),
        Sign(
            rf"{_MONGODB}.*: (?:nobody answers there|something listens there)",
            _MONGODB_CHECKS,
            "MongoDB does not answer where MONGODB_URL points to, although the address is right.",
            passing=True,
        ),
        *_common("app"),
        Sign(rf"{_MONGODB} cannot be used", _MONGODB_CHECKS, "MongoDB refuses what the app asks."),
        Sign(
            "MongoDB does not answer any more",
            ("mongodb.*", "app.mongodb-url"),
            "MongoDB was there and does not answer any more.",
            passing=True,
        ),
        _code("app"),
    ),
    _names("app", _APP_NAMES),
)

_MYSQL = r"MySQL at .* \(MYSQL_HOST, MYSQL_PORT\)"

MYSQL_SERVICE = Signs(
    (
        Sign(
            rf"{_MYSQL} refuses the log-in",
            (
                *("mysql-service.mysql-user", "mysql-service.mysql-password"),
                *("mysql.password", "mysql.user", "mysql.root-password", "mysql.*"),
            ),
            "MySQL does not know this user with this password. A volume that already exists remembers the old one "
            "(`docker compose down -v`).",
        ),
        Sign(
            rf"{_MYSQL} (?:has no database|does not let)",
            ("mysql-service.mysql-database", "mysql-service.mysql-user", "mysql.database", "mysql.*"),
            "MySQL has no such database for this user. A volume that already exists remembers the old one "
            "(`docker compose down -v`).",
        ),
        Sign(
            rf"{_MYSQL}.*: no running service on its networks is called",
            ("mysql-service.mysql-host", "mysql.*"),
            "MYSQL_HOST leads to no service that runs.",
            passing=True,
        ),
        Sign(
            rf"{_MYSQL}.*: (?:nobody answers there|something listens there)",
            ("mysql-service.mysql-host", "mysql-service.mysql-port", "mysql.*"),
            "MySQL does not answer where MYSQL_HOST and MYSQL_PORT point to, although the address is right.",
            passing=True,
        ),
        *_common("mysql-service"),
        Sign(
            rf"gave up waiting for {_MYSQL}",
            ("mysql-service.mysql-*", "mysql.*", "mysql-service.mysql-host"),
            "MySQL refuses the service.",
        ),
        _code("mysql-service"),
    ),
    _names("mysql-service", _MYSQL_NAMES),
)
