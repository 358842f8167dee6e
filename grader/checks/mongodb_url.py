"""The address of the MongoDB server, as its driver reads it.

MongoDB: `mongodb://[user:password@]host[:port][/database][?options]`; the log-in is checked in `authSource`, else in
the database of the path, else in `admin`. The user that the image makes lives in `admin`.
"""

from grader.checks.port_number import read_number
from grader.checks.service_host import judge_host
from grader.checks.variable import absent
from grader.compose.model import Variable
from grader.findings import Finding, failed, passed
from grader.light_tuple import NamedTuple
from grader.places import Place, variable_place
from grader.remembered import remembered
from grader.stack import Stack

KIND = "mongodb-url"
PARAMETERS = {"service": str, "variable": str, "server": str, "port": int}

SCHEME = "mongodb://"
BAD_DATABASE_SIGNS = '/ "$'  # pymongo refuses the URL
LOGIN_RULE = "client-login"
# options with which the driver looks for something that this server is not
UNFIT_OPTIONS = {
    "replicaset": "asks for a replica set, and this server is a single one",
    "tls": "asks for an encrypted connection, and this server has no certificate",
    "ssl": "asks for an encrypted connection, and this server has no certificate",
    "loadbalanced": "asks for a load balancer",
}


class Address(NamedTuple):
    """The parts of a URL. `user` is None without a log-in; `options` have lower-case names."""

    user: str | None
    password: str | None
    host: str
    port: int | None
    database: str
    options: dict[str, str]


def places(*, service: str, variable: str, server: str, port: int) -> tuple[Place, ...]:
    """The one variable."""
    return (variable_place(service, variable),)


def check(stack: Stack, *, service: str, variable: str, server: str, port: int) -> Finding:
    """Host, port and log-in must be those of the server; the database in the path is free."""
    found = stack.given(service, variable)
    if found is None:
        return absent(stack, service, variable)
    text = found.value or ""
    address = parse(text)
    if isinstance(address, str):
        return failed(f"{variable} {address}", at=found.at)
    complaint = judge_host(stack, service, address.host, server)
    if complaint is None and (address.port if address.port is not None else port) != port:
        complaint = f"The service {server} does not listen on port {address.port}"
    if complaint is None:
        complaint = _judge_options(address)
    if complaint is not None:
        return failed(complaint, at=found.at)
    return _judge_login(stack, found, address)


@remembered
def parse(text: str) -> Address | str:
    """Take a URL apart; a text says what is wrong with it."""
    if text[:1] in "\"'":
        return "begins with a quote: in a list item the quotes belong around the whole item"
    if text.startswith("mongodb+srv://"):
        return "asks the DNS for the server (mongodb+srv), and there is no such entry here"
    if not text.startswith(SCHEME):
        return f"does not begin with {SCHEME}"
    rest, _, query = text[len(SCHEME) :].partition("?")
    authority, _, database = rest.partition("/")
    login, at, hosts = authority.rpartition("@")
    if at and ("@" in login or not login):
        return "has an @ too many: one inside a password must be written %40"
    if not hosts:
        return "names no host"
    if "," in hosts:
        return "names several servers, and there is only one"
    host, colon, port_text = hosts.partition(":")
    port = read_number(port_text) if colon else None
    if colon and port is None and not at and "@" in database:
        return "has a / before its @: one inside a password must be written %2F"
    if colon and (port is None or not 0 < port < 65536):
        return f"has {port_text!r} where the port belongs"
    if any(sign in _decoded(database) for sign in BAD_DATABASE_SIGNS):
        return f"names a database {database!r}, which no database can be called"
    user, _, password = login.partition(":")
    options = _options(query) if query else {}
    name, secret = (_decoded(user), _decoded(password)) if at else (None, None)
    return Address(name, secret, host, port, _decoded(database), options)


def _fits(written: str | None, known: str | None) -> bool:
    """Compare with the server's text; one that comes from a file in the container is not known here."""
    return known is None or written == known


def _decoded(text: str) -> str:
    if "%" not in text:
        return text
    from urllib.parse import unquote  # costs 3 ms: only paid by URLs that need it

    return unquote(text)


def _options(query: str) -> dict[str, str]:
    from urllib.parse import parse_qsl  # as above

    return {name.lower(): value for name, value in parse_qsl(query, keep_blank_values=True)}


def _judge_options(address: Address) -> str | None:
    for option, reason in UNFIT_OPTIONS.items() if address.options else ():
        value = address.options.get(option)
        if value is not None and value.lower() != "false":
            return f"the option {option} {reason}"
    return None


def _judge_login(stack: Stack, found: Variable, address: Address) -> Finding:
    server = stack.containers.mongodb
    if server is None or any(problem.rule != LOGIN_RULE for problem in server.problems):
        return passed(at=found.at)  # no server to log in to: its own fault
    if not server.auth:
        if address.user is not None:
            return failed("the URL logs in, but MongoDB makes no user here: the log-in is refused", at=found.at)
        return passed(at=found.at)
    if address.user is None:
        return failed("MongoDB asks for a log-in here (it has a root user), and the URL brings none", at=found.at)
    if not _fits(address.user, server.root_user) or not _fits(address.password, server.root_password):
        return failed("user or password of the URL are not those of MongoDB's root user", at=found.at)
    if address.options.get("authsource", address.database or "admin") != "admin":
        return failed("the log-in is looked up in the wrong database: root users live in admin", at=found.at)
    return passed(at=found.at)
