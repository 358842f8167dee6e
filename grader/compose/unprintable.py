"""Values that Docker Compose accepts but cannot print as JSON: `docker compose config --format json` ends at the first.

Compose: compose-go 2.9.1 (`types/`), printed by Go's `encoding/json` in the order of its fields, names sorted.
"""

import math
from collections.abc import Iterator
from typing import Any

from grader.compose.decoders import parse_float
from grader.compose.govalues import go_value
from grader.compose.tree import Map, Seq

_SSH_KEY = "json: error calling MarshalJSON for type types.SSHKey: invalid character ':' after top-level value"
# the numbers of a service with a fraction, in the order in which they are printed
_FRACTIONS = (
    ("cpus",),
    ("deploy", "update_config", "max_failure_ratio"),
    ("deploy", "rollback_config", "max_failure_ratio"),
    ("deploy", "resources", "limits", "cpus"),
    ("deploy", "resources", "reservations", "cpus"),
)


def unprintable(root: Map, active: list[str]) -> str:
    """Return Go's message about the first value that is no JSON, `""` if there is none. `active` are the services."""
    services = root.get("services") or {}
    for name in sorted(active):
        service = services[name]
        build = service.get("build")
        ssh = build.get("ssh") if type(build) is Map else None
        if type(ssh) is Map and any(value is not None for value in ssh.values()):
            return _SSH_KEY
        for path in _FRACTIONS:
            found = service
            for step in path:
                found = found.get(step) if type(found) is Map else None
            message = _of_number(parse_float(found) if type(found) is str else found)
            if message:
                return message
    for key in sorted(root):
        if key.startswith("x-"):
            for value in _leaves(root[key]):
                message = _of_number(value)
                if message:
                    return message
    return ""


def _of_number(value: Any) -> str:
    return f"json: unsupported value: {go_value(value)}" if type(value) is float and not math.isfinite(value) else ""


def _leaves(value: Any) -> Iterator[Any]:
    rest = [value]
    while rest:
        item = rest.pop()
        if type(item) is Map:
            rest += [item[key] for key in sorted(item, reverse=True)]
        elif type(item) is Seq:
            rest += reversed(item)
        else:
            yield item
