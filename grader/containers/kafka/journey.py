"""The way of one metadata request, contact by contact.

Kafka 3.6: a client dials its bootstrap server; the answer names the advertised address of the listener that it came in
by, and everything after that goes there.
"""

from collections.abc import Sequence
from typing import Any, Literal

from grader.containers.kafka.addresses import LOOPBACK_NAMES, Network
from grader.containers.kafka.clients import ITSELF, leads_to, unanswered
from grader.containers.kafka.configuration import Configuration
from grader.containers.kafka.listeners import Listener
from grader.containers.kafka.reach import dials
from grader.light_tuple import NamedTuple

COMPUTER = "your computer"  # a client outside of Docker, which comes in by a published port
MAX_CONTACTS = 6

# where a contact ends: `answered`, or why nobody answers
End = Literal["answered", "itself", "no such name", "other container", "not published", "no listener", "out of reach"]


class Contact(NamedTuple):
    """One contact: what is dialled, how it ends, and the address that the answer names.

    `found` is the service that was reached by mistake. `complaint` says why a listener is out of reach. `sent_to` is
    None where nobody answers, or where the listener is not advertised.
    """

    host: str
    port: int
    end: End
    listener: Listener | None = None
    found: str | None = None
    complaint: str | None = None
    sent_to: tuple[str, int] | None = None


def journey(
    config: Configuration, network: Network, ports: Sequence[Any], client: str, host: str, port: int
) -> list[Contact]:
    """Follow a client (a service, or COMPUTER) from its bootstrap server until the way ends or repeats itself.

    `ports` are those that the broker's service publishes, in Compose's long form.
    """
    contacts: list[Contact] = []
    dialled: set[tuple[str, int]] = set()
    while (host, port) not in dialled and len(contacts) < MAX_CONTACTS:
        dialled.add((host, port))
        contact = _contact(config, network, ports, client, host, port)
        contacts.append(contact)
        if contact.sent_to is None:
            break
        host, port = contact.sent_to
    return contacts


def arrives(contacts: list[Contact]) -> bool:
    """Tell whether a client can work: the last contact is answered and names an address that is known by then."""
    last = contacts[-1]
    return last.end == "answered" and last.sent_to in {(contact.host, contact.port) for contact in contacts}


def _contact(
    config: Configuration, network: Network, ports: Sequence[Any], client: str, host: str, port: int
) -> Contact:
    if client == COMPUTER:
        if host.lower() not in LOOPBACK_NAMES and host != "127.0.0.1":
            return Contact(host, port, "no such name")
        inside = _published(ports, port)
        if inside is None:
            return Contact(host, port, "not published")
        return _at_listener(config, network, host, port, inside)
    if client == network.service:
        return _at_listener(config, network, host, port, port, within=True)
    reached = leads_to(network, client, host)
    if reached == ITSELF:
        return Contact(host, port, "itself")
    if reached is None:
        return Contact(host, port, "no such name")
    if reached != network.service:
        return Contact(host, port, "other container", found=reached)
    return _at_listener(config, network, host, port, port)


def _at_listener(
    config: Configuration, network: Network, host: str, port: int, inside: int, *, within: bool = False
) -> Contact:
    listener = next((found for found in config.clients() if found.port == inside), None)
    if listener is None:
        return Contact(host, port, "no listener")
    if within:
        complaint = (
            None if dials(network, host, inside, listener) else f"{host} is not what {listener.name} is bound to."
        )
    else:
        complaint = unanswered(config, network, listener)
    if complaint is not None:
        return Contact(host, port, "out of reach", listener, complaint=complaint)
    advertised = next((found for found in config.advertised or () if found.name == listener.name), None)
    # Kafka: an empty host is the container's own name, an advertised port 0 the one that is bound
    sent_to = None if advertised is None else (advertised.host or network.service, advertised.port or inside)
    return Contact(host, port, "answered", listener, sent_to=sent_to)


def _published(ports: Sequence[Any], port: int) -> int | None:
    """Return the port of the container behind a port of the computer."""
    for entry in ports:
        if isinstance(entry, dict) and str(entry.get("published")) == str(port) and isinstance(entry["target"], int):
            return entry["target"]
    return None
