"""What mysql:8.0 stumbles over, in the order of its start script.

docker-library/mysql (8.0.46): the `_FILE` rules count at every start, everything else at the first one only.
"""

from collections.abc import Iterator

from grader.compose.model import Project, Service
from grader.containers.disk import Layer, shared_with
from grader.containers.file_variables import Given, both_forms
from grader.containers.mysql.settings import ROOT, Settings
from grader.containers.mysql.sql import (
    MAX_NAME_CHARACTERS,
    MAX_PASSWORD_BYTES,
    MAX_USER_CHARACTERS,
    identifier,
    literal,
    option_value,
)
from grader.containers.verdict import Problem, Verdict

DATA = "/var/lib/mysql"
MEANINGFUL = "'\"`\\#"  # quotes, the escape, and the beginning of a comment
SERVERS_OWN = ("information_schema", "performance_schema")  # root itself may not make these
FILE_VARIABLES = both_forms("MYSQL_ROOT_HOST", "MYSQL_DATABASE", "MYSQL_USER", "MYSQL_PASSWORD", "MYSQL_ROOT_PASSWORD")

ERROR = "[ERROR] [Entrypoint]: "
BOTH = f"{ERROR}Both {{0}} and {{0}}_FILE are set (but are exclusive)"
ROOT_OPTIONS = "\n    - MYSQL_ROOT_PASSWORD\n    - MYSQL_ALLOW_EMPTY_PASSWORD\n    - MYSQL_RANDOM_ROOT_PASSWORD"
SYNTAX = (
    "ERROR 1064 (42000) at line {line}: You have an error in your SQL syntax; check the manual that corresponds to "
    "your MySQL server version for the right syntax to use near"
)
ROOT_DENIED = "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)"
CLIENT_PASSWORD = "MYSQL_PWD"  # MySQL: every client takes it for a password that is not given otherwise
HALF_WAY = "The first start ends half-way, and the next one takes the unfinished volume for a good one."


def folder_problems(project: Project, service: Service, layer: Layer | None) -> Iterator[Problem]:
    if layer is not None and layer.read_only:
        explanation = f"The server cannot write to {DATA}."
        if layer.kind == "bind":
            message = f"chown: changing ownership of '{DATA}': Read-only file system"
            yield Problem("data-read-only", Verdict.IMAGE_SCRIPT_EXITS, message, explanation, None, None)
        else:
            message = "[ERROR] [MY-010460] [Server] --initialize specified but the data directory exists and is not "
            message += "writable. Aborting."
            yield Problem("data-read-only", Verdict.SERVER_REFUSES, message, explanation, None, None)
    other = shared_with(project, service, DATA)
    if other is not None:
        message = (
            "[ERROR] [MY-010457] [Server] --initialize specified but the data directory has files in it. Aborting."
        )
        explanation = f"The volume at {DATA} holds the data of {other} as well; two servers cannot share a folder."
        yield Problem("volume-shared", Verdict.SERVER_REFUSES, message, explanation, None, None)


def required_problems(settings: Settings) -> Iterator[Problem]:
    allowed = settings.flag("MYSQL_ALLOW_EMPTY_PASSWORD") or settings.random_root
    if not settings.root_password.there and not allowed:
        message = f"{ERROR}Database is uninitialized and password option is not specified\n"
        message += f"    You need to specify one of the following as an environment variable:{ROOT_OPTIONS}"
        explanation = "Nothing says which password root gets."
        yield settings.problem(
            "root-password-missing", Verdict.IMAGE_SCRIPT_EXITS, settings.root_password, message, explanation
        )
    if settings.user.text == ROOT:
        message = (
            f'{ERROR}MYSQL_USER="root", MYSQL_USER and MYSQL_PASSWORD are for configuring a regular user and cannot be '
            'used for the root user\n    Remove MYSQL_USER="root" and use one of the following to control the root '
            f"user password:{ROOT_OPTIONS}"
        )
        explanation = "The user root exists already and cannot be made a second time."
        yield settings.problem("user-root", Verdict.IMAGE_SCRIPT_EXITS, settings.user, message, explanation)


def first_start_problems(settings: Settings) -> Iterator[Problem]:
    """The SQL of the first start, statement by statement."""
    exits = Verdict.IMAGE_SCRIPT_EXITS
    client = settings.service.environment.get(CLIENT_PASSWORD)
    if client is not None and client.value:
        explanation = f"With {CLIENT_PASSWORD} the script logs in with a password before root has one. {HALF_WAY}"
        yield Problem("client-password", exits, ROOT_DENIED, explanation, CLIENT_PASSWORD, client.marks)
    if _is_ordinary(settings):
        return
    password = settings.root_password.text or ""
    if settings.random_root:
        password = ""
    host = settings.root_host.text or ""
    for given, text in ((settings.root_password, password), (settings.root_host, host)):
        if literal(text) is None:
            yield _syntax(settings, "sql-quote", given, 7)
    stored = literal(password)
    if stored is not None and stored != option_value(password):
        explanation = f"A backslash or # in root's password means two different things to the script. {HALF_WAY}"
        yield settings.problem("root-password-backslash", exits, settings.root_password, ROOT_DENIED, explanation)
    elif stored is not None and len(stored.encode()) > MAX_PASSWORD_BYTES:
        yield _long_password(settings, settings.root_password, 7, "ALTER USER failed for 'root'@'localhost'")
    if settings.database.text:
        yield from _database(settings, settings.database.text)
    if not (settings.user.there and settings.password.there):
        return
    for given in (settings.user, settings.password):
        if given.text and literal(given.text) is None:
            yield _syntax(settings, "sql-quote", given, 1)
    name = literal(settings.user.text or "")
    if name is not None and len(name) > MAX_USER_CHARACTERS:
        message = (
            f"ERROR 1470 (HY000) at line 1: String '{name}' is too long for user name (should be no longer than 32)"
        )
        explanation = f"The user's name has more than {MAX_USER_CHARACTERS} characters. {HALF_WAY}"
        yield settings.problem("user-too-long", exits, settings.user, message, explanation)
    if name is not None and len((settings.stored_password or "").encode()) > MAX_PASSWORD_BYTES:
        yield _long_password(settings, settings.password, 1, f"CREATE USER failed for '{name}'@'%'")


def _is_ordinary(settings: Settings) -> bool:
    """Tell whether no text has a sign that means something in SQL or an option file, and all are short."""
    user, database = settings.user.text or "", settings.database.text or ""
    texts = (user, database, settings.password.text, settings.root_password.text, settings.root_host.text)
    joined = "".join([text for text in texts if text])
    if len(joined) > MAX_PASSWORD_BYTES or not joined.isascii():
        return False
    for sign in MEANINGFUL:
        if sign in joined:
            return False
    if len(user) > MAX_USER_CHARACTERS or len(database) > MAX_NAME_CHARACTERS:
        return False
    return database[-1:] != " " and database.lower() not in SERVERS_OWN


def _database(settings: Settings, text: str) -> Iterator[Problem]:
    exits = Verdict.IMAGE_SCRIPT_EXITS
    name = identifier(text)
    if name is None:
        yield _syntax(settings, "sql-quote", settings.database, 1)
    elif len(name) > MAX_NAME_CHARACTERS:
        message = f"ERROR 1059 (42000) at line 1: Identifier name '{name}' is too long"
        explanation = f"The database's name has more than {MAX_NAME_CHARACTERS} characters. {HALF_WAY}"
        yield settings.problem("database-too-long", exits, settings.database, message, explanation)
    elif name.endswith(" "):
        message = f"ERROR 1102 (42000) at line 1: Incorrect database name '{name}'"
        explanation = f"The name of a database cannot end with a blank. {HALF_WAY}"
        yield settings.problem("database-name", exits, settings.database, message, explanation)
    elif name.lower() in SERVERS_OWN:
        message = f"ERROR 1044 (42000) at line 1: Access denied for user 'root'@'localhost' to database '{name}'"
        explanation = f"This name belongs to the server itself. {HALF_WAY}"
        yield settings.problem("database-name", exits, settings.database, message, explanation)


def _syntax(settings: Settings, rule: str, given: Given, line: int) -> Problem:
    explanation = f"{given.name} contains a quote or backslash that breaks the SQL of the first start. {HALF_WAY}"
    return settings.problem(rule, Verdict.IMAGE_SCRIPT_EXITS, given, SYNTAX.format(line=line), explanation)


def _long_password(settings: Settings, given: Given, line: int, failure: str) -> Problem:
    message = f"ERROR 1396 (HY000) at line {line}: Operation {failure}"
    explanation = f"The password has more than {MAX_PASSWORD_BYTES} bytes. {HALF_WAY}"
    return settings.problem("password-too-long", Verdict.IMAGE_SCRIPT_EXITS, given, message, explanation)
