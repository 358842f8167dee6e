"""MySQL answers over the network, and lets the service in with the service's own credentials."""

from grader.live.clients import answer, program
from grader.live.session import MYSQL_PING, Session, StepFinding, passed
from grader.live.taming import last_words
from grader.live.waiting import wait_for

ID = "mysql"
TITLE = "MySQL answers and lets mysql-service log in"
LIMIT_SECONDS = 120.0
ATTEMPT_SECONDS = 30.0
NEEDS = ("running",)
SERVICES = ("mysql",)

_LOGIN_OWNERS = (
    "mysql-service.mysql-password",
    "mysql-service.mysql-user",
    "mysql.password",
    "mysql.user",
    "mysql.*",
)
STAGES: dict[str, tuple[str, ...]] = {
    "MYSQL_HOST": ("mysql-service.mysql-host",),
    "MYSQL_PORT": ("mysql-service.mysql-port",),
    "MYSQL_USER": ("mysql-service.mysql-user",),
    "MYSQL_PASSWORD": ("mysql-service.mysql-password",),
    "MYSQL_DATABASE": ("mysql-service.mysql-database", "mysql.database", "mysql.*"),
    "connection": ("mysql-service.mysql-host", "mysql-service.mysql-port", "mysql.*"),
    "login": _LOGIN_OWNERS,
}


def run(session: Session) -> StepFinding:
    """Ask the server, then log in from a container that is like that of the service."""
    waited = wait_for(session, lambda: _silence(session), services=SERVICES, seconds=LIMIT_SECONDS)
    if waited.reason is not None:
        owners = ("mysql.starts", "mysql.*")
        return session.failed(waited.reason, services=SERVICES, owners=owners, causes=waited.causes, broken=SERVICES)
    words = ("python", "-", "login")
    ran = session.project.visit("mysql-service", *words, seconds=ATTEMPT_SECONDS, stdin=program("mysql"))
    said = answer(ran)
    if said is None:
        reason = last_words(ran.error) or last_words(ran.out) or "it did not end in time"
        return StepFinding(False, f"The client could not be run: {reason}")
    if said.get("stage") is None:
        return passed()
    text = last_words(str(said.get("text"))).rstrip(".")
    blamed = STAGES.get(str(said["stage"]), _LOGIN_OWNERS)
    return session.failed(
        f"MySQL runs, but mysql-service cannot use it: {text}.", owners=blamed, broken=("mysql-service",)
    )


def _silence(session: Session) -> str | None:
    ran = session.project.ask("mysql", *MYSQL_PING, seconds=ATTEMPT_SECONDS)
    return None if ran.well else "MySQL does not answer on its port inside its container"
