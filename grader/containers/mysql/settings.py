"""The variables that the start script of mysql:8.0 knows, and what the first start makes of them."""

from grader.compose.model import Service
from grader.containers.file_variables import Given, take
from grader.containers.mysql.sql import identifier, literal
from grader.containers.verdict import Problem, Verdict
from grader.light_tuple import NamedTuple

ROOT = "root"
EVERYWHERE = "%"


class Account(NamedTuple):
    """One user that the first start makes. `password` is what is stored, None if it is not in the file."""

    user: str
    host: str
    password: str | None
    rights: str


class Settings:
    """The variables that the script knows, read as it does."""

    __slots__ = (
        "database",
        "password",
        "random_root",
        "root_host",
        "root_password",
        "service",
        "stored_password",
        "user",
    )

    def __init__(self, service: Service) -> None:
        self.service = service
        self.root_host = take(service, "MYSQL_ROOT_HOST")
        self.database = take(service, "MYSQL_DATABASE")
        self.user = take(service, "MYSQL_USER")
        self.password = take(service, "MYSQL_PASSWORD")
        self.root_password = take(service, "MYSQL_ROOT_PASSWORD")
        self.random_root: bool = bool(service.value("MYSQL_RANDOM_ROOT_PASSWORD"))
        made = self.user.there and self.password.there
        self.stored_password: str | None = literal(self.password.text or "") if made and self.password.text else None

    def flag(self, name: str) -> bool:
        """Tell whether a switch is on: any text counts, `no` and `0` too."""
        return bool(self.service.value(name))

    def problem(self, rule: str, verdict: Verdict, given: Given, message: str, explanation: str) -> Problem:
        """Make a problem of a variable."""
        marks = given.variable.marks if given.variable is not None else None
        return Problem(rule, verdict, message, explanation, given.name, marks)

    def user_name(self) -> str | None:
        """Return the name of the user that is made, None if there is none or a file holds it."""
        return literal(self.user.text) if self.user.text and self.password.there else None

    def databases(self) -> tuple[str, ...]:
        """Name the database that is made."""
        name = identifier(self.database.text) if self.database.text else None
        return (name,) if name is not None else ()

    def accounts(self) -> tuple[Account, ...]:
        """List the users that are made, root first."""
        root = None if self.random_root or self.root_password.text is None else literal(self.root_password.text)
        rights = "everything"
        found = [Account(ROOT, "localhost", root, rights)]
        host = self.root_host.text or EVERYWHERE
        if host != "localhost":
            found.insert(0, Account(ROOT, host, root, rights))
        name = self.user_name()
        if name is not None:
            databases = self.databases()
            found.append(Account(name, EVERYWHERE, self.stored_password, databases[0] if databases else "nothing"))
        return tuple(found)

    def grants(self) -> tuple[str, ...]:
        """List the statements that give rights, as the script writes them."""
        host = self.root_host.text or EVERYWHERE
        found = ["GRANT ALL ON *.* TO 'root'@'localhost' WITH GRANT OPTION"]
        if host != "localhost":
            found.append(f"GRANT ALL ON *.* TO 'root'@'{host}' WITH GRANT OPTION")
        if self.user_name() is not None and self.database.text:
            name = self.database.text.replace("_", "\\_")
            found.append(f"GRANT ALL ON `{name}`.* TO '{self.user.text}'@'%'")
        return tuple(found)
