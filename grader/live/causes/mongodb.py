"""The signs in MongoDB's log: its start script, the server, and clients that it turns away."""

from grader.live.causes.signs import Sign, Signs

_STARTS = ("mongodb.starts", "mongodb.*")
_VOLUME = ("mongodb.data-volume",)

SIGNS = Signs(
    (
        Sign(
            r"error: missing 'MONGO_INITDB_ROOT_USERNAME' or 'MONGO_INITDB_ROOT_PASSWORD'",
            _STARTS,
            "A root user needs both a name and a password, and one of the two is missing.",
        ),
        Sign(r"error: both \w+ and \w+ are set", _STARTS, "A variable and the one with its _FILE are both set."),
        Sign(
            r"docker-entrypoint\.sh: line \d+: .*: (?:No such file or directory|Permission denied)",
            _STARTS,
            "A variable names a file that is not in the container.",
        ),
        Sign(
            r"Read-only file system|lock file on a read-only directory",
            _VOLUME,
            "The server cannot write to its data folder.",
        ),
        Sign(
            r"Data directory .* not found|Unable to (?:create|lock)|Permission denied.*\.lock",
            _VOLUME,
            "The server cannot use its data folder.",
        ),
        Sign(
            r"too recent to start up on the existing data|UPGRADE PROBLEM|[Uu]nsupported WiredTiger file version",
            _VOLUME,
            "The volume holds the data of another version of MongoDB (`docker compose down -v` deletes it).",
        ),
        Sign(
            r"MongoDB 5\.0\+ requires a CPU with AVX",
            (),
            "The processor of this computer is too old for this version of MongoDB.",
        ),
        Sign(
            r"Authentication failed|Failed to authenticate|requires authentication|Checking authorization failed",
            ("app.mongodb-url", *_STARTS),
            "A client was turned away: its log-in is not the one that MongoDB knows.",
        ),
    ),
    {},
)
