"""Mounts of services and declared volumes, as Docker Compose resolves them, with their marks."""

from collections.abc import Mapping
from typing import Any

from grader.compose.marks import Mark, Marks
from grader.light_tuple import NamedTuple


class Mount:
    """One mount of a service: `type` bind, volume, tmpfs, npipe, cluster or image.

    `source` is the volume's name, the absolute path of a bind, or None (anonymous volume); `target` the cleaned path in
    the container; `at` the item in the file, `source_at` and `target_at` its parts (equal to `at` where they cannot be
    told apart), `text` its short form after interpolation (None for the long form), `origin` where that comes from.
    """

    __slots__ = ("_places", "read_only", "source", "target", "text", "type")

    def __init__(
        self,
        type: str,
        source: str | None,
        target: str,
        read_only: bool,
        at: Mark,
        source_at: Mark,
        target_at: Mark,
        text: str | None,
        origin: Mark,
    ) -> None:
        self.type = type
        self.source = source
        self.target = target
        self.read_only = read_only
        self.text = text
        self._places: tuple[Mark, Mark, Mark, Mark] | None = (at, source_at, target_at, origin)

    def _find(self) -> tuple[Mark, Mark, Mark, Mark]:
        """Return `at`, `source_at`, `target_at` and `origin`."""
        if self._places is None:
            raise AttributeError("this mount has no places")
        return self._places

    @property
    def at(self) -> Mark:
        """The item in the file."""
        return self._find()[0]

    @property
    def source_at(self) -> Mark:
        """Where the source stands."""
        return self._find()[1]

    @property
    def target_at(self) -> Mark:
        """Where the target stands."""
        return self._find()[2]

    @property
    def origin(self) -> Mark:
        """Where the text comes from."""
        return self._find()[3]

    @property
    def nocopy(self) -> bool:
        """Whether a new volume is not given what the image has at the target."""
        return False

    @property
    def subpath(self) -> str | None:
        """The folder inside the volume that is mounted, None for the volume itself."""
        return None

    @property
    def propagation(self) -> str | None:
        """How mounts inside the folder are seen elsewhere, None if nothing is said."""
        return None

    @property
    def place(self) -> Mark | Marks:
        """The item in the file, with where its text comes from if that is elsewhere."""
        return self.at if self.origin == self.at else Marks(self.at, self.origin)

    def __repr__(self) -> str:
        return f"Mount({self.type!r}, {self.source!r}, {self.target!r}, {self.at})"


class TopVolume(NamedTuple):
    """One declaration under the top-level `volumes:`; what is not written is None. `options`: the `driver_opts`."""

    key: str
    driver: str | None
    external: bool
    name: str | None
    at: Mark
    driver_at: Mark | None
    options: Mapping[str, Any] | None = None
    options_at: Mark | None = None
