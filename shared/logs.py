"""One form for the log lines of both applications."""

import logging
import sys

# They report every failed attempt themselves; what matters is said once, in the words of the compose file.
QUIET = ("mysql.connector", "pymongo", "watchfiles")


def configure_logs() -> None:
    """Send the log to standard output, where `docker compose logs` finds it."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)-7s %(message)s", stream=sys.stdout)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
