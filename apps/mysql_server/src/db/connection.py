"""The connection pool, from five variables: MYSQL_HOST, MYSQL_PORT, MYSQL_USER, MYSQL_PASSWORD, MYSQL_DATABASE."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from mysql.connector import Error, errorcode
from mysql.connector.abstracts import MySQLCursorAbstract
from mysql.connector.errors import ConnectionTimeoutError, ReadTimeoutError, WriteTimeoutError
from mysql.connector.pooling import MySQLConnectionPool

from shared.hosts import silence
from shared.sentences import MYSQL, MYSQL_LOGIN, MYSQL_NO_DATABASE
from shared.settings import GaveUp, required, required_port
from shared.waiting import wait_for

POOL_SIZE = 2
CONNECT_SECONDS = 5
# MySQL: the number tells who complains.
SERVER_CODES = range(1000, 10_000)
CLIENT_CODES = range(2000, 3000)
TIMEOUTS = (ConnectionTimeoutError, ReadTimeoutError, WriteTimeoutError)

Cursor = MySQLCursorAbstract


@dataclass(frozen=True, kw_only=True)
class MySQLConfig:
    """Where MySQL is and how to log in; user, password and database are those that the server's first start made."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    database: str

    @classmethod
    def from_env(cls) -> "MySQLConfig":
        """Read the five variables; raises SettingsError, which names the one that is missing or unusable."""
        return cls(
            host=required("MYSQL_HOST", "on which host the MySQL server runs"),
            port=required_port("MYSQL_PORT", "on which port the MySQL server listens"),
            user=required("MYSQL_USER", "as which user to log in to MySQL"),
            password=required("MYSQL_PASSWORD", "with which password to log in to MySQL"),
            database=required("MYSQL_DATABASE", "which database to write to"),
        )

    def __str__(self) -> str:
        """Say where MySQL is expected and which variables say so."""
        return MYSQL.format(host=self.host, port=self.port)


def create_pool(config: MySQLConfig) -> MySQLConnectionPool:
    """Wait until MySQL lets the user in, and return a pool of connections.

    Raises GaveUp when the time is over, or at once when the log-in is refused.
    """
    pools: list[MySQLConnectionPool] = []

    def attempt() -> str | None:
        try:
            pools.append(_connect(config))
        except Error as error:
            return explain(config, error)
        return None

    wait_for(str(config), attempt)
    return pools[0]


def explain(config: MySQLConfig, error: Error) -> str:
    """Return why MySQL cannot be used; raises GaveUp if waiting would not help."""
    if error.errno == errorcode.ER_ACCESS_DENIED_ERROR:
        raise GaveUp(MYSQL_LOGIN.format(mysql=config, user=config.user)) from error
    if error.errno in (errorcode.ER_DBACCESS_DENIED_ERROR, errorcode.ER_BAD_DB_ERROR):
        text = MYSQL_NO_DATABASE.format(mysql=config, database=config.database, user=config.user)
        raise GaveUp(text) from error
    from_client = error.errno in CLIENT_CODES or isinstance(error, TIMEOUTS)
    if error.errno in SERVER_CODES and error.msg and not from_client:
        return error.msg
    return silence(config.host, config.port, "MySQL")


@contextmanager
def transaction(pool: MySQLConnectionPool) -> Iterator[Cursor]:
    """Run statements together: all of them count, or none. Raises mysql.connector.Error."""
    connection = pool.get_connection()
    try:
        cursor = connection.cursor()
        yield cursor
        connection.commit()
    finally:
        # Back to the pool, which resets the session: what is not committed is undone.
        connection.close()


def _connect(config: MySQLConfig) -> MySQLConnectionPool:
    return MySQLConnectionPool(
        pool_name="mysql-service",
        pool_size=POOL_SIZE,
        host=config.host,
        port=config.port,
        user=config.user,
        password=config.password,
        database=config.database,
        connection_timeout=CONNECT_SECONDS,
        charset="utf8mb4",
        time_zone="+00:00",
    )
