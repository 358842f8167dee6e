"""From the finished tree to the records of `grader.compose.model`."""

from collections.abc import Iterator, Mapping
from typing import Any

from grader.compose.canonical import OPTIONS, SHORT
from grader.compose.environment import resolve_environment
from grader.compose.marks import Mark, Marks
from grader.compose.model import Network, Project, Service
from grader.compose.mounted import Mount, TopVolume
from grader.compose.mounts import PROPAGATIONS
from grader.compose.plain import plain_project, plain_service
from grader.compose.reading import Reading
from grader.compose.tree import Map, Place, Seq, key_mark, last_line, value_mark


def build_project(reading: Reading, root: Map, active: dict[str, Map]) -> Project:
    """Return the project of the `active` services."""
    services = {
        name: _service(reading, name, service, root["services"].places[name]) for name, service in active.items()
    }
    if any("label_file" in service for service in active.values()):
        from grader.compose.variable_files import check_label_files  # here, because hardly a service has one

        check_label_files(reading, active)
    volumes = root.get("volumes")
    top = {}
    if type(volumes) is Map:
        top = {key: _top_volume(key, item, volumes.places[key]) for key, item in volumes.items()}
    at = key_mark(root.places["volumes"]) if "volumes" in root else None
    plain = plain_project(reading, root, {name: service.plain for name, service in services.items()})
    return Project(reading.directory, services, top, at, plain, Places(root))


def _service(reading: Reading, name: str, service: Map, place: Place) -> Service:
    places = service.places
    heads = {} if reading.aside is None else reading.aside.heads
    volumes = service.get("volumes")
    mounts: list[Mount] = []
    if type(volumes) is Seq:
        mounts = list(map(PlacedMount, volumes, volumes.places))
    at = key_mark(place)
    written = places.get("environment") or places.get("env_file")
    made = PlacedService(
        name,
        at,
        end_line=0,
        environment=resolve_environment(reading, name, service),
        environment_at=key_mark(written) if written else None,
        volumes=mounts,
        volumes_at=key_mark(places["volumes"]) if "volumes" in places else None,
        networks=_networks(service.get("networks")),
        container_name=service.get("container_name"),
        links=_links(service["links"]) if "links" in service else (),
        image=service.get("image"),
        plain=plain_service(reading, service, heads[name].head.plain if name in heads else None),
        unread=frozenset([part for known, part in reading.unread if known == name]) if reading.unread else _NOTHING,
    )
    made.tree, made.place = service, place
    return made


_NOTHING: frozenset[str] = frozenset()


class PlacedService(Service):
    """A service that knows its place in the tree: where its block ends is seldom asked."""

    __slots__ = ("place", "tree")

    tree: Map
    place: Place

    @property
    def end_line(self) -> int:
        """The last line of the service's block; what comes from elsewhere is not part of it."""
        places = self.tree.places
        own = [key for key in self.tree if places[key][2][0] == self.place[2][0]]
        return max([self.at.line, *(last_line(self.tree[key], places[key]) for key in own)])


class PlacedMount(Mount):
    """A mount that knows its place in the tree: its marks are made when they are asked for, those of its parts last."""

    __slots__ = ("_at", "_item", "_place")

    _at: Mark | None

    def __init__(self, item: Map, place: Place) -> None:
        self.type = item.get("type", "volume")
        self.source = item.get("source") or None
        self.target = item["target"]
        self.read_only = item.get("read_only") is True
        self.text = item.get(SHORT)
        self._places = None
        self._at = None
        self._item = item
        self._place = place

    @property
    def nocopy(self) -> bool:
        """Whether a new volume is not given what the image has at the target."""
        volume = self._item.get("volume")
        return "nocopy" in self._item.get(OPTIONS, ()) or (type(volume) is Map and volume.get("nocopy") is True)

    @property
    def subpath(self) -> str | None:
        """The folder inside the volume that is mounted, None for the volume itself."""
        volume = self._item.get("volume")
        return volume.get("subpath") or None if type(volume) is Map else None

    @property
    def propagation(self) -> str | None:
        """How mounts inside the folder are seen elsewhere, None if nothing is said."""
        bind = self._item.get("bind")
        if type(bind) is Map and bind.get("propagation"):
            return str(bind["propagation"])
        return next((option for option in self._item.get(OPTIONS, ()) if option in PROPAGATIONS), None)

    @property
    def at(self) -> Mark:
        """The item in the file."""
        if self._at is None:
            self._at = value_mark(self._place)
        return self._at

    @property
    def origin(self) -> Mark:
        """Where the text comes from."""
        return self._place[3] or self.at

    @property
    def place(self) -> Mark | Marks:
        """The item in the file, with where its text comes from if that is elsewhere."""
        origin = self._place[3]
        at = self.at
        return at if origin is None or origin == at else Marks(at, origin)

    def _find(self) -> tuple[Mark, Mark, Mark, Mark]:
        if self._places is None:
            at = self.at
            if self.text is None:
                parts = self._item.places
                source_at = value_mark(parts["source"]) if "source" in parts else at
                target_at = value_mark(parts["target"]) if "target" in parts else at
            else:
                source_at, target_at = _parts(self.text, at, self._place)
            self._places = (at, source_at, target_at, self._place[3] or at)
        return self._places


def _parts(text: str, at: Mark, place: Place) -> tuple[Mark, Mark]:
    """Return the marks of source and target inside a short form, where they can be told apart."""
    event = place[1]
    style = getattr(event, "style", None)
    quotes = 1 if style else 0
    if getattr(event, "value", None) != text or at.width != len(text) + 2 * quotes or style not in ("", "'", '"'):
        return at, at
    colon = text.find(":", 2)
    start = at.column + quotes
    if colon < 0:
        whole = at._replace(column=start, width=len(text))
        return whole, whole
    end = text.find(":", colon + 2)
    width = (len(text) if end < 0 else end) - colon - 1
    return at._replace(column=start, width=colon), at._replace(column=start + colon + 1, width=width)


def _networks(networks: Any) -> tuple[Network, ...]:
    if type(networks) is not Map:
        return ()
    found = []
    for name, item in networks.items():
        aliases = tuple(item.get("aliases") or ()) if type(item) is Map else ()
        found.append(tuple.__new__(Network, (name, aliases)))
    return tuple(found)


def _links(links: Any) -> tuple[tuple[str, str], ...]:
    if type(links) is not Seq:
        return ()
    pairs = (link.partition(":") for link in links)
    return tuple((service, alias or service) for service, _, alias in pairs)


def _top_volume(key: str, item: Any, place: Place) -> TopVolume:
    at = key_mark(place)
    if type(item) is not Map:
        return TopVolume(key, None, False, None, at, None)
    driver_at = value_mark(item.places["driver"]) if "driver" in item else None
    options = item.get("driver_opts")
    found = TopVolume(key, item.get("driver") or None, item.get("external") is True, item.get("name"), at, driver_at)
    if type(options) is not Map or not options:
        return found
    return found._replace(options=options, options_at=key_mark(item.places["driver_opts"]))


class Places(Mapping[tuple[str, ...], Mark]):
    """The marks of the keys of a tree, by path."""

    def __init__(self, root: Map) -> None:
        self.root = root

    def __getitem__(self, path: tuple[str, ...]) -> Mark:
        node: Any = self.root
        place: Place | None = None
        for step in path:
            if type(node) is Map and step in node:
                place, node = node.places[step], node[step]
            elif type(node) is Seq and step.isdigit() and int(step) < len(node):
                place, node = node.places[int(step)], node[int(step)]
            else:
                raise KeyError(path)
        if place is None:
            raise KeyError(path)
        return key_mark(place)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        rest: list[tuple[tuple[str, ...], Any]] = [((), self.root)]
        while rest:
            path, node = rest.pop()
            entries = node.items() if type(node) is Map else enumerate(node) if type(node) is Seq else ()
            for key, item in entries:
                yield (*path, str(key))
                rest.append(((*path, str(key)), item))

    def __len__(self) -> int:
        return sum(1 for _ in self)
