"""Names that begin with `x-` where any name may stand: Compose takes them for extensions, all the same.

Compose: compose-go 2.9.1 (`loader/loader.go`). What they hold ends up as one entry, a map, of the name `#extensions`.
"""

from grader.compose.govalues import go_value
from grader.compose.tree import Map, new_map

NAME = "#extensions"

_OPEN_MAPS = ("environment", "extra_hosts", "networks", "storage_opt")


def gather_extensions(root: Map) -> None:
    """Put the extensions in the open maps of services and secrets together, in place."""
    secrets = root.get("secrets")
    for secret in secrets.values() if type(secrets) is Map else ():
        if type(secret) is Map and type(secret.get("driver_opts")) is Map:
            _gather(secret["driver_opts"], as_text=False)
    services = root.get("services")
    if type(services) is not Map:
        return
    for service in services.values():
        for key in _OPEN_MAPS:
            value = service.get(key)
            if type(value) is Map:
                _gather(value, as_text=key == "environment")
        build = service.get("build")
        if type(build) is Map and type(build.get("extra_hosts")) is Map:
            _gather(build["extra_hosts"], as_text=False)


def _gather(values: Map, *, as_text: bool) -> None:
    names = [name for name in values if name.startswith("x-")]
    if not names:
        return
    place = values.places[names[0]]
    gathered = new_map()
    for name in names:
        gathered[name], gathered.places[name] = values.pop(name), values.places.pop(name)
    values[NAME] = go_value(gathered) if as_text else gathered
    values.places[NAME] = place
