"""A loaded project as `grade config` prints it, and as recorded answers spell it."""

from typing import Any

from grader.compose.model import Loaded
from grader.compose.mounted import Mount, TopVolume
from grader.compose.project import Places
from grader.compose.unprintable import unprintable

MAX_LEVELS_UP = 2  # folders above the project whose content is shown relative to it


def printed(loaded: Loaded, *, as_json: bool = True) -> dict[str, Any]:
    """Return the data of `grade config --format json`. Without `as_json`, values that are no JSON do not matter.

    Sources of binds inside the project's folder or just above it are relative to it (`.`, `./x`, `../x`, `../../x`),
    others absolute; warnings are those of Docker Compose, each once.
    """
    warnings = sorted({notice.message for notice in loaded.warnings})
    if loaded.refusals:
        first = loaded.refusals[0]
        return {
            "ok": False,
            "error": first.message,
            "line": first.at.line,
            "column": first.at.column,
            "warnings": warnings,
        }
    project = loaded.project
    if as_json and isinstance(project.places, Places):
        message = unprintable(project.places.root, list(project.services))
        if message:
            return {"ok": False, "error": message, "line": None, "column": None, "warnings": warnings}
    services = {
        name: {
            "environment": {key: variable.value for key, variable in service.environment.items()},
            "volumes": [_mount(mount, project.directory) for mount in service.volumes],
        }
        for name, service in project.services.items()
    }
    volumes = {key: _top_volume(volume) for key, volume in project.volumes.items()}
    return {"ok": True, "services": services, "volumes": volumes, "warnings": warnings}


def _mount(mount: Mount, directory: str) -> dict[str, Any]:
    source = mount.source
    if mount.type == "bind" and source is not None:
        source = relative_source(source, directory)
    return {"type": mount.type, "source": source, "target": mount.target, "read_only": mount.read_only}


def relative_source(source: str, directory: str) -> str:
    """Return a bind's source relative to the project where it lies inside it or just above it."""
    if source == directory:
        return "."
    if source.startswith(directory + "/"):
        return f"./{source[len(directory) + 1 :]}"
    above, up = directory, []
    for _ in range(MAX_LEVELS_UP):
        above = above.rpartition("/")[0]
        up.append("..")
        if above and (source + "/").startswith(above + "/"):
            return "/".join([*up, source[len(above) + 1 :]]).rstrip("/")
    return source


def _top_volume(volume: TopVolume) -> dict[str, Any]:
    return {"driver": volume.driver, "external": volume.external, "name": volume.name or None}
