"""What mysql:8.0 does with its environment and mounts, on an empty volume.

docker-library/mysql (8.0.46) and MySQL 8.0: all but the `_FILE` rules happens at the first start only; a volume that
already exists keeps its users, passwords and databases.
"""

from collections.abc import Sequence

from grader.compose.model import Project
from grader.containers.disk import layer_at, layers
from grader.containers.file_variables import file_problems
from grader.containers.mysql.clients import log_ins_problems, server_problems
from grader.containers.mysql.problems import (
    BOTH,
    DATA,
    FILE_VARIABLES,
    first_start_problems,
    folder_problems,
    required_problems,
)
from grader.containers.mysql.settings import EVERYWHERE, ROOT, Account, Settings
from grader.containers.verdict import Problem, Verdict

CLIENTS = ("mysql-service",)


class MySQL:
    """One server after its first start.

    `root_password`: as written, None if it comes from a file or the image makes it up (`random_root_password`), empty
    if root has none. `database`, `user`, `password`: as written, None if absent or in a file. `stored_password` is what
    the server remembers for the user, None if there is no such user or the text is not in the file. `databases`,
    `accounts`, `grants`: what is made. `problems`: everything the container would stumble over, in its order.
    `persisted`: the data lies in a named volume.
    """

    __slots__ = (
        "_settings",
        "database",
        "message",
        "password",
        "persisted",
        "problems",
        "random_root_password",
        "root_host",
        "root_password",
        "stored_password",
        "user",
        "verdict",
    )

    def __init__(self, settings: Settings, problems: Sequence[Problem], in_volume: bool) -> None:
        self._settings = settings
        self.random_root_password: bool = settings.random_root
        self.root_password: str | None = None if settings.random_root else settings.root_password.text
        self.root_host: str = settings.root_host.text or EVERYWHERE
        self.database: str | None = settings.database.text or None
        self.user: str | None = settings.user.text or None
        self.password: str | None = settings.password.text or None
        self.stored_password: str | None = settings.stored_password
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.verdict: Verdict = problems[0].verdict if problems else Verdict.WORKS
        self.message: str | None = problems[0].message if problems else None
        self.persisted: bool = in_volume

    @property
    def databases(self) -> tuple[str, ...]:
        """The databases that are made."""
        return self._settings.databases()

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The users that are made, root first."""
        return self._settings.accounts()

    @property
    def grants(self) -> tuple[str, ...]:
        """The statements that give rights."""
        return self._settings.grants()


def read(project: Project, service: str = "mysql", clients: Sequence[str] = CLIENTS) -> MySQL:
    """Read the server of a project.

    `clients` are the services whose `MYSQL_USER` tells whether they log in as root. Raises KeyError if there is no such
    service.
    """
    here = project.services[service]
    settings = Settings(here)
    rooted = any(project.services[name].value("MYSQL_USER") == ROOT for name in clients if name in project.services)
    layer = layer_at(layers(here, (DATA,)), DATA)
    problems = [
        *file_problems(here, FILE_VARIABLES, BOTH, "docker-entrypoint.sh: line 39"),
        *folder_problems(project, here, layer),
        *required_problems(settings),
        *first_start_problems(settings),
        *server_problems(here),
        *log_ins_problems(settings, rooted),
    ]
    return MySQL(settings, problems, layer is not None and layer.kind == "named")
