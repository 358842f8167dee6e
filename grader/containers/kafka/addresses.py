"""Which address a host name means inside and outside Kafka's container."""

from typing import Literal

from grader.compose.known_names import Neighbours
from grader.compose.model import Project, Service
from grader.containers.kafka.java import parse_ipv4
from grader.light_tuple import NamedTuple
from grader.remembered import MAX_CHARACTERS, keeping

# `any`: every address of the container; `loopback`: only itself; `own`: its address on the network; `foreign`: that of
# another container; `numeric`: an address that cannot be told to be this container's; `unknown`: no such name
Place = Literal["any", "loopback", "own", "foreign", "numeric", "unknown"]

LOOPBACK_NAMES = frozenset({"localhost", "ip6-localhost", "ip6-loopback"})
LOCALHOST = "127.0.0.1"
LOOPBACK_NET = 127
MAX_GROUPS = 8  # of an IPv6 address
MAX_NETWORKS = 128  # that are kept
MAX_PLACES = 64  # hosts whose place is kept in one of them

_HEX_SIGNS = frozenset("0123456789abcdefABCDEF")


def is_ipv4(host: str) -> bool:
    """Tell whether a host is an IPv4 address in full form."""
    parts = host.split(".")
    return len(parts) == 4 and all(
        part.isascii() and part.isdigit() and str(int(part[:4])) == part and int(part) < 256 for part in parts
    )


def is_ipv6(host: str) -> bool:
    """Tell whether a host is an IPv6 address; its last two groups may be written as an IPv4 one."""
    host = host.partition("%")[0]
    head, _, last = host.rpartition(":")
    if "." in last:
        if not is_ipv4(last):
            return False
        host = f"{head}:0:0"
    if host.count("::") > 1 or ":" not in host or ":::" in host:
        return False
    groups = [group for group in host.split(":") if group]
    hexadecimal = all(len(group) <= 4 and _HEX_SIGNS.issuperset(group) for group in groups)
    complete = len(groups) < MAX_GROUPS if "::" in host else len(groups) == MAX_GROUPS
    return hexadecimal and complete


class Seat(NamedTuple):
    """All that the names of a container depend on; `addresses` are the fixed ones."""

    neighbours: Neighbours
    service: str
    hostname: str | None
    addresses: frozenset[str]


class Network:
    """The names of Kafka's container and of its neighbours; shared by all projects in which they are the same.

    Compose: a service is known by its name, `container_name` and aliases. Docker 25 and later also tell the other
    containers of a network the host name.
    """

    __slots__ = ("_neighbours", "_own", "_places", "hostname", "names", "own_addresses", "service", "size")

    def __init__(self, seat: Seat) -> None:
        self.size = len(repr(seat))  # of all the names in it
        self._neighbours = seat.neighbours
        self.service = seat.service
        self.hostname = seat.hostname
        known = dict.fromkeys((*seat.neighbours.names_of(seat.service), seat.hostname))
        self.names: tuple[str, ...] = tuple([name for name in known if name])
        self._own = {name.lower() for name in self.names}
        self.own_addresses = seat.addresses
        self._places: dict[str, Place] = {}

    def place(self, host: str) -> Place:
        """Say what a host means inside the container; an empty one is every address."""
        found = self._places.get(host)
        if found is None:
            found = self._find(host)
            if len(self._places) < MAX_PLACES and len(host) <= MAX_CHARACTERS:
                self._places[host] = found
        return found

    def _find(self, host: str) -> Place:
        if not host:
            return "any"
        octets = parse_ipv4(host)
        if octets is not None:
            return self._numeric(octets)
        if ":" in host:
            return _place_of_ipv6(host)
        name = host.lower().removesuffix(".")
        if name in LOOPBACK_NAMES:
            return "loopback"
        if name in self._own:
            return "own"
        found = self._neighbours.resolve(self.service, name)
        if found is None:
            return "unknown"
        return "own" if found == self.service else "foreign"

    def loopback(self, host: str) -> str:
        """Return the loopback address that a host of the place `loopback` means; for others the usual one.

        Java prefers 127.0.0.1 where a name has both kinds of address; Linux dials it for 0.0.0.0.
        """
        octets = parse_ipv4(host)
        if octets is not None and octets[0] == LOOPBACK_NET:
            return ".".join(map(str, octets))
        return "::1" if ":" in host and self.place(host) == "loopback" else LOCALHOST

    def reached_from(self, client: str | None, host: str) -> str | None:
        """Return the service that a client reaches under a host; an empty one is Kafka's own host name."""
        if not host or host in self.own_addresses:
            return self.service
        name = host.lower().removesuffix(".")
        if client is not None and client in self._neighbours:
            found = self._neighbours.resolve(client, name)
            if found is not None:
                return found
            if self._neighbours.resolve(client, self.service) is not None:
                return self.service if name == (self.hostname or "").lower() else None
        # the client shares no network with Kafka, or there is none: judged as if there were one that does
        return self.service if name in self._own else None

    def _numeric(self, octets: tuple[int, int, int, int]) -> Place:
        if octets == (0, 0, 0, 0):
            return "any"
        if octets[0] == LOOPBACK_NET:
            return "loopback"
        return "own" if ".".join(map(str, octets)) in self.own_addresses else "numeric"


def _place_of_ipv6(host: str) -> Place:
    digits = host.partition("%")[0].replace(":", "").strip("0")
    if not digits:
        return "any"
    return "loopback" if digits == "1" and host.partition("%")[0].endswith("1") else "numeric"


_networks = keeping(Network, MAX_NETWORKS)
_NO_ADDRESSES: frozenset[str] = frozenset()


def network_of(project: Project, service: Service) -> Network:
    """Return the names and addresses of a service's container."""
    hostname = service.plain.get("hostname")
    if not isinstance(hostname, str) or not hostname:
        hostname = None
    return _networks(tuple.__new__(Seat, (project.neighbours, service.name, hostname, _fixed_addresses(service))))


def _fixed_addresses(service: Service) -> frozenset[str]:
    networks = service.plain.get("networks")
    if not isinstance(networks, dict) or not any(networks.values()):
        return _NO_ADDRESSES
    settings = [entry for entry in networks.values() if isinstance(entry, dict)]
    return frozenset([str(entry["ipv4_address"]) for entry in settings if entry.get("ipv4_address")])
