"""The connection to MongoDB, from two variables: MONGODB_URL and DATABASE_NAME."""

import re
from dataclasses import dataclass
from typing import Any

from beanie import init_beanie
from pymongo import AsyncMongoClient, MongoClient
from pymongo.errors import ConfigurationError, InvalidName, InvalidURI, OperationFailure, PyMongoError

from db.documents import DOCUMENTS
from shared.hosts import silence
from shared.sentences import MONGODB, MONGODB_LOGIN, MONGODB_UNUSABLE, NO_DATABASE_NAME, NO_MONGODB_ADDRESS
from shared.settings import GaveUp, SettingsError, required
from shared.waiting import wait_for

ANSWER_MS = 3_000
# MongoDB: the port of an address that names none.
DEFAULT_PORT = 27017
SCHEMES = ("mongodb://", "mongodb+srv://")
# MongoDB: "Unauthorized" and "AuthenticationFailed".
LOGIN_CODES = (13, 18)

Client = AsyncMongoClient[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class MongoSettings:
    """Where MongoDB is and which database belongs to the app.

    `url` has the form `mongodb://host:port`, or `mongodb://user:password@host:port/?authSource=admin` where MongoDB
    asks for a log-in.
    """

    url: str
    database: str

    @classmethod
    def from_env(cls) -> "MongoSettings":
        """Read MONGODB_URL and DATABASE_NAME; raises SettingsError, which names what is missing or unusable."""
        url = required("MONGODB_URL", "where MongoDB is, in the form mongodb://host:port")
        if not url.startswith(SCHEMES):
            raise SettingsError(NO_MONGODB_ADDRESS.format(reason=f"it does not begin with {SCHEMES[0]}"))
        return cls(url=url, database=required("DATABASE_NAME", "which database of MongoDB belongs to the app"))

    def __str__(self) -> str:
        """Say where MongoDB is expected and which variable says so; a log-in in the address is hidden."""
        return MONGODB.format(url=re.sub("//.*@", "//***@", self.url))


def wait_for_mongodb(settings: MongoSettings) -> None:
    """Wait until MongoDB answers; raises GaveUp when the time is over, SettingsError for an address that is none."""
    try:
        client: MongoClient[dict[str, Any]] = MongoClient(settings.url, serverSelectionTimeoutMS=ANSWER_MS)
    except (InvalidURI, ConfigurationError, ValueError) as error:
        raise SettingsError(NO_MONGODB_ADDRESS.format(reason=error)) from error
    with client:
        wait_for(str(settings), lambda: _complaint(client, settings))


def _complaint(client: MongoClient[dict[str, Any]], settings: MongoSettings) -> str | None:
    """Return why the database cannot be used, None if it can. MongoDB: `ping` needs no log-in, reading does."""
    try:
        client[settings.database].list_collection_names()
    except InvalidName as error:
        raise SettingsError(NO_DATABASE_NAME.format(reason=error)) from error
    except OperationFailure as error:
        if error.code in LOGIN_CODES or "authentication failed" in str(error).lower():
            raise GaveUp(MONGODB_LOGIN.format(mongodb=settings)) from error
        return str(error)
    except PyMongoError:
        return silence(*_first_server(settings.url), "MongoDB")
    return None


def _first_server(url: str) -> tuple[str, int]:
    """Return host and port of the first server in the address."""
    servers = url.partition("://")[2].partition("/")[0]
    host, _, port = servers.rpartition("@")[2].split(",")[0].partition(":")
    return host, int(port) if port.isdecimal() else DEFAULT_PORT


async def open_database(settings: MongoSettings) -> Client:
    """Connect, and let Beanie make the collections' indexes in the database."""
    client: Client = AsyncMongoClient(settings.url, serverSelectionTimeoutMS=ANSWER_MS, tz_aware=True)
    try:
        await init_beanie(database=client[settings.database], document_models=DOCUMENTS)
    except PyMongoError as error:
        raise GaveUp(MONGODB_UNUSABLE.format(mongodb=settings, reason=error)) from error
    return client
