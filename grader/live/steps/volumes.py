"""The data lies in the named volumes, and no volume without a name has grown."""

from grader.live.project import Container, MountPoint
from grader.live.session import Session, StepFinding, passed

ID = "volumes"
TITLE = "The data lies in named volumes"
LIMIT_SECONDS = 60.0
ATTEMPT_SECONDS = 20.0
NEEDS = ("running",)
SERVICES: tuple[str, ...] = ()

DATA = {"mongodb": "/data/db", "kafka": "/var/lib/kafka/data", "mysql": "/var/lib/mysql"}
MAX_EMPTY_KIB = 64  # a folder of an image's own, /data/configdb or /etc/kafka/secrets, that nobody writes to


def run(session: Session) -> StepFinding:
    """Look at the mounts that the engine made, and into those without a name."""
    containers = session.project.containers()
    for service in (name for name in DATA if name in containers):
        message = _misplaced(session, containers[service])
        if message:
            owners = (f"{service}.data-volume", "kafka.log-dirs", "volumes.*")
            return session.failed(message, owners=owners)
    return passed()


def _misplaced(session: Session, container: Container) -> str | None:
    service, path = container.service, DATA[container.service]
    mount = next((mount for mount in container.mounts if mount.target == path), None)
    if mount is None:
        return f"Nothing is mounted at {path}, where {service} keeps its data."
    if mount.type != "volume":
        return f"At {path} {service} keeps its data in a folder of the host, not in a volume."
    for other in container.mounts:
        if other.anonymous and _grown(session, service, other):
            return f"{service} keeps data at {other.target}, in a volume without a name."
    return None


def _grown(session: Session, service: str, mount: MountPoint) -> bool:
    ran = session.project.ask(service, "du", "-sk", mount.target, seconds=ATTEMPT_SECONDS)
    size = ran.out.split()[0] if ran.out.split() else ""
    return size.isdecimal() and int(size) > MAX_EMPTY_KIB
