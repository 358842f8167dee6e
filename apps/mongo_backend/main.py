"""The backend of the Social Commerce Platform: a web API on MongoDB that sends an event for every change.

`python main.py` watches the code and starts the server again after each edit; `python main.py serve` is the server.
"""

import asyncio
import logging
import sys
from pathlib import Path

try:
    from shared.kafka.config import KafkaConfig
except ModuleNotFoundError as error:
    if error.name not in ("shared", "shared.kafka"):
        raise
    sys.exit("The package shared is missing: ./shared is not mounted at /app/shared. See the volumes of app.")

import uvicorn

from api.application import create_app
from db.mongo_db import MongoSettings, open_database, wait_for_mongodb
from db.store import Store
from events.publisher import Publisher
from shared.kafka.ready import wait_for_kafka
from shared.logs import configure_logs
from shared.reload import CODE_OF_REASON, Supervisor
from shared.settings import GaveUp, SettingsError

PORT = 8000
GRACE_SECONDS = 2

log = logging.getLogger("app")


def main(arguments: list[str]) -> int:
    """Run the command; return its exit code."""
    configure_logs()
    try:
        mongodb, kafka = MongoSettings.from_env(), KafkaConfig.from_env()
        if arguments != ["serve"]:
            return Supervisor([sys.executable, __file__, "serve"], Path(__file__).parent).run()
        wait_for_mongodb(mongodb)
        wait_for_kafka(kafka)
        asyncio.run(serve(mongodb, kafka))
    except (SettingsError, GaveUp) as error:
        log.error("%s", error)
        return CODE_OF_REASON
    return 0


async def serve(mongodb: MongoSettings, kafka: KafkaConfig) -> None:
    """Open the database and answer requests until SIGTERM."""
    client = await open_database(mongodb)
    store = Store()
    app = create_app(mongodb, client, store, Publisher(kafka, store))
    config = uvicorn.Config(app, host="0.0.0.0", port=PORT, timeout_graceful_shutdown=GRACE_SECONDS)
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
