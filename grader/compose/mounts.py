"""The short form of a mount: `source:target:options`.

Compose: compose-go 2.9.1 (`format/volume.go`). A colon after a single letter at the start of a part belongs to a
Windows drive and does not split.
"""

from grader.compose.paths import clean
from grader.light_tuple import NamedTuple
from grader.remembered import remembered

PROPAGATIONS = frozenset(["rprivate", "private", "rshared", "shared", "rslave", "slave"])


class MountSpec(NamedTuple):
    """The parts of a short form. `target` is as written; `options` are those with a meaning, in order."""

    type: str
    source: str
    target: str
    read_only: bool
    options: tuple[str, ...]

    @property
    def cleaned(self) -> str:
        """The target as Compose uses it."""
        return clean(self.target) if self.target else ""


@remembered
def parse_mount(spec: str) -> MountSpec:
    """Split a short form. Raises `ValueError` with Compose's message."""
    if not spec:
        raise ValueError("invalid empty volume spec")
    if len(spec.encode()) < 3:
        return MountSpec("volume", "", spec, False, ())
    parts = _split(spec)
    if "" in parts[:3]:
        raise ValueError(f"invalid spec: {spec}: empty section between colons")
    if len(parts) > 3:
        raise ValueError(f"invalid spec: {spec}: too many colons")
    source, target = ("", parts[0]) if len(parts) == 1 else (parts[0], parts[1])
    read_only = False
    kept = []
    for option in parts[2].split(",") if len(parts) == 3 else ():
        if option in ("ro", "rw"):
            read_only = option == "ro"
        elif option in PROPAGATIONS or option in ("z", "Z", "nocopy"):
            kept.append(option)
    return MountSpec("bind" if is_path(source) else "volume", source, target, read_only, tuple(kept))


def _split(spec: str) -> list[str]:
    parts = spec.split(":")
    if "$" not in spec and min(map(len, parts)) > 1:
        return parts  # without a variable or a drive
    parts = []
    start = 0  # of the part that is read
    depth = 0  # of `${`, which can be here where a `$$` was written
    for index, character in enumerate(spec):
        if character == "$" and spec[index + 1 : index + 2] == "{":
            depth += 1
        elif character == "}" and depth:
            depth -= 1
        elif character == ":" and not depth and not (index - start == 1 and spec[start].isalpha()):
            parts.append(spec[start:index])
            start = index + 1
    return [*parts, spec[start:]]


def is_path(source: str) -> bool:
    """Tell whether a short form's source is a folder of the host, which makes the mount a bind."""
    if source[:1] in (".", "/", "~") or source.startswith("\\\\"):
        return source != ""
    return source[1:2] == ":" and source[0].isalpha()
