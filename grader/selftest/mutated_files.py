"""Single faults outside the variables: mounts, declarations, the file itself, and variables that do harm."""

import posixpath
from collections.abc import Callable, Iterator

from grader.exercise import Check
from grader.selftest.edits import Solution

Texts = Iterator[tuple[str, str]]

# variables that no other check asks for and with which a container does not do its work
HARMFUL = {
    "mongodb": (("MONGO_INITDB_ROOT_USERNAME", "admin"), ("MONGO_INITDB_ROOT_PASSWORD", "secret")),
    "kafka": (
        ("KAFKA_ADVERTISED_HOST", "kafka"),
        ("KAFKA_MIN_INSYNC_REPLICAS", "2"),
        ("KAFKA_NUM_PARTITIONS", "0"),
        ("KAFKA_CONTROL_PLANE_LISTENER_NAME", "CONTROLLER"),
    ),
    "mysql": (("MYSQL_ROOT_PASSWORD_FILE", "/run/secrets/root"),),
}


def _named_volume(solution: Solution, check: Check) -> Texts:
    service, target = check.service or "", check.parameters["target"]
    mount = next(mount for mount in solution.project.services[service].volumes if mount.target == target)
    yield "mount left out", solution.with_mount(service, target, None)
    yield "bind mount", solution.with_mount(service, target, f"./data:{target}")
    yield "anonymous volume", solution.with_mount(service, target, target)
    yield "read-only", solution.with_mount(service, target, f"{mount.source}:{target}:ro")
    yield "mounted on the parent", solution.with_mount(service, target, f"{mount.source}:{posixpath.dirname(target)}")
    for other in solution.project.services.values():
        if other.name == service:
            break
        for theirs in other.volumes:
            if theirs.type == "volume":
                yield f"the volume of {other.name}", solution.with_mount(service, target, f"{theirs.source}:{target}")


def _bind_mount(solution: Solution, check: Check) -> Texts:
    service, target, source = check.service or "", check.parameters["target"], check.parameters["source"]
    yield "mount left out", solution.with_mount(service, target, None)
    yield "without ./", solution.with_mount(service, target, f"{source.removeprefix('./')}:{target}")
    yield "another folder", solution.with_mount(service, target, f"./elsewhere:{target}")
    yield "a path alone", solution.with_mount(service, target, target)
    volume = next(iter(solution.project.volumes))
    yield "a named volume", solution.with_mount(service, target, f"{volume}:{target}")
    yield "another target", solution.with_mount(service, target, f"{source}:/elsewhere")


def _volumes_declared(solution: Solution, check: Check) -> Texts:
    for volume in solution.project.volumes.values():
        yield f"{volume.key} not declared", solution.with_declaration(volume, None)
        yield f"{volume.key} external", solution.with_declaration(volume, "{external: true}")
        yield (
            f"{volume.key} renamed",
            solution.with_declaration(volume._replace(key=volume.key + "x"), "{driver: local}"),
        )


def _volumes_driver(solution: Solution, check: Check) -> Texts:
    for volume in solution.project.volumes.values():
        yield f"{volume.key} with nfs", solution.with_declaration(volume, "{driver: nfs}")


def _volumes_only_named(solution: Solution, check: Check) -> Texts:
    last = list(solution.project.volumes.values())[-1]
    indent = " " * (last.at.column - 1)
    yield (
        "one declared too many",
        solution.with_declaration(last, f"{{driver: local}}\n{indent}spare: {{driver: local}}"),
    )
    for service in solution.project.services.values():
        if service.name not in check.parameters["services"]:
            yield f"a volume in {service.name}", solution.added_mount(service.name, f"{last.key}:/cache")


def _compose_accepts(solution: Solution, check: Check) -> Texts:
    for number, line in enumerate(solution.lines, start=1):
        word = line.strip()
        if word in ("environment:", "volumes:"):
            yield (
                f"line {number}: a letter missing",
                solution.with_line(number, line.replace("n", "", 1).replace("m", "", 1)),
            )
        if word.startswith("restart:"):
            yield f"line {number}: no colon", solution.with_line(number, line.replace(":", "", 1))
            yield f"line {number}: unknown key", solution.with_line(number, line.replace("restart", "restrat"))
            yield f"line {number}: a tab", solution.with_line(number, "\t" + line)
            yield f"line {number}: twice", solution.with_line(number, line + line)


def _container_starts(solution: Solution, check: Check) -> Texts:
    service = check.service or ""
    for variable, value in HARMFUL.get(service, ()):
        yield f"{variable} added", solution.with_variable(service, variable, value)


FILE_MUTANTS: dict[str, Callable[[Solution, Check], Texts]] = {
    "named-volume": _named_volume,
    "bind-mount": _bind_mount,
    "volumes-declared": _volumes_declared,
    "volumes-driver": _volumes_driver,
    "volumes-only-named": _volumes_only_named,
    "compose-accepts": _compose_accepts,
    "container-starts": _container_starts,
}
