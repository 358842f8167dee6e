"""Which services are active.

Compose: compose-go 2.9.1 (`types/project.go`), docker/compose 2.40.3. `--profile` wins over `COMPOSE_PROFILES`.
"""

from grader.compose.reading import Reading
from grader.compose.tree import Map


def active_services(reading: Reading, root: Map) -> dict[str, Map]:
    """Return the services without a profile, and those with one that is asked for."""
    services = root.get("services")
    if type(services) is not Map:
        return {}
    asked = set(reading.request.profiles)
    if not asked:
        asked = {name.strip() for name in reading.values.get("COMPOSE_PROFILES", "").split(",")}
    active = {}
    for name, service in services.items():
        profiles = service.get("profiles")
        if not profiles or "*" in asked or not asked.isdisjoint(profiles):
            active[name] = service
    return active
