"""The MySQL service of the Social Commerce Platform: reads events from Kafka and writes them to MySQL.

`python main.py` watches the code and starts the consumer again after each edit; `python main.py consume` is the
consumer.
"""

import logging
import sys
from pathlib import Path

try:
    from shared.kafka.config import KafkaConfig
except ModuleNotFoundError as error:
    if error.name not in ("shared", "shared.kafka"):
        raise
    sys.exit("The package shared is missing: ./shared is not mounted at /app/shared. See the volumes of mysql-service.")

from shared.kafka.ready import wait_for_kafka
from shared.logs import configure_logs
from shared.reload import CODE_OF_REASON, Supervisor
from shared.settings import GaveUp, SettingsError, required
from shared.stopping import StopSignal
from src.consumer import Consumption
from src.db.connection import MySQLConfig, create_pool
from src.db.schema import create_tables
from src.writer import Writer

log = logging.getLogger("mysql-service")


def main(arguments: list[str]) -> int:
    """Run the command; return its exit code."""
    configure_logs()
    try:
        kafka, mysql = KafkaConfig.from_env(), MySQLConfig.from_env()
        group_id = kafka.group_id or required("KAFKA_GROUP_ID", "to which consumer group this service belongs")
        if arguments != ["consume"]:
            return Supervisor([sys.executable, __file__, "consume"], Path(__file__).parent).run()
        consume(kafka, mysql, group_id)
    except (SettingsError, GaveUp) as error:
        log.error("%s", error)
        return CODE_OF_REASON
    return 0


def consume(kafka: KafkaConfig, mysql: MySQLConfig, group_id: str) -> None:
    """Read events until SIGTERM. Kafka remembers under `group_id` (KAFKA_GROUP_ID) how far this service has read."""
    pool = create_pool(mysql)
    create_tables(pool, mysql)
    wait_for_kafka(kafka)
    stop = StopSignal()
    Consumption(kafka.to_consumer_config(group_id), Writer(pool, mysql, stop), stop).run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
