"""The signs in the logs of the two applications, which say themselves what they wait for and which variable says so."""

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
    bootstrap = f"{service}.kafka-bootstrap"
    return (
        Sign(r"(?P<name>[A-Z_]+) is not set\.", (), "{name} is not set, and the program cannot work without it."),
        Sign(
            r"(?P<name>[A-Z_]+) (?:is '.*', which is no port|does not begin with|is no address|is no name)",
            (),
            "The program cannot use what {name} says.",
        ),
        Sign("The package shared is missing", (shared, source), "The shared code is not in the container."),
        Sign("No module named 'shared", (shared, source), "The shared code is not in the container."),
        Sign(r"can't open file '/app/main\.py'", (source,), "There is no program in the folder that is mounted."),
        Sign(
            r"(?:ModuleNotFoundError|ImportError): ",
            (source, shared),
            "The code in the container is not the one that its image was made for.",
        ),
        Sign(
            r"PermissionError: .*'/app",
            (),
            "The program may not read its code: the folders of this computer must be readable for everybody.",
        ),
        Sign(
            r"Kafka at .*: no service on its networks is called",
            (bootstrap, "kafka.*"),
            "No service is called like the host in KAFKA_BOOTSTRAP_SERVERS.",
            passing=True,
        ),
        Sign(
            r"Kafka at .*: it answers, but says that clients must use",
            ("kafka.advertised-listeners", "kafka.listeners", "kafka.*"),
            "Kafka sends its clients to an address where nobody answers.",
            passing=True,
        ),
        Sign(
            r"KAFKA_AUTO_CREATE_TOPICS_ENABLE of the service kafka\)",
            ("kafka.auto-create-topics", "kafka.*"),
            "The topics are missing, and Kafka does not make them.",
            passing=True,
        ),
        Sign(
            r"Kafka at .*: nobody answers there",
            (bootstrap, "kafka.*"),
            "Nobody answers where KAFKA_BOOTSTRAP_SERVERS points to, although the address is right.",
            passing=True,
        ),
        Sign(
            r"Kafka does not let the group .* in",
            ("kafka.offsets-replication", "kafka.*"),
            "Kafka cannot remember how far a consumer group has read, so it lets none in.",
        ),
        Sign(
            r"Kafka at .* does not take them",
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


APP = Signs(
    (
        Sign(
            r"MongoDB at .* asks for a log-in",
            ("app.mongodb-url", "mongodb.*"),
            "MongoDB does not know the log-in of MONGODB_URL. A volume that already exists remembers the old one "
            "(`docker compose down -v`).",
        ),
        Sign(
            r"MongoDB at .*: no service on its networks is called",
            ("app.mongodb-url", "mongodb.*"),
            "No service is called like the host in MONGODB_URL.",
            passing=True,
        ),
        Sign(
            r"MongoDB at .*: nobody answers there",
            ("app.mongodb-url", "mongodb.*"),
            "Nobody answers where MONGODB_URL points to, although the address is right.",
            passing=True,
        ),
        *_common("app"),
        Sign(r"MongoDB at .* cannot be used", ("app.mongodb-url", "mongodb.*"), "MongoDB refuses what the app asks."),
    ),
    _names("app", _APP_NAMES),
)

MYSQL_SERVICE = Signs(
    (
        Sign(
            r"MySQL at .* refuses the log-in",
            (
                *("mysql-service.mysql-user", "mysql-service.mysql-password"),
                *("mysql.password", "mysql.user", "mysql.root-password", "mysql.*"),
            ),
            "MySQL does not know this user with this password. A volume that already exists remembers the old one "
            "(`docker compose down -v`).",
        ),
        Sign(
            r"MySQL at .* has no database",
            ("mysql-service.mysql-database", "mysql.database", "mysql.*"),
            "MySQL has no such database for this user. A volume that already exists remembers the old one "
            "(`docker compose down -v`).",
        ),
        Sign(
            r"MySQL at .*: no service on its networks is called",
            ("mysql-service.mysql-host", "mysql.*"),
            "No service is called like the host in MYSQL_HOST.",
            passing=True,
        ),
        Sign(
            r"MySQL at .*: nobody answers there",
            ("mysql-service.mysql-host", "mysql-service.mysql-port", "mysql.*"),
            "Nobody answers where MYSQL_HOST and MYSQL_PORT point to, although the address is right.",
            passing=True,
        ),
        *_common("mysql-service"),
    ),
    _names("mysql-service", _MYSQL_NAMES),
)
