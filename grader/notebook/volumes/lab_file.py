"""The compose file that a laboratory runs: one small container that only sleeps, with the mounts of a service.

Volumes get names of the laboratory's own, folders of the computer are empty ones in its temporary place.
"""

import json
import os
from typing import Any

from grader.notebook.volumes.setup import Mounted, Setup

MEMORY = "64m"
SLEEPER = "trap 'exit 0' TERM; trap 'exit 1' USR1; while :; do sleep 1 & wait $!; done"


class LabFile:
    """The file as it stands now. `mounts` and `edits` are changed by an edit; `save` writes it."""

    def __init__(self, setup: Setup, folder: str, prefix: str) -> None:
        self.mounts = setup.mounts
        self.edits = 0
        self.path = os.path.join(folder, "compose.json")
        self.folders = os.path.join(folder, "folders")
        self.named: dict[str, str] = {}  # the engine's name of a volume -> key in the learner's file
        self.binds: dict[str, str] = {}  # folder of the laboratory -> as it is written
        self._setup = setup
        self._prefix = prefix

    def save(self) -> list[str]:
        """Write the file. Returns the external volumes that must be made before it can be run."""
        known = set(self.named)
        volumes: dict[str, dict[str, Any]] = {}
        entries = [self._entry(mount, volumes) for mount in self.mounts]
        service = {
            "image": self._setup.image,
            "pull_policy": "never",
            "user": "0",
            "network_mode": "none",
            "mem_limit": MEMORY,
            "restart": "unless-stopped" if self._setup.restarts else "no",
            "entrypoint": ["sh", "-c", SLEEPER.replace("$", "$$")],
            "command": [],
            "healthcheck": {"disable": True},
            "environment": {"KATA_LAB_EDIT": str(self.edits)},
            "volumes": entries,
        }
        content = {"services": {"lab": service}, "volumes": volumes}
        with open(self.path, "w", encoding="utf-8") as file:
            json.dump(content, file)
        return [name for name, written in volumes.items() if written["external"] and name not in known]

    def _entry(self, mount: Mounted, volumes: dict[str, dict[str, Any]]) -> dict[str, Any]:
        # a dollar sign would be Compose's
        entry: dict[str, Any] = {"target": mount.target.replace("$", "$$"), "read_only": mount.read_only}
        if mount.kind == "tmpfs":
            return {**entry, "type": "tmpfs"}
        if mount.kind == "bind":
            return {**entry, "type": "bind", "source": self._bind(mount.source or ".")}
        if mount.source is None:
            return {**entry, "type": "volume"}
        name = self._volume(mount.source)
        volumes[name] = {"name": name, "external": mount.external}
        return {**entry, "type": "volume", "source": name}

    def _bind(self, written: str) -> str:
        for place, known in self.binds.items():
            if known == written:
                return place
        place = os.path.realpath(os.path.join(self.folders, str(len(self.binds) + 1)))
        os.makedirs(place)
        self.binds[place] = written
        return place

    def _volume(self, key: str) -> str:
        for name, known in self.named.items():
            if known == key:
                return name
        name = f"{self._prefix}_{len(self.named) + 1}"
        self.named[name] = key
        return name
