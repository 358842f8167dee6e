"""The names under which services know each other."""

from collections.abc import Collection, Iterable, Sequence

# a service: its name, its `container_name`, and its networks, each with the further names it has there
Named = tuple[str, str | None, Sequence[tuple[str, Sequence[str]]]]


def known_names(services: Iterable[Named], networks: Collection[str]) -> dict[str, str]:
    """Map the names that are known on one of these networks, in small letters, to services.

    Compose: a service is known on each of its networks by its name, `container_name` and aliases. The first to have a
    name gets it.
    """
    names: dict[str, str] = {}
    shared = set(networks)
    for name, container_name, joined in services:
        for network, aliases in joined:
            if network in shared:
                for known in (name, container_name or name, *aliases):
                    names.setdefault(known.lower(), name)
    return names
