"""A project as Docker Compose resolves it, every value with its marks.

These records are what containers, checks and notebooks see; how a file becomes one is `grader.compose.loader`.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from grader.compose.errors import Notice, Refusal
from grader.compose.known_names import Neighbours, neighbours
from grader.compose.marks import Mark, Marks
from grader.compose.mounted import Mount, TopVolume
from grader.light_tuple import NamedTuple


class Variable:
    """One variable of a container, from `environment` or an `env_file`.

    `value` None: the name is passed through, and nothing outside sets it. `key` marks it, `marks.written` its value.
    """

    __slots__ = ("_key", "_marks", "name", "value")

    def __init__(self, name: str, value: str | None, key: Mark, marks: Marks) -> None:
        self.name = name
        self.value = value
        self._key = key
        self._marks = marks

    @property
    def key(self) -> Mark:
        """Where the name stands."""
        return self._key

    @property
    def marks(self) -> Marks:
        """Where the value stands, and where its text comes from."""
        return self._marks

    @property
    def at(self) -> Mark | Marks:
        """The same as `marks`; the one place alone where the text is simply written down."""
        written, source = self.marks
        return written if written == source else self.marks

    def __repr__(self) -> str:
        return f"Variable({self.name!r}, {self.value!r}, {self.key})"


class Network(NamedTuple):
    """One network a service is attached to, and the further names the service has there."""

    name: str
    aliases: tuple[str, ...]


class Service:
    """One active service, as resolved.

    `unread` names the parts that are there but could not be read (`environment`, `env_file`, `volumes`): the file is
    refused because of them, and nothing can be said about what is missing in them. `plain` is everything else as plain
    data in Compose's canonical form (ports in long form, `depends_on` and `networks` as maps), without `environment`,
    `env_file`, `volumes` and `x-*`; it is what a skeleton is compared by.
    """

    __slots__ = (
        "_end_line",
        "at",
        "container_name",
        "environment",
        "environment_at",
        "image",
        "links",
        "name",
        "networks",
        "plain",
        "unread",
        "volumes",
        "volumes_at",
    )

    def __init__(
        self,
        name: str,
        at: Mark,
        *,
        end_line: int,
        environment: dict[str, Variable],
        environment_at: Mark | None,
        volumes: list[Mount],
        volumes_at: Mark | None,
        networks: tuple[Network, ...],
        container_name: str | None,
        links: tuple[tuple[str, str], ...],
        image: str | None,
        plain: dict[str, Any],
        unread: frozenset[str],
    ) -> None:
        self.name = name
        self.at = at  # the service's key
        self._end_line = end_line
        self.environment = environment
        self.environment_at = environment_at  # the key `environment` (or `env_file`), None if there is none
        self.volumes = volumes
        self.volumes_at = volumes_at  # the key `volumes`, None if there is none
        self.networks = networks
        self.container_name = container_name
        self.links = links  # (service, alias): further names only this service can use
        self.image = image
        self.plain = plain
        self.unread = unread

    def with_networks(self, networks: tuple[Network, ...]) -> "Service":
        """Return the same service on other networks."""
        made = self._copy()
        made.networks = networks
        return made

    def with_environment(self, environment: dict[str, Variable]) -> "Service":
        """Return the same service with other variables."""
        made = self._copy()
        made.environment = environment
        return made

    def _copy(self) -> "Service":
        from copy import copy  # here, because it is hardly ever asked

        return copy(self)

    @property
    def end_line(self) -> int:
        """The last line of the service's block in the file of `at`."""
        return self._end_line

    def value(self, name: str) -> str | None:
        """Return the text of a variable as the container sees it; None if it is not set there."""
        variable = self.environment.get(name)
        return None if variable is None else variable.value

    def __repr__(self) -> str:
        return f"Service({self.name!r}, {len(self.environment)} variables, {len(self.volumes)} volumes)"


class Project:
    """The whole project: active services in the order of the file, declared volumes, the rest as plain data."""

    __slots__ = ("_neighbours", "_volume_users", "directory", "places", "plain", "services", "volumes", "volumes_at")

    def __init__(
        self,
        directory: str,
        services: dict[str, Service],
        volumes: dict[str, TopVolume],
        volumes_at: Mark | None,
        plain: dict[str, Any],
        places: Mapping[tuple[str, ...], Mark],
    ) -> None:
        self.directory = directory  # absolute, POSIX: where relative paths start
        self.services = services
        self.volumes = volumes
        self.volumes_at = volumes_at  # the top-level key `volumes`, None if there is none
        # {"services": {name: plain}, "networks": ..., "name": ...} without environment, volumes, x-*
        self.plain = plain
        self.places = places  # marks of keys of the merged tree, by path, for messages about `plain`
        self._neighbours: Neighbours | None = None
        self._volume_users: dict[str, list[tuple[Service, Mount]]] | None = None

    def with_services(self, services: dict[str, Service]) -> "Project":
        """Return the same project with other services."""
        return Project(self.directory, services, self.volumes, self.volumes_at, self.plain, self.places)

    @property
    def volume_users(self) -> Mapping[str, Sequence[tuple[Service, Mount]]]:
        """The mounts of each volume that has a name, with their services, in the order of the file.

        Docker: two declarations with the same `name` are one volume.
        """
        if self._volume_users is None:
            found = self._volume_users = _declared_users(self.volumes)
            for service in self.services.values():
                for mount in service.volumes:
                    if mount.type == "volume" and mount.source:
                        found.setdefault(mount.source, []).append((service, mount))
        return self._volume_users

    @property
    def neighbours(self) -> Neighbours:
        """Who reaches whom under which name."""
        if self._neighbours is None:
            named = self.services.items()
            connected = [(name, found.container_name, found.networks, found.links) for name, found in named]
            self._neighbours = neighbours(tuple(connected))
        return self._neighbours

    def resolve(self, client: str, host: str) -> str | None:
        """Return the name of the service that `client` reaches under the name `host`, None if nobody answers.

        Compose: beside the names of the networks a link is a name for one client only. Names are compared without case,
        as DNS does.
        """
        return (self._neighbours or self.neighbours).resolve(client, host)


def _declared_users(volumes: Mapping[str, TopVolume]) -> dict[str, list[tuple[Service, Mount]]]:
    """Return an empty list for each volume with a `name` of its own; those with the same name have one in common."""
    by_name: dict[str, list[tuple[Service, Mount]]] = {}
    return {key: by_name.setdefault(volume.name, []) for key, volume in volumes.items() if volume.name}


class Loaded(NamedTuple):
    """What came of reading a project.

    `refusals` are in the order in which Compose meets them; none: Compose accepts the project. `project` is what could
    be read, also of a refused file. `texts` are the lines of every file that was read, by the name its marks use.
    `damaged` lines (from 1, of the first file) are no YAML and were passed over; `mended` ones (of any file) were read
    as what they mean. `remarks` are ours. `led_out` tells how a path outside of the project is written.
    """

    project: Project
    refusals: Sequence[Refusal]
    warnings: Sequence[Notice]
    files: tuple[str, ...]
    texts: Mapping[str, Sequence[str]]
    damaged: Sequence[int]
    remarks: Sequence[Notice] = ()
    mended: Collection[tuple[str, int]] = ()
    led_out: Mapping[str, str] = {}
