"""What a project asks of the machine beyond the kit: its services, keys, images, builds and mounts.

Judged on what Compose itself resolved, so no spelling, anchor or included file hides anything. Whatever is not known to
be the kit's is listed: a list of what is allowed cannot forget a new way out.
"""

import os
from collections.abc import Iterator, Mapping
from typing import Any

from grader import kit
from grader.compose.model import Loaded, Project
from grader.live.records import Beyond

Resolved = Mapping[str, Any]

SERVICE_KEYS = frozenset(
    {
        "build", "command", "container_name", "depends_on", "entrypoint", "environment", "env_file", "healthcheck",
        "image", "networks", "ports", "restart", "volumes",
    }
)  # fmt: skip
ABSENT: tuple[Any, ...] = (None, [], {}, "", False)
BUILD_KEYS = frozenset({"context", "dockerfile"})
MOUNT_TYPES = frozenset({"bind", "volume", "tmpfs"})
TOP_KEYS = frozenset({"name", "services", "networks", "volumes", "version"})
VOLUME_KEYS = frozenset({"name", "driver", "external", "labels"})
NETWORK_KEYS = frozenset({"name", "driver", "ipam", "labels"})
NETWORK_OF_SERVICE_KEYS = frozenset({"aliases"})
SOCKETS = ("/var/run/docker.sock", "/run/docker.sock")
BUILD_FILES = ("Dockerfile", "requirements.txt", ".dockerignore")


def beyond_reading(loaded: Loaded) -> Iterator[Beyond]:
    """Yield the files outside the submission that Compose would read; judged before Compose is asked at all."""
    for refusal in loaded.refusals:
        if refusal.kind == "outside":
            yield Beyond(".".join(refusal.path) or "file", refusal.message)


def beyond_kit(resolved: Resolved, skeleton: Project, *, folders: tuple[str, ...], in_place: bool) -> Iterator[Beyond]:
    """Yield everything that the kit does not have. `folders` are the submission's and that of its copy."""
    for key in resolved:
        if key not in TOP_KEYS and not key.startswith("x-"):
            yield Beyond(key, f"the kit has no `{key}`")
    for name, service in (resolved.get("services") or {}).items():
        given = skeleton.services.get(name)
        if given is None:
            yield Beyond(f"services.{name}", "the kit has no such service")
        yield from _service(f"services.{name}", service, {} if given is None else given.plain, folders)
    for name, volume in (resolved.get("volumes") or {}).items():
        yield from _volume(f"volumes.{name}", volume or {}, in_place=in_place)
    for name, network in (resolved.get("networks") or {}).items():
        yield from _network(f"networks.{name}", network or {})


def _service(path: str, service: Resolved, given: Resolved, folders: tuple[str, ...]) -> Iterator[Beyond]:
    for key, value in service.items():
        if key not in SERVICE_KEYS and value not in ABSENT:
            yield Beyond(f"{path}.{key}", f"the kit does not use `{key}`")
    for key in ("command", "entrypoint"):
        if service.get(key) not in ABSENT:
            yield Beyond(f"{path}.{key}", "another program than the image's own would be started")
    image = service.get("image")
    if image and not same_image(image, given.get("image")):
        yield Beyond(f"{path}.image", f"{image} is no image of the kit")
    if service.get("build"):
        yield from _build(f"{path}.build", service["build"], given.get("build"), folders)
    for mount in service.get("volumes") or ():
        yield from _mount(f"{path}.volumes", mount, folders)
    known = {port.get("target") for port in given.get("ports") or ()}
    for port in service.get("ports") or ():
        if port.get("target") not in known:
            yield Beyond(f"{path}.ports", f"the kit does not publish port {port.get('target')}")
    for network, options in (service.get("networks") or {}).items():
        for key in options or ():
            if key not in NETWORK_OF_SERVICE_KEYS:
                yield Beyond(f"{path}.networks.{network}.{key}", f"the kit does not use `{key}` here")


def same_image(one: str, other: str | None) -> bool:
    """Tell whether two names mean one image. Docker: without a registry it is Docker Hub's, without a tag `latest`."""
    return other is not None and _full(one) == _full(other)


def _full(name: str) -> str:
    short = name.removeprefix("docker.io/").removeprefix("library/")
    return short if ":" in short.rpartition("/")[2] or "@" in short else f"{short}:latest"


def _build(path: str, build: Resolved, given: Any, folders: tuple[str, ...]) -> Iterator[Beyond]:
    for key, value in build.items():
        if key not in BUILD_KEYS and value not in ABSENT:
            yield Beyond(f"{path}.{key}", f"the kit does not use `{key}`")
    context = str(build.get("context"))
    inside = relative_to(context, folders)
    wanted = os.path.normpath(given["context"]) if isinstance(given, dict) else None
    if inside is None or inside != wanted:
        yield Beyond(f"{path}.context", f"{inside or context} is not the folder that the kit builds")
    elif build.get("dockerfile") not in (None, "Dockerfile"):
        yield Beyond(f"{path}.dockerfile", f"the kit builds with Dockerfile, not {build['dockerfile']}")
    else:
        yield from _changed(path, context, os.path.join(kit.kit_folder(), inside), inside)


def _changed(path: str, context: str, own: str, inside: str) -> Iterator[Beyond]:
    """What a build runs must be the kit's: a changed Dockerfile is another build under the same name."""
    for name in BUILD_FILES:
        if _bytes(os.path.join(context, name)) != _bytes(os.path.join(own, name)):
            yield Beyond(path, f"{inside}/{name} is not the kit's")


def _bytes(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read().replace(b"\r\n", b"\n")  # a clone on Windows may have other line ends
    except OSError:
        return None


def _mount(path: str, mount: Resolved, folders: tuple[str, ...]) -> Iterator[Beyond]:
    kind, source = mount.get("type"), str(mount.get("source") or "").replace("$$", "$")
    if kind not in MOUNT_TYPES:
        yield Beyond(path, f"the kit has no mounts of the type {kind}")
    elif kind == "bind" and (source in SOCKETS or os.path.realpath(source) in SOCKETS):
        yield Beyond(path, f"{source} gives the container power over the whole engine")
    elif kind == "bind" and relative_to(source, folders) is None:
        yield Beyond(path, f"{source} is a folder of the host outside the workspace")
    elif kind == "bind" and set(mount.get("bind") or ()) - {"create_host_path", "selinux"}:
        yield Beyond(path, "the kit has no such options of a mount")


def _volume(path: str, volume: Resolved, *, in_place: bool) -> Iterator[Beyond]:
    for key, value in volume.items():
        if key not in VOLUME_KEYS and value not in ABSENT:
            yield Beyond(f"{path}.{key}", f"the kit does not use `{key}`")
    if in_place and volume.get("external"):
        yield Beyond(f"{path}.external", "the volume belongs to something else")


def _network(path: str, network: Resolved) -> Iterator[Beyond]:
    for key, value in network.items():
        if key not in NETWORK_KEYS and value not in ABSENT:
            yield Beyond(f"{path}.{key}", f"the kit does not use `{key}`")
    if network.get("driver") not in (None, "bridge"):
        yield Beyond(f"{path}.driver", f"the kit has no networks of the driver {network['driver']}")
    if network.get("ipam"):
        yield Beyond(f"{path}.ipam", "the kit does not choose addresses")


def relative_to(path: str, folders: tuple[str, ...]) -> str | None:
    """Return `path` relative to the folder it lies in, `apps/mongo_backend`; None where it lies in none of them.

    Both as written and with every symbolic link followed: a link must not lead out.
    """
    real = os.path.realpath(path)
    for folder in folders:
        written = os.path.relpath(path, folder)
        if _within(written) and _within(os.path.relpath(real, os.path.realpath(folder))):
            return os.path.normpath(written).replace(os.sep, "/")
    return None


def _within(relative: str) -> bool:
    return relative != ".." and not relative.startswith(".." + os.sep) and not os.path.isabs(relative)
