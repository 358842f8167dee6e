"""Rarer contradictions inside one service: how it is built, how often it runs, how much it may use.

Compose: compose-go 2.9.1 (`loader/validate.go`).
"""

from collections.abc import Iterator
from typing import Any

from grader.compose.errors import INVALID
from grader.compose.gotext import quote
from grader.compose.tree import Map
from grader.compose.units import parse_size
from grader.light_tuple import NamedTuple


class Contradiction(NamedTuple):
    """A message of Compose, and the key of the service it is about."""

    message: str
    key: str
    kind: str


def of_build(name: str, service: Map, services: dict[str, Map]) -> Iterator[Contradiction]:
    """Yield what contradicts itself in `build`."""
    build = service.get("build")
    if type(build) is not Map:
        return
    if build.get("dockerfile_inline") and build.get("dockerfile"):
        text = f"service {quote(name)} declares mutualy exclusive dockerfile and dockerfile_inline: {INVALID}"
        yield Contradiction(text, "build", "build")
    contexts = build.get("additional_contexts")
    for key, value in contexts.items() if type(contexts) is Map else ():
        if type(value) is not str or not value.startswith("service:"):
            continue
        target = value.removeprefix("service:")
        if target not in services:
            text = f"service {quote(name)} declares unknown service {quote(target)} as additional contexts {key}"
            yield Contradiction(text, "build", "build")
        elif not services[target].get("build"):
            text = f"service {quote(name)} declares non-buildable service {quote(target)} as additional contexts {key}"
            yield Contradiction(text, "build", "build")
    platforms, platform = build.get("platforms"), service.get("platform")
    if platforms and platform and platform not in platforms:
        text = f"service.build.platforms MUST include service.platform {quote(platform)}: {INVALID}"
        yield Contradiction(text, "platform", "build")


def of_build_secrets(name: str, service: Map, secrets: Any) -> Iterator[Contradiction]:
    """Yield the secrets of `build` that are not among those of the project."""
    build = service.get("build")
    for secret in build.get("secrets", ()) if type(build) is Map else ():
        source = secret.get("source", "")
        if source not in (secrets or ()):
            text = f"service {quote(name)} refers to undefined build secret {source}: {INVALID}"
            yield Contradiction(text, "build", "undefined_secret")


def of_watch(name: str, service: Map) -> Iterator[Contradiction]:
    """Yield the places of `develop` from which files would go nowhere."""
    develop = service.get("develop")
    for entry in develop.get("watch", ()) if type(develop) is Map else ():
        if not entry.get("target") and entry.get("action") not in (None, "rebuild", "restart"):
            text = f"services.{name}.develop.watch: target is required for non-rebuild actions: {INVALID}"
            yield Contradiction(text, "develop", "develop")


def of_scale(name: str, service: Map) -> Iterator[Contradiction]:
    """Yield what contradicts itself in the number of containers and in their limits."""
    deploy: Any = service.get("deploy")
    scale = _count(service.get("scale"))
    replicas = _count(deploy.get("replicas")) if type(deploy) is Map else None
    if scale is not None and replicas is not None and scale != replicas:
        text = f"services.{name}: can't set distinct values on 'scale' and 'deploy.replicas': {INVALID}"
        yield Contradiction(text, "scale", "scale")
    if scale is not None and scale < 0:
        yield Contradiction(f"services.{name}.scale: must be greater than or equal to 0", "scale", "scale")
    elif replicas is not None and replicas < 0:
        text = f"services.{name}.deploy.replicas: must be greater than or equal to 0"
        yield Contradiction(text, "deploy", "scale")
    if type(deploy) is Map:
        yield from _of_limits(name, service, deploy)
    count = replicas if scale is None else scale
    if count is not None and count > 1 and service.get("container_name"):
        word = "deploy.replicas" if scale is None else "scale"
        text = f"services.{word}: can't set container_name and {name} as container name must be unique: {INVALID}"
        yield Contradiction(text, "container_name", "scale")


def _count(value: Any) -> int | None:
    """Return a number as Go's `int` holds it: what is too large for it turns negative."""
    if type(value) is float:
        value = int(value) if -(2.0**63) <= value < 2.0**63 else -1
    if type(value) is not int:
        return None
    return value if -(2**63) <= value < 2**63 else -1


def _of_limits(name: str, service: Map, deploy: Map) -> Iterator[Contradiction]:
    resources = deploy.get("resources")
    if type(resources) is not Map:
        return
    for key, section, inner in (
        ("cpus", "limits", "cpus"),
        ("mem_limit", "limits", "memory"),
        ("mem_reservation", "reservations", "memory"),
        ("pids_limit", "limits", "pids"),
    ):
        limits = resources.get(section)
        mine = _amount(service.get(key), inner)
        if mine and type(limits) is Map and _amount(limits.get(inner), inner) != mine:
            text = f"services.{name}: can't set distinct values on '{key}' and 'deploy.resources.{section}.{inner}'"
            yield Contradiction(f"{text}: {INVALID}", key, "scale")


def _amount(value: Any, kind: str) -> float:
    if type(value) is not str:
        return float(value or 0)
    try:
        return parse_size(value) if kind == "memory" else float(value)
    except ValueError:
        return 0
