"""What a run in place would use although it belongs to another project: its containers, volumes and networks.

A file chooses these names itself (`name:`). Compose only warns, then it takes what is there.
"""

import os
from collections.abc import Iterator, Mapping
from typing import Any

from grader.live.engine import Engine
from grader.live.records import Beyond

PROJECT_LABEL = "com.docker.compose.project"
FOLDER_LABEL = "com.docker.compose.project.working_dir"
KINDS = {"volumes": "volume", "networks": "network"}

Resolved = Mapping[str, Any]


def foreign(engine: Engine, resolved: Resolved, folder: str) -> Iterator[Beyond]:
    """Yield what the engine already has under a name of this project and not from this `folder`."""
    project = str(resolved.get("name"))
    for other in sorted(_folders(engine, project)):
        if _real(other) != _real(folder):
            yield Beyond(
                "name", f"the project {project} was started from {other}, and its containers would be replaced"
            )
    for section, kind in KINDS.items():
        for key, entry in (resolved.get(section) or {}).items():
            if not entry.get("external"):
                yield from _named(engine, f"{section}.{key}.name", kind, str(entry.get("name")), project)


def _folders(engine: Engine, project: str) -> set[str]:
    found = engine.inspect("container", engine.labelled("container", project))
    labels = [_labels(data.get("Config")) for data in found]
    return {one[FOLDER_LABEL] for one in labels if one.get(FOLDER_LABEL)}


def _named(engine: Engine, path: str, kind: str, name: str, project: str) -> Iterator[Beyond]:
    for data in engine.inspect(kind, [name]):
        owner = _labels(data).get(PROJECT_LABEL)
        if owner is None:
            yield Beyond(path, f"there is a {kind} {name} already, and Compose has not made it")
        elif owner != project:
            yield Beyond(path, f"the {kind} {name} belongs to the project {owner}")


def _labels(data: object) -> Mapping[str, str]:
    """Return the labels of what `docker inspect` has printed; Docker: null where there are none."""
    labels = data.get("Labels") if isinstance(data, dict) else None
    return labels if isinstance(labels, dict) else {}


def _real(folder: str) -> str:
    return os.path.normcase(os.path.realpath(folder))
