"""Why nobody answers at an address."""

import socket


def silence(host: str) -> str:
    """Say whether the name is unknown or only nobody listens. Docker: names are known on the networks of a service."""
    try:
        socket.getaddrinfo(host, None)
    except (OSError, UnicodeError):
        return f"no service on its networks is called {host}"
    return "nobody answers there"
