"""What mongo:latest does with its environment and mounts.

docker-library/mongo (8.2): the root user is made on an empty volume only, `--auth` is switched on at every start that
has both its name and its password; MONGO_INITDB_DATABASE names only the database in which init scripts run.
"""

from collections.abc import Iterator, Sequence

from grader.compose.model import Project, Service
from grader.containers.disk import Layer, layer_at, layers
from grader.containers.file_variables import Given, both_forms, file_problems, take
from grader.containers.mongodb_address import parse
from grader.containers.verdict import Problem, Verdict

DATA = "/data/db"
DECLARED = ("/data/db", "/data/configdb")
CLIENTS = ("app",)
URL = "MONGODB_URL"
USER = "MONGO_INITDB_ROOT_USERNAME"
PASSWORD = "MONGO_INITDB_ROOT_PASSWORD"
DATABASE = "MONGO_INITDB_DATABASE"
FILE_VARIABLES = both_forms(USER, PASSWORD)
BOTH = "error: both {0} and {0}_FILE are set (but are exclusive)"


class MongoDB:
    """One server.

    `auth`: it asks for a log-in. `root_user`, `root_password`: None if absent or in a file. `database`: that of the
    init scripts, `test` where none is named. `problems`: everything the container and its clients would stumble over,
    in that order; `client-login` is about a client's URL. `persisted`: the data lies in a named volume.
    """

    __slots__ = ("auth", "database", "message", "persisted", "problems", "root_password", "root_user", "verdict")

    def __init__(
        self, user: Given, password: Given, database: str, problems: Sequence[Problem], in_volume: bool
    ) -> None:
        self.auth: bool = user.there and password.there
        self.root_user: str | None = user.text or None
        self.root_password: str | None = password.text or None
        self.database = database
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.verdict: Verdict = problems[0].verdict if problems else Verdict.WORKS
        self.message: str | None = problems[0].message if problems else None
        self.persisted: bool = in_volume


def read(project: Project, service: str = "mongodb", clients: Sequence[str] = CLIENTS) -> MongoDB:
    """Read the server of a project.

    `clients` are the services whose `MONGODB_URL` must bring the log-in that the server asks for. Raises KeyError if
    there is no such service.
    """
    here = project.services[service]
    user, password = take(here, USER), take(here, PASSWORD)
    layer = layer_at(layers(here, DECLARED), DATA)
    problems = [
        *_folder(layer),
        *file_problems(here, FILE_VARIABLES, BOTH, "docker-entrypoint.sh"),
        *_half(here, user, password),
    ]
    if user.there and password.there:
        problems += _log_ins(project, service, user, password, clients)
    in_volume = layer is not None and layer.kind == "named"
    return MongoDB(user, password, here.value(DATABASE) or "test", problems, in_volume)


def _folder(layer: Layer | None) -> Iterator[Problem]:
    if layer is None or not layer.read_only:
        return
    explanation = f"The server cannot write to {DATA}."
    if layer.kind == "bind":
        message = f"chown: changing ownership of '{DATA}': Read-only file system"
        yield Problem("data-read-only", Verdict.IMAGE_SCRIPT_EXITS, message, explanation, None, None)
    else:
        message = f"Attempted to create a lock file on a read-only directory: {DATA}"
        yield Problem("data-read-only", Verdict.SERVER_REFUSES, message, explanation, None, None)


def _half(service: Service, user: Given, password: Given) -> Iterator[Problem]:
    if user.there == password.there:
        return
    missing, given = (password, user) if user.there else (user, password)
    message = f"error: missing '{USER}' or '{PASSWORD}'\n       both must be specified for a user to be created"
    explanation = f"{given.name} is set and {missing.name} is not: a root user needs both."
    marks = given.variable.marks if given.variable is not None else None
    yield Problem("root-half", Verdict.IMAGE_SCRIPT_EXITS, message, explanation, given.name, marks)


def _log_ins(project: Project, service: str, user: Given, password: Given, clients: Sequence[str]) -> Iterator[Problem]:
    """MongoDB: without a log-in a client connects, but all that it asks for is refused."""
    for client in clients:
        variable = project.services[client].environment.get(URL) if client in project.services else None
        address = parse(variable.value) if variable is not None and variable.value else ""
        if variable is None or isinstance(address, str) or project.resolve(client, address.host) != service:
            continue
        login = address.user, address.password
        if address.user is None:
            message = "command find requires authentication"
            explanation = f"MongoDB asks for a log-in, and the URL of {client} brings none."
        elif (user.text, password.text) in (login, (None, login[1]), (login[0], None), (None, None)):
            continue
        else:
            message = "Authentication failed."
            explanation = f"The URL of {client} does not bring the log-in that MongoDB knows."
        yield Problem("client-login", Verdict.CLIENTS_FAIL, message, explanation, URL, variable.marks)
