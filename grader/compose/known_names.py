"""The names under which services know each other."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.compose.model import Service


def known_names(services: "Mapping[str, Service]", networks: Collection[str]) -> dict[str, str]:
    """Map the names that are known on one of these networks, in small letters, to services.

    Compose: a service is known on each of its networks by its name, `container_name` and aliases. The first to have a
    name gets it.
    """
    names: dict[str, str] = {}
    shared = set(networks)
    for name, service in services.items():
        for network in service.networks:
            if network.name in shared:
                for known in (name, service.container_name or name, *network.aliases):
                    names.setdefault(known.lower(), name)
    return names
