"""Options of a mount that Docker refuses: Compose hands them on, and the container does not start.

Docker Engine 28: each was tried with a container of this exercise.
"""

from grader.compose.mounted import Mount
from grader.compose.mounts import PROPAGATIONS


def refused_option(mount: Mount) -> str | None:
    """Say which option of a mount Docker refuses, None if it takes all of them."""
    if mount.type == "bind" and mount.nocopy:
        return "nocopy is an option of a volume: Docker refuses it for a folder of the host, and nothing starts"
    propagation = mount.propagation
    if propagation is None:
        return None
    if mount.type == "volume":
        return f"{propagation} is an option of a folder of the host: Docker refuses it for a volume, and nothing starts"
    if mount.type == "bind" and propagation not in PROPAGATIONS:
        return f"Docker has no propagation {propagation!r}: it refuses the mount, and nothing starts"
    return None
