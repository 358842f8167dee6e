"""What Compose checks on the merged project before paths are resolved: external volumes, secrets, configs, addresses.

Compose: compose-go 2.9.1 (`validation/`).
"""

from typing import Any

from grader.compose.gotext import quote
from grader.compose.ports import is_address
from grader.compose.reading import EXTERNAL, Reading
from grader.compose.tree import Map, Seq, key_mark, value_mark

_SOURCES = {"configs": ("file", "environment", "content"), "secrets": ("file", "environment")}


def check_declarations(reading: Reading, root: Map) -> None:
    """Refuse declarations that contradict themselves."""
    for name, volume in _maps(root, "volumes"):
        if volume.get("external") is True:
            _check_external(reading, name, volume)
    for section, sources in _SOURCES.items():
        for name, item in _maps(root, section):
            count = sum(source in item for source in sources)
            text = None
            if count > 1:
                text = f"{section}.{name}: {'|'.join(sources)} attributes are mutually exclusive"
            elif not count and "driver" not in item and "external" not in item:
                text = f"{section}.{name}: one of {'|'.join(sources)} must be set"
            if text is not None:
                at = key_mark(root[section].places[name])
                reading.refuse_whole(EXTERNAL, text, (section, name), at, "declaration")
    for name, service in _maps(root, "services"):
        if "develop" in service:
            _check_watched(reading, name, service)
        if "gpus" in service or "deploy" in service:
            for steps in (("gpus",), ("deploy", "resources", "reservations", "devices")):
                _check_devices(reading, service, name, steps)
        ports = service.get("ports")
        if type(ports) is Seq:
            for index, port in enumerate(ports):
                address = port.get("host_ip")
                if type(address) is str and not is_address(address):
                    text = f"services.{name}.ports.[]: invalid ip address: {address}"
                    path = ("services", name, "ports", str(index))
                    reading.refuse_whole(EXTERNAL, text, path, value_mark(ports.places[index]), "port")


def _check_watched(reading: Reading, name: str, service: Map) -> None:
    develop = service["develop"]
    for index, entry in enumerate(develop.get("watch", ()) if type(develop) is Map else ()):
        if entry.get("path") == "":
            path = ("services", name, "develop", "watch", str(index))
            text = f"services.{name}.develop.watch.[].path: value can't be blank"
            reading.refuse_whole(EXTERNAL, text, path, value_mark(entry.places["path"]), "develop")


def _check_devices(reading: Reading, service: Map, name: str, steps: tuple[str, ...]) -> None:
    """Refuse devices that are asked for by number and by name."""
    found: Any = service
    for step in steps:
        found = found.get(step) if type(found) is Map else None
    for index, device in enumerate(found if type(found) is Seq else ()):
        if type(device) is Map and "count" in device and "device_ids" in device:
            path = ("services", name, *steps)
            text = f'{".".join(path)}.[]: "count" and "device_ids" attributes are exclusive'
            at = value_mark(device.places["device_ids"])
            reading.refuse_whole(EXTERNAL, text, (*path, str(index)), at, "declaration")


def _check_external(reading: Reading, name: str, volume: Map) -> None:
    for key in volume:
        if key not in ("name", "external") and not key.startswith("x-"):
            text = f'volumes.{name}: conflicting parameters "external" and {quote(key)} specified'
            at = key_mark(volume.places[key])
            reading.refuse_whole(EXTERNAL, text, ("volumes", name, key), at, "volume_external_conflict")


def _maps(root: Map, section: str) -> list[tuple[str, Map]]:
    declared = root.get(section)
    if type(declared) is not Map:
        return []
    return [(name, item) for name, item in declared.items() if type(item) is Map]
