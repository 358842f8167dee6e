"""The generated override file: what lets a submission run beside the student's own stack, and nothing more.

- Ports are published on free ports of 127.0.0.1: the student's own stack may hold the others.
- Container names are left to Compose; the written one stays known inside the networks, as an alias.
- Healthchecks run every few seconds; the skeleton's 90 s would be waited for. MySQL is asked over TCP, because the
  temporary server of its first start has no network: mysqladmin would find it through the socket.
- Volumes and networks with a name of their own get another: the student's data is never touched.
- A folder of the submission written with its full path is mounted from the copy as well.
"""

import json
import os
from collections.abc import Mapping
from typing import Any

from grader.live.session import MYSQL_PING

# the timeout is no shorter than the skeleton's, and longer for a busy computer: mongosh alone may need 5 s there
# nobody waits for these to be healthy, and asking costs a second of processor time (mongosh), more with kafka-topics
HEALTH = {"interval": "10s", "timeout": "20s", "retries": 40, "start_period": "0s"}
MYSQL_HEALTH = {**HEALTH, "interval": "2s", "test": ["CMD", *MYSQL_PING]}
LOOPBACK = "127.0.0.1"

Resolved = Mapping[str, Any]


class Tagged:
    """A value with one of Compose's tags: `!override` replaces what was there, `!reset` removes it."""

    __slots__ = ("tag", "value")

    def __init__(self, tag: str, value: Any) -> None:
        self.tag = tag
        self.value = value


def override_text(resolved: Resolved, *, project: str, submission: str, copy: str) -> str:
    """Return the override file for a project that Compose resolved; `submission` lies in `copy` as well."""
    services = {
        name: _service(name, service, submission=submission, copy=copy)
        for name, service in (resolved.get("services") or {}).items()
    }
    made = {
        "services": {name: changes for name, changes in services.items() if changes},
        "volumes": _named(resolved.get("volumes"), project),
        "networks": _named(resolved.get("networks"), project),
    }
    return write({section: entries for section, entries in made.items() if entries})


def _service(name: str, service: Resolved, *, submission: str, copy: str) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if service.get("container_name"):
        changes["container_name"] = Tagged("!reset", None)
        aliases = {"aliases": [service["container_name"]]}
        networks = dict.fromkeys(service.get("networks") or {}, aliases)
        if networks and not service.get("network_mode"):
            changes["networks"] = networks
    if service.get("build") and service.get("image"):
        changes["image"] = Tagged("!reset", None)  # the built image would take the name of the student's
    if service.get("ports"):
        changes["ports"] = Tagged("!override", [_port(port) for port in service["ports"]])
    healthcheck = service.get("healthcheck")
    if healthcheck and not healthcheck.get("disable"):
        changes["healthcheck"] = MYSQL_HEALTH if name == "mysql" else HEALTH
    mounts = [mount for mount in (_mount(one, submission, copy) for one in service.get("volumes") or ()) if mount]
    if mounts:
        changes["volumes"] = mounts
    return changes


def _port(port: Resolved) -> dict[str, Any]:
    return {
        "target": port.get("target"),
        "host_ip": LOOPBACK,
        "protocol": port.get("protocol") or "tcp",
        "mode": port.get("mode") or "ingress",
    }


def _mount(mount: Resolved, submission: str, copy: str) -> dict[str, Any] | None:
    """Return the mount from the copy, None where nothing changes. Compose: mounts of one target are merged."""
    source = str(mount.get("source") or "").replace("$$", "$")
    if mount.get("type") != "bind" or not os.path.isabs(source):
        return None
    relative = os.path.relpath(source, submission)
    if relative == ".." or relative.startswith(".." + os.sep) or os.path.isabs(relative):
        return None
    path = os.path.normpath(os.path.join(copy, relative)).replace("$", "$$")
    return {"type": "bind", "source": path, "target": mount.get("target")}


def _named(entries: Resolved | None, project: str) -> dict[str, Any]:
    """Give whatever has a name of its own, or belongs to somebody else, the name that Compose would choose."""
    made = {}
    for key, entry in (entries or {}).items():
        name = f"{project}_{key}"
        if isinstance(entry, Mapping) and entry.get("name") not in (None, name):
            made[key] = {"name": name}
    return made


def write(value: Any) -> str:
    """Return YAML: JSON with Compose's tags in it."""
    if isinstance(value, Tagged):
        return f"{value.tag} {write(value.value)}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)}: {write(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(write, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
