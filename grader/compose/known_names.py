"""The names under which services know each other."""

from collections.abc import Collection, Iterable, Sequence

from grader.remembered import MAX_CHARACTERS, keeping

# a service: its name, its `container_name`, and its networks, each with the further names it has there
Named = tuple[str, str | None, Sequence[tuple[str, Sequence[str]]]]
# the same, with its links: (service, alias), further names that only this service can use
Connected = tuple[str, str | None, tuple[tuple[str, Sequence[str]], ...], tuple[tuple[str, str], ...]]

MAX_NEIGHBOURS = 128  # sets of services that are kept: those of a class are mostly connected as the skeleton does it
MAX_NAMES = 64  # that were asked for in one of them


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


class Neighbours:
    """The services of a project as far as they can reach each other. Equal ones are shared by all projects."""

    __slots__ = ("_joined", "_links", "_named", "_names", "_reached")

    def __init__(self, services: tuple[Connected, ...]) -> None:
        self._named: list[Named] = [service[:3] for service in services]
        self._joined = {name: tuple([network for network, _ in joined]) for name, _, joined, _ in services}
        self._links = {name: links for name, _, _, links in services if links}
        # the names that are known on some networks, with their services: all clients ask for the same
        self._names: dict[tuple[str, ...], dict[str, str]] = {}
        self._reached: dict[tuple[str, str], str] = {}

    def names_of(self, service: str) -> list[str | None]:
        """Return the names of a service on its networks: its own, `container_name` and aliases."""
        name, container_name, joined = next(found for found in self._named if found[0] == service)
        return [name, container_name, *(alias for _, aliases in joined for alias in aliases)]

    def __contains__(self, service: object) -> bool:
        return service in self._joined

    def __repr__(self) -> str:
        return f"Neighbours({self._named}, {self._links})"

    def resolve(self, client: str, host: str) -> str | None:
        """Return what `Project.resolve` does."""
        asked = (client, host)
        found = self._reached.get(asked)
        if found is not None:
            return found
        found = self._resolve(client, host.lower().removesuffix("."))  # DNS: a name may end with a dot
        if found is not None and len(self._reached) < MAX_NAMES and len(host) <= MAX_CHARACTERS:
            self._reached[asked] = found
        return found

    def _resolve(self, client: str, wanted: str) -> str | None:
        for target, alias in self._links.get(client, ()):
            if alias.lower() == wanted and target in self._joined:
                return target
        shared = self._joined[client]
        if shared not in self._names:
            self._names[shared] = known_names(self._named, shared)
        return self._names[shared].get(wanted)


neighbours = keeping(Neighbours, MAX_NEIGHBOURS)
