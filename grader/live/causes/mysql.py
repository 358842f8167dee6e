"""The signs in MySQL's log: its start script, the SQL of the first start, and the server.

What failed at the first start shows there only: the next one takes the unfinished volume for a good one.
"""

from grader.live.causes.signs import Sign, Signs

# a volume of MySQL that is mounted elsewhere as well is the fault of that mount
_VOLUME = ("mysql.data-volume", "mysql.starts", "*-mount", "volumes.only-named")

SIGNS = Signs(
    (
        Sign(
            r"Database is uninitialized and password option is not specified",
            ("mysql.root-password", "mysql.starts"),
            "Nothing says which password root gets.",
        ),
        Sign(
            r"MYSQL_USER=\"root\", MYSQL_USER and MYSQL_PASSWORD are for",
            ("mysql.user",),
            "The user root exists already and cannot be made a second time.",
        ),
        Sign(
            r"Both (?P<name>\w+) and \w+ are set",
            ("mysql.starts", "mysql.*"),
            "{name} and the variable with its _FILE are both set.",
        ),
        Sign(
            r"docker-entrypoint\.sh: line \d+: .*: (?:No such file or directory|Permission denied)",
            ("mysql.starts", "mysql.*"),
            "A variable names a file that is not in the container.",
        ),
        Sign(
            r"(?P<shown>ERROR 1064 \(42000\).*?)(?: near|$)",
            ("mysql.password", "mysql.user", "mysql.database", "mysql.root-password", "mysql.starts"),
            "A quote or backslash in a name or password breaks the SQL of the first start.",
        ),
        Sign(
            r"ERROR 1396 \(HY000\).*CREATE USER",
            ("mysql.password", "mysql.user"),
            "MySQL does not make this user: its password is too long.",
        ),
        Sign(
            r"ERROR 1396 \(HY000\).*ALTER USER",
            ("mysql.root-password", "mysql.*"),
            "MySQL does not give root this password: it is too long.",
        ),
        Sign(r"ERROR 1470 \(HY000\)", ("mysql.user",), "The user's name is too long for MySQL."),
        Sign(
            r"ERROR (?:1059|1102|1044) \(42000\)",
            ("mysql.database", "mysql.*"),
            "MySQL cannot make a database of this name.",
        ),
        Sign(
            r"ERROR 1045 \(28000\)",
            ("mysql.root-password", "mysql.*"),
            "Root's password means two different things to the first start, which ends half-way.",
        ),
        Sign(
            r"MYSQL_USER specified, but missing MYSQL_PASSWORD",
            ("mysql.password", "mysql.user", "mysql.starts"),
            "A user without a password is not made.",
        ),
        Sign(
            r"MYSQL_PASSWORD specified, but missing MYSQL_USER",
            ("mysql.user", "mysql.password", "mysql.starts"),
            "A password without a user is ignored.",
        ),
        Sign(
            r"the data directory exists and is not writable|Read-only file system|[Oo]perating system error number 30",
            _VOLUME,
            "The server cannot write to its data folder.",
        ),
        Sign(
            r"the data directory has files in it",
            _VOLUME,
            "The data folder is not empty, and what is in it is not MySQL's.",
        ),
        Sign(
            r"Invalid MySQL server (?:downgrade|upgrade)|Cannot (?:downgrade|upgrade) from|Data Dictionary "
            r"initialization failed",
            _VOLUME,
            "The volume holds the data of another version of MySQL (`docker compose down -v` deletes it).",
        ),
        Sign(
            r"Unable to lock ./ibdata1",
            _VOLUME,
            "Another MySQL server uses the same volume.",
        ),
    ),
    {
        "MYSQL_ROOT_PASSWORD": "mysql.root-password",
        "MYSQL_DATABASE": "mysql.database",
        "MYSQL_USER": "mysql.user",
        "MYSQL_PASSWORD": "mysql.password",
    },
)
