"""Why nobody answers at an address."""

import ipaddress
import socket

from shared.sentences import NOBODY, NOBODY_AT_HOME, SOMETHING_ELSE, UNKNOWN_HOST

CONNECT_SECONDS = 3.0


def listens(host: str, port: int) -> bool:
    """Tell whether anything accepts a connection there."""
    try:
        with socket.create_connection((host, port), timeout=CONNECT_SECONDS):
            return True
    except (OSError, UnicodeError, OverflowError):
        return False


def silence(host: str, port: int, what: str) -> str:
    """Say why `what` (for example `Kafka`) cannot be talked to at this address.

    Docker: the names of the services on a network are known there while their containers run.
    """
    try:
        address = str(socket.getaddrinfo(host, None)[0][4][0])
    except (OSError, UnicodeError):
        return UNKNOWN_HOST.format(host=host)
    if listens(host, port):
        return SOMETHING_ELSE.format(what=what)
    if ipaddress.ip_address(address.partition("%")[0]).is_loopback:
        return NOBODY_AT_HOME.format(host=host)
    return NOBODY
