"""The address of the MongoDB server, as its driver reads it.

MongoDB: `mongodb://[user:password@]host[:port][/database][?options]`; the log-in is checked in `authSource`, else in
the database of the path, else in `admin`. The user that the image makes lives in `admin`.
"""

from grader.checks.service_host import judge_host
from grader.checks.variable import absent
from grader.compose.model import Variable
from grader.containers.mongodb_address import Address, parse
from grader.findings import Finding, failed, passed
from grader.places import Place, variable_place
from grader.stack import Stack

KIND = "mongodb-url"
PARAMETERS = {"service": str, "variable": str, "server": str, "port": int}

LOGIN_RULE = "client-login"
# options with which the driver looks for something that this server is not, and the values that switch them on
# (None: any text); PyMongo: anything but `true` and `false` is passed over with a warning
UNFIT_OPTIONS = {
    "replicaset": (None, "asks for a replica set, and this server is a single one"),
    "tls": ("true", "asks for an encrypted connection, and this server has no certificate"),
    "ssl": ("true", "asks for an encrypted connection, and this server has no certificate"),
    "loadbalanced": ("true", "asks for a load balancer"),
}
MECHANISM = "authmechanism"
PASSWORD_MECHANISMS = ("DEFAULT", "SCRAM-SHA-1", "SCRAM-SHA-256")
# with these the server would have to ask somebody else who the user is
FOREIGN_MECHANISMS = ("GSSAPI", "MONGODB-AWS", "MONGODB-OIDC", "MONGODB-X509", "PLAIN")


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


def _fits(written: str | None, known: str | None) -> bool:
    """Compare with the server's text; one that comes from a file in the container is not known here."""
    return known is None or written == known


def _judge_options(address: Address) -> str | None:
    options = address.options
    for option, (on, reason) in UNFIT_OPTIONS.items() if options else ():
        value = options.get(option)
        if value and on in (None, value):
            return f"the option {option} {reason}"
    mechanism = options.get(MECHANISM)
    if mechanism in FOREIGN_MECHANISMS:
        return f"the option authMechanism asks for a log-in by {mechanism}, which this server does not offer"
    if mechanism in PASSWORD_MECHANISMS and address.user is None:
        return "the option authMechanism says how to log in, and the URL names no user"
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
