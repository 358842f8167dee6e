"""Which address reaches which listener: what is bound, what is dialled."""

from grader.containers.kafka.addresses import LOCALHOST, Network, Place
from grader.containers.kafka.listeners import Listener


def binds(place: Place) -> bool:
    """Tell whether a container can bind to an address."""
    return place in ("any", "loopback", "own")


def serves_others(place: Place) -> bool:
    """Tell whether a listener bound there is in reach of other containers."""
    return place in ("any", "own")


def serves_localhost(network: Network, listener: Listener) -> bool:
    """Tell whether a listener answers on `localhost` inside its container."""
    return _serves_loopback(network, LOCALHOST, listener)


def dials(network: Network, host: str, port: int, listener: Listener) -> bool:
    """Tell whether a connection from inside the container to host and port ends at a listener.

    Linux: 0.0.0.0 is dialled as the loopback address; Java takes an empty host for it as well.
    """
    if port != listener.port:
        return False
    called = network.place(host)
    if called in ("any", "loopback"):
        return _serves_loopback(network, network.loopback(host), listener)
    return called == "own" and serves_others(network.place(listener.host))


def _serves_loopback(network: Network, dialled: str, listener: Listener) -> bool:
    bound = network.place(listener.host)
    return bound == "any" or (bound == "loopback" and network.loopback(listener.host) == dialled)
