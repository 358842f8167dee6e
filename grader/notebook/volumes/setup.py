"""What a laboratory needs to know of one service: its image, its mounts, and where it keeps its data."""

import json
import posixpath
from collections.abc import Sequence
from typing import Literal, NamedTuple

from grader.compose.errors import Unreadable
from grader.compose.files import MemoryFiles
from grader.compose.loader import load
from grader.compose.model import Project
from grader.compose.mounted import Mount
from grader.compose.request import Request
from grader.containers import disk, mongodb
from grader.containers.kafka import configuration as kafka
from grader.containers.kafka import image_folders
from grader.containers.mysql import problems as mysql

Kind = Literal["named", "anonymous", "bind", "tmpfs"]

FOLDER = "/submission"
NAME = "edit.yml"
UNDECLARED = "undefined volume"  # Compose's words; the laboratory declares what an edit uses
PLATFORM = "python:3.11-slim"  # what the platform's own images are built on
NOTHING_MOUNTED = "/tmp"  # a folder that every image has


class Image(NamedTuple):
    """An image by its repository: the folders that it declares as volumes, and the one that holds the data."""

    declared: tuple[str, ...]
    data: str


# docker-library/mongo, docker-library/mysql 8.0, cp-kafka 7.6: VOLUME in their Dockerfiles
IMAGES: dict[str, Image] = {
    "mongo": Image(mongodb.DECLARED, mongodb.DATA),
    "mysql": Image((mysql.DATA,), mysql.DATA),
    "confluentinc/cp-kafka": Image(image_folders.DECLARED, kafka.DATA),
    "python": Image((), ""),
}
ALWAYS_RESTARTED = ("always", "unless-stopped", "on-failure")


class Mounted(NamedTuple):
    """One mount: `source` is a volume's key or the folder as a reader knows it (None: a volume without a name)."""

    target: str
    kind: Kind
    source: str | None
    read_only: bool = False
    external: bool = False


class Setup(NamedTuple):
    """One service. `declared` are the folders that the image makes volumes; `known` tells whether they are known."""

    service: str
    image: str
    known: bool
    declared: tuple[str, ...]
    mounts: tuple[Mounted, ...]
    data: str
    restarts: bool


class EditRefused(Exception):
    """Entries of an edit that Compose would not take."""


def read_setup(project: Project, name: str) -> Setup:
    """Read a service of a project. Raises KeyError if there is no such service."""
    service = project.services[name]
    image = PLATFORM if service.image is None or "build" in service.plain else service.image
    known = IMAGES.get(repository(image))
    mounts = tuple(_mounted(mount, project) for mount in service.volumes if mount.type in ("volume", "bind", "tmpfs"))
    layers = disk.layers(service, ())
    mounts += tuple(Mounted(layer.target, "tmpfs", None) for layer in layers if layer.number is None)
    targets = [mount.target for mount in mounts]
    data = known.data if known and known.data else targets[0] if targets else NOTHING_MOUNTED
    restarts = str(service.plain.get("restart", "no")).partition(":")[0] in ALWAYS_RESTARTED
    return Setup(name, image, known is not None, known.declared if known else (), mounts, data, restarts)


def read_entries(entries: Sequence[str]) -> tuple[Mounted, ...]:
    """Read entries of `volumes` as an edit writes them. Raises `EditRefused` with Compose's own words."""
    text = json.dumps({"services": {"container": {"image": "image", "volumes": list(entries)}}})
    try:
        loaded = load(Request(MemoryFiles({NAME: text.encode()}, FOLDER), FOLDER, compose_files=(NAME,)))
    except Unreadable as error:
        raise EditRefused(error.message) from error
    refusals = [refusal.message for refusal in loaded.refusals if UNDECLARED not in refusal.message]
    if refusals:
        raise EditRefused(refusals[0].replace("<f>: ", "").replace("services.container.", ""))
    return tuple(_mounted(mount, loaded.project) for mount in loaded.project.services["container"].volumes)


def repository(image: str) -> str:
    """Return an image's name without registry defaults, tag and digest."""
    name = image.partition("@")[0]
    head, colon, tag = name.rpartition(":")
    if colon and "/" not in tag:
        name = head
    return name.removeprefix("docker.io/").removeprefix("library/")


def _mounted(mount: Mount, project: Project) -> Mounted:
    target = disk.cleaned(mount.target)
    if mount.type == "tmpfs":
        return Mounted(target, "tmpfs", None)
    if mount.type == "bind":
        return Mounted(target, "bind", _folder(mount.source or ".", project.directory), mount.read_only)
    if mount.source is None:
        return Mounted(target, "anonymous", None, mount.read_only)
    top = project.volumes.get(mount.source)
    return Mounted(target, "named", mount.source, mount.read_only, top is not None and top.external)


def _folder(source: str, directory: str) -> str:
    """Return a folder of the computer as it is written: below the project's with a dot."""
    if not disk.holds(directory, source):
        return source
    inside = posixpath.relpath(source, directory)
    return "." if inside == "." else f"./{inside}"
