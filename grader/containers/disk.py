"""What lies at a path of a container: its mounts over the folders of the image.

Docker: a folder that the image declares as a volume gets an anonymous one where nothing is mounted exactly there, also
if something is mounted above it.
"""

import posixpath
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from grader.compose.model import Mount, Project, Service
from grader.light_tuple import NamedTuple

Kind = Literal["named", "anonymous", "bind", "tmpfs", "other"]


class Layer(NamedTuple):
    """One folder that is not the image's own; `mount` is None for a volume that only the image declares."""

    target: str
    kind: Kind
    read_only: bool
    mount: Mount | None


@lru_cache(maxsize=64)
def cleaned(path: str, base: str = "/") -> str:
    """Return an absolute path without `..` and doubled slashes; a relative one starts at `base`."""
    path = posixpath.normpath(posixpath.join(base, path))
    return path[1:] if path.startswith("//") else path


def layers(service: Service, declared: Sequence[str]) -> list[Layer]:
    """List the mounts of a service and the volumes that its image declares, the deepest first."""
    found: dict[str, Layer] = {path: Layer(path, "anonymous", False, None) for path in declared}
    for target in _tmpfs_targets(service):
        found[target] = Layer(target, "tmpfs", False, None)
    for mount in service.volumes:
        target = cleaned(mount.target)
        found[target] = tuple.__new__(Layer, (target, _kind(mount), mount.read_only, mount))
    return sorted(found.values(), key=_depth, reverse=True) if len(found) > 1 else list(found.values())


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


def mounted_file(service: Service, path: str) -> bool:
    """Tell whether a file may be there at all: something is mounted over its path, or a secret or config is it."""
    path = cleaned(path)
    if any(holds(cleaned(mount.target), path) for mount in service.volumes):
        return True
    for kind, folder in (("secrets", "/run/secrets"), ("configs", "/")):
        for entry in service.plain.get(kind) or ():
            source = entry.get("source") if isinstance(entry, dict) else entry
            target = entry.get("target") if isinstance(entry, dict) else None
            if cleaned(str(target or source), folder) == path:
                return True
    return False


def shared_with(project: Project, service: Service, path: str) -> str | None:
    """Return an earlier service that uses the named volume which holds `path`, None if there is none."""
    mine = next((mount for mount in service.volumes if mount.source and cleaned(mount.target) == path), None)
    if mine is None or mine.type != "volume":
        return None
    for other in project.services.values():
        if other is service:
            return None
        if any(mount.type == "volume" and mount.source == mine.source for mount in other.volumes):
            return other.name
    return None


def _kind(mount: Mount) -> Kind:
    if mount.type == "volume":
        return "named" if mount.source else "anonymous"
    if mount.type == "bind":
        return "bind"
    return "tmpfs" if mount.type == "tmpfs" else "other"


def _tmpfs_targets(service: Service) -> list[str]:
    written = service.plain.get("tmpfs")
    if not written:
        return []
    entries = [written] if isinstance(written, str) else written
    return [cleaned(entry.partition(":")[0]) for entry in entries if isinstance(entry, str)]
