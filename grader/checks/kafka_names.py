"""Which listener is which: the names as they are spelt in the four or five places of a broker's configuration.

A listener's name stands in `listeners`, `advertised.listeners`, the protocol map, the inter-broker setting and the
controller setting. Where it is spelt differently in one of them, the odd one out is wrong, and the others are judged as
if it were spelt like them.
"""

from grader.containers.kafka import Kafka, Listener
from grader.light_tuple import NamedTuple


class Names(NamedTuple):
    """The listeners of a broker under the names that the other settings use.

    `listeners` is empty where KAFKA_LISTENERS is absent or does not parse; `odd` is the name in it that is spelt
    differently everywhere else (already replaced in `listeners`); `controllers` are the names of the controller's
    listeners, as well as can be told; `advertised` the advertised names; `all` the names of all listeners, `clients`
    of those that are not the controller's.
    """

    listeners: tuple[Listener, ...]
    odd: str | None
    controllers: frozenset[str]
    advertised: frozenset[str]
    all: frozenset[str]
    clients: frozenset[str]

    def at(self, port: int) -> Listener | None:
        """The listener on a port."""
        for listener in self.listeners:
            if listener.port == port:
                return listener
        return None


def names_of(kafka: Kafka) -> Names:
    """Compare the places and settle which listener is which; worked out once for all who have written the same."""
    names = kafka.kept.get(Names)
    if not isinstance(names, Names):
        names = kafka.kept[Names] = _settle(kafka)
    return names


def _settle(kafka: Kafka) -> Names:
    listeners = (kafka.listeners if kafka.listeners_given else None) or ()
    advertised = frozenset(entry.name for entry in kafka.advertised or ())
    odd = _odd_name(kafka, listeners, advertised)
    if odd is not None:
        wrong, meant = odd
        listeners = tuple(entry._replace(name=meant) if entry.name == wrong else entry for entry in listeners)
    controllers = _controllers(kafka, listeners, advertised)
    every = frozenset([listener.name for listener in listeners])
    return Names(listeners, odd[0] if odd else None, controllers, advertised, every, every - controllers)


def _odd_name(kafka: Kafka, listeners: tuple[Listener, ...], advertised: frozenset[str]) -> tuple[str, str] | None:
    """Find a name that only KAFKA_LISTENERS spells so, while two other places agree on one that it lacks."""
    here = {listener.name for listener in listeners}
    mapped = set(kafka.protocol_map or ()) if kafka.protocol_map_given else set()
    inter = {kafka.inter_broker} if kafka.inter_broker else set()
    elsewhere: list[set[str]] = [set(advertised), mapped, inter, set(kafka.controller_names)]
    orphans = [name for name in here if not any(name in place for place in elsewhere)]
    wanted = set().union(*elsewhere) - here
    agreed = [name for name in wanted if sum(name in place for place in elsewhere) > 1]
    if len(orphans) != 1 or len(agreed) != 1:
        return None
    return orphans[0], agreed[0]


def _controllers(kafka: Kafka, listeners: tuple[Listener, ...], advertised: frozenset[str]) -> frozenset[str]:
    named = set(kafka.controller_names)
    found = {listener.name for listener in listeners if listener.name in named}
    good = {name for name in found if not claimed_by_clients(kafka, name)}
    if good:
        return frozenset(good)
    rest = [entry for entry in listeners if entry.name not in advertised and entry.name != kafka.inter_broker]
    voter_ports = {voter.port for voter in kafka.voters or ()}
    by_port = {entry.name for entry in rest if entry.port in voter_ports}
    return frozenset(by_port or {entry.name for entry in rest if advertised})


def claimed_by_clients(kafka: Kafka, name: str) -> bool:
    """Tell whether more settings use a listener for clients than for the controller; a tie goes to the clients."""
    inter = kafka.inter_broker
    client_votes = (name in {entry.name for entry in kafka.advertised or ()}) + (name == inter)
    voter_ports = {voter.port for voter in kafka.voters or ()}
    port = next((entry.port for entry in kafka.listeners or () if entry.name == name), None)
    controller_votes = (name in kafka.controller_names) + (port in voter_ports)
    if client_votes == 0 or client_votes < controller_votes:
        return False
    if client_votes > controller_votes:
        return True
    others = [entry for entry in kafka.listeners or () if entry.name != name]
    if any(entry.port in voter_ports and entry.name != inter for entry in others):
        return True  # the voters mean another one
    return inter is None or inter == name or inter not in {entry.name for entry in others}
