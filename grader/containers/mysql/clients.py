"""What clients of mysql:8.0 meet after a first start that ended well."""

from collections.abc import Iterator

from grader.compose.model import Service
from grader.containers.mysql.settings import Settings
from grader.containers.verdict import Problem, Verdict

SERVER_PORT = "MYSQL_TCP_PORT"
USUAL_PORT = "3306"


def server_problems(service: Service) -> Iterator[Problem]:
    """What the server itself reads from its environment, at every start."""
    port = service.environment.get(SERVER_PORT)
    if port is None or not port.value or port.value == USUAL_PORT:
        return
    message = "ERROR 2003 (HY000): Can't connect to MySQL server on 'mysql:3306' (111)"
    explanation = f"{SERVER_PORT} moves the server to another port than {USUAL_PORT}."
    yield Problem("server-port", Verdict.CLIENTS_FAIL, message, explanation, SERVER_PORT, port.marks)


def log_ins_problems(settings: Settings, rooted: bool) -> Iterator[Problem]:
    """What clients meet after a first start that ended well; `rooted`: they log in as root."""
    fails = Verdict.CLIENTS_FAIL
    has_user, has_password = settings.user.there, settings.password.there
    if has_user and not has_password and not rooted:
        message = (
            "[Warn] [Entrypoint]: MYSQL_USER specified, but missing MYSQL_PASSWORD; MYSQL_USER will not be created"
        )
        explanation = "A user without a password is not made."
        yield settings.problem("user-without-password", fails, settings.password, message, explanation)
    if has_password and not has_user and not rooted:
        message = (
            "[Warn] [Entrypoint]: MYSQL_PASSWORD specified, but missing MYSQL_USER; MYSQL_PASSWORD will be ignored"
        )
        explanation = "A password without a user is ignored."
        yield settings.problem("password-without-user", fails, settings.user, message, explanation)
    if has_user and has_password and not settings.database.there:
        message = f"ERROR 1044 (42000): Access denied for user '{settings.user.text or ''}'@'%' to database"
        explanation = "No database is made, so the user has no rights anywhere."
        yield settings.problem("database-missing", fails, settings.database, message, explanation)
    if settings.stored_password is not None and settings.stored_password != settings.password.text:
        message = f"ERROR 1045 (28000): Access denied for user '{settings.user.text or ''}'@'%' (using password: YES)"
        explanation = "A backslash or a doubled quote in the password is an escape of SQL: another password is stored."
        yield settings.problem("password-escape", fails, settings.password, message, explanation)
    if rooted and settings.root_host.text == "localhost":
        message = "ERROR 1130 (HY000): Host is not allowed to connect to this MySQL server"
        explanation = "root may log in only inside the container."
        yield settings.problem("root-host-local", fails, settings.root_host, message, explanation)
