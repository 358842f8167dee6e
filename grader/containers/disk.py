"""What lies at a path of a container: its mounts over the folders of the image.

Docker: a folder that the image declares as a volume gets an anonymous one where nothing is mounted exactly there, also
if something is mounted above it.
"""

import posixpath
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from grader.compose.model import Project, Service
from grader.light_tuple import NamedTuple
from grader.remembered import keeping

Kind = Literal["named", "anonymous", "bind", "tmpfs", "other"]


class Layer(NamedTuple):
    """One folder that is not the image's own.

    `number` is that of the mount in its service, None for no mount. `nocopy`: Docker does not give a new volume the
    content and the owner of the image's folder; it is empty and root's.
    """

    target: str
    kind: Kind
    read_only: bool
    number: int | None
    nocopy: bool = False


# what of a mount makes a layer: type, whether it has a source, target, whether it is read-only, `nocopy`
Mounted = tuple[str, bool, str, bool, bool]

MAX_KEPT = 256  # the mounts of most services are those that the exercise asks for


@lru_cache(maxsize=64)
def cleaned(path: str, base: str = "/") -> str:
    """Return an absolute path without `..` and doubled slashes; a relative one starts at `base`."""
    path = posixpath.normpath(posixpath.join(base, path))
    return path[1:] if path.startswith("//") else path


def layers(service: Service, declared: tuple[str, ...]) -> tuple[Layer, ...]:
    """List the mounts of a service and the volumes that its image declares, the deepest first."""
    mounts = [
        (mount.type, bool(mount.source), mount.target, mount.read_only, mount.nocopy) for mount in service.volumes
    ]
    return _layers((declared, _tmpfs_targets(service), tuple(mounts)))


def _find_layers(disk: tuple[tuple[str, ...], tuple[str, ...], tuple[Mounted, ...]]) -> tuple[Layer, ...]:
    declared, tmpfs, mounts = disk
    found: dict[str, Layer] = {path: Layer(path, "anonymous", False, None) for path in declared}
    for target in tmpfs:
        found[target] = Layer(target, "tmpfs", False, None)
    for number, (kind, is_named, written, read_only, nocopy) in enumerate(mounts):
        target = cleaned(written)
        found[target] = Layer(target, _kind(kind, is_named), read_only, number, nocopy)
    return tuple(sorted(found.values(), key=_depth, reverse=True))


_layers = keeping(_find_layers, MAX_KEPT)


def _depth(layer: Layer) -> int:
    return layer.target.count("/")


def layer_at(found: Sequence[Layer], path: str) -> Layer | None:
    """Return the layer that holds an absolute path, None for the image's own file system."""
    for layer in found:
        target = layer.target
        if path == target or (path.startswith(target) and holds(target, path)):
            return layer
    return None


def holds(folder: str, path: str) -> bool:
    """Tell whether a path is a folder or lies below it."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


class Files(NamedTuple):
    """Where files may be in a container that its image does not have: below folders, or under a path of their own."""

    folders: tuple[str, ...]
    paths: tuple[str, ...]

    def may_hold(self, path: str) -> bool:
        """Tell whether a file may be at a path."""
        path = cleaned(path)
        return path in self.paths or any(holds(folder, path) for folder in self.folders)


NO_FILES = Files((), ())


def mounted_files(service: Service) -> Files:
    """Return where something is mounted, or a secret or config lies."""
    paths = []
    for kind, folder in (("secrets", "/run/secrets"), ("configs", "/")):
        for entry in service.plain.get(kind) or ():
            source = entry.get("source") if isinstance(entry, dict) else entry
            target = entry.get("target") if isinstance(entry, dict) else None
            paths.append(cleaned(str(target or source), folder))
    return Files(tuple([cleaned(mount.target) for mount in service.volumes]), tuple(paths))


def shared_with(project: Project, service: Service, path: str) -> str | None:
    """Return an earlier service that uses the named volume which holds `path`, None if there is none."""
    for mount in service.volumes:
        if mount.source and cleaned(mount.target) == path:
            first = project.volume_users[mount.source][0][0] if mount.type == "volume" else service
            return None if first is service else first.name
    return None


def _kind(type: str, is_named: bool) -> Kind:
    if type == "volume":
        return "named" if is_named else "anonymous"
    if type == "bind":
        return "bind"
    return "tmpfs" if type == "tmpfs" else "other"


def _tmpfs_targets(service: Service) -> tuple[str, ...]:
    written = service.plain.get("tmpfs")
    if not written:
        return ()
    entries = [written] if isinstance(written, str) else written
    return tuple([cleaned(entry.partition(":")[0]) for entry in entries if isinstance(entry, str)])
