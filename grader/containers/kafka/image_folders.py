"""Where the user `appuser` may write in cp-kafka 7.6.

Docker: a new named volume takes over content and owner of the image's folder at its path; where the image has no such
folder, or with `nocopy`, the volume belongs to root. A bind mount that Docker makes belongs to root too.
"""

from collections.abc import Sequence

from grader.containers.disk import Layer, cleaned, holds, layer_at

HOME = "/home/appuser"  # the working directory: a relative log directory starts here
DECLARED = ("/var/lib/kafka/data", "/etc/kafka/secrets")

# folders of the image that belong to appuser or that everybody may write
WRITABLE = (
    "/var/lib/kafka/data",
    "/var/lib/kafka",
    "/etc/kafka/secrets",
    "/etc/kafka",
    "/var/log/kafka",
    "/var/log/confluent",
    "/home/appuser",
    "/usr/logs",
    "/tmp",
    "/var/tmp",
    "/dev/shm",
)
OPEN_TO_ALL = frozenset({"/var/lib/kafka/data", "/etc/kafka/secrets", "/etc/kafka", "/tmp", "/var/tmp", "/dev/shm"})
# folders of the image that are there and belong to root, as far as a log directory might name them
ROOTS_FOLDERS = frozenset(
    [
        *("/", "/bin", "/boot", "/dev", "/etc", "/etc/confluent", "/home", "/lib", "/lib64", "/media", "/mnt", "/opt"),
        *("/proc", "/root", "/run", "/sbin", "/srv", "/sys", "/usr", "/usr/bin", "/usr/lib", "/usr/local"),
        *("/usr/share", "/usr/share/java", "/usr/share/java/kafka", "/var", "/var/cache", "/var/lib", "/var/log"),
    ]
)


def writable(found: Sequence[Layer], path: str, *, must_exist: bool = False) -> bool:
    """Tell whether appuser can write to a folder, or make it first unless `must_exist`."""
    if must_exist and first_missing(found, path) is not None:
        return False
    layer = layer_at(found, path)
    if layer is not None:
        if layer.read_only or layer.nocopy or layer.kind in ("bind", "other"):
            return False
        if layer.kind == "tmpfs":
            # Docker: root's, with the mode of the image's folder; where that lacks one, everybody may write
            return layer.target not in ROOTS_FOLDERS and (layer.target not in WRITABLE or layer.target in OPEN_TO_ALL)
        if layer.target not in ROOTS_FOLDERS and layer.target not in WRITABLE:
            return False
    return path in WRITABLE or any(holds(folder, path) for folder in WRITABLE)


def first_missing(found: Sequence[Layer], path: str) -> str | None:
    """Return the highest folder on the way to `path` that has to be made, None if the folder itself is there."""
    if path in WRITABLE or path in ROOTS_FOLDERS:
        return None
    known = {*ROOTS_FOLDERS, *WRITABLE, *(layer.target for layer in found)}
    for layer in found:
        known.update(_parents(layer.target))
    for folder in [*reversed(_parents(path)), path]:
        if folder not in known:
            return folder
    return None


def _parents(path: str) -> list[str]:
    """The folders above a path, the nearest first."""
    above = []
    while path not in ("/", ""):
        path = cleaned(path.rpartition("/")[0] or "/")
        above.append(path)
    return above
