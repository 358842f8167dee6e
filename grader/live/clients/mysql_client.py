"""Log in to MySQL as the service does, with the variables of its own container; runs inside one that is like it.

`python - login` only logs in; `python - order ID SECONDS` also waits for the row of an order.
Prints one line: {"stage": null for success, or how far it came, "text": what was said}.
"""

import json
import os
import socket
import sys
import time
from typing import Any

import mysql.connector
from mysql.connector import Error, errorcode

CONNECT_SECONDS = 5
LOOK_SECONDS = 0.5
VARIABLES = ("MYSQL_HOST", "MYSQL_PORT", "MYSQL_USER", "MYSQL_PASSWORD", "MYSQL_DATABASE")


def main(action: str, *words: str) -> dict[str, Any]:
    """Do it, and return how far it came."""
    missing = [name for name in VARIABLES if not os.environ.get(name, "").strip()]
    if missing:
        return {"stage": missing[0], "text": f"{missing[0]} is not set"}
    host, port, user, password, database = (os.environ[name].strip() for name in VARIABLES)
    if not port.isdigit():
        return {"stage": "MYSQL_PORT", "text": f"{port} is no port"}
    try:
        socket.getaddrinfo(host, None)
    except (OSError, UnicodeError):
        return {"stage": "MYSQL_HOST", "text": f"no service on its networks is called {host}"}
    try:
        connection = mysql.connector.connect(
            host=host,
            port=int(port),
            user=user,
            password=password,
            database=database,
            connection_timeout=CONNECT_SECONDS,
            autocommit=True,
        )
    except Error as error:
        return {"stage": stage(error), "text": f"{error.errno}: {error.msg}"}
    try:
        return wait_for(connection, words[0], float(words[1])) if action == "order" else {"stage": None, "text": ""}
    finally:
        connection.close()


def stage(error: Error) -> str:
    """Return what the server, or its silence, is about."""
    if error.errno in (errorcode.ER_ACCESS_DENIED_ERROR, errorcode.ER_HOST_NOT_PRIVILEGED):
        return "login"
    if error.errno in (errorcode.ER_DBACCESS_DENIED_ERROR, errorcode.ER_BAD_DB_ERROR):
        return "MYSQL_DATABASE"
    return "connection"


def wait_for(connection: Any, order: str, seconds: float) -> dict[str, Any]:
    """Wait until the order has a row."""
    end = time.monotonic() + seconds
    text = "there is no such row"
    while True:
        try:
            cursor = connection.cursor()
            cursor.execute("SELECT revision FROM orders WHERE id = %s", (order,))
            if cursor.fetchall():
                return {"stage": None, "text": ""}
            cursor.close()
        except Error as error:
            text = f"{error.errno}: {error.msg}"
        if time.monotonic() >= end:
            return {"stage": "row", "text": text}
        time.sleep(LOOK_SECONDS)


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])), flush=True)
