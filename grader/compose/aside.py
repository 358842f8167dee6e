"""Services that the stages of Compose need not see.

Their heads are known, and below stand variables and mounts in the short form, about which there is nothing to say: they
stand aside and come back when the stages are done. Of another service with a known head the stages see the rest.
"""

from typing import Any

from grader.compose.canonical import long_mounts
from grader.compose.decoding import bad_names
from grader.compose.document import Document
from grader.compose.held import Aside
from grader.compose.reading import Reading
from grader.compose.resolve import resolve_build, resolve_service
from grader.compose.schema_parts import SCALAR, is_name
from grader.compose.tree import Map, Seq

_BELOW = frozenset(["environment", "volumes"])
_ONLY_TEXT = frozenset([str])
_LONG_FORM = frozenset(["type", "source", "target"])
_KINDS = frozenset(["bind", "volume"])


def stand_aside(document: Document) -> Aside:
    """Take out of a document what the stages need not see."""
    services: Map = document.root["services"]
    quiet = {name: services[name] for name in document.held if _is_quiet(name, services[name])}
    aside = Aside(services, document.held, quiet)
    for name in quiet:
        del services[name]
    return aside


def bring_back(reading: Reading, aside: Aside, *, is_done: bool) -> None:
    """Put everything back in its order; where the stages are done, paths are absolute by now."""
    services, quiet = aside.services, aside.quiet
    for name, held in aside.heads.items():
        if not is_done:
            held.put_back(is_settled=True)
            continue
        held.put_back_for_good()
        if name in quiet:
            resolve_service(reading, name, held.service, reading.directory)
        else:
            resolve_build(reading, held.service, reading.directory)
    if quiet:
        found = {**services, **quiet}
        services.clear()
        services.update((name, found[name]) for name in aside.order if name in found)


def _is_quiet(name: str, service: Map) -> bool:
    """Tell whether no stage has anything to say about what stands below a head, and bring that into its long form."""
    if not (is_name(name) and _BELOW.issuperset(service)):
        return False
    if "environment" in service and not _are_quiet_variables(name, service["environment"]):
        return False
    return "volumes" not in service or _are_quiet_mounts(service["volumes"])


def _are_quiet_variables(service: str, environment: Any) -> bool:
    if type(environment) is Map:
        names = "\n".join(environment)
        is_plain = SCALAR.plain.issuperset(map(type, environment.values()))
        is_odd = "" in environment or names.count("\n") >= max(len(environment), 1) or "x-" in names
        return is_plain and not is_odd
    if type(environment) is not Seq or not _ONLY_TEXT.issuperset(map(type, environment)):
        return False
    is_unique = len({item.partition("=")[0] for item in environment}) == len(environment)
    return is_unique and next(bad_names(service, environment), None) is None


def _are_quiet_mounts(mounts: Any) -> bool:
    if type(mounts) is not Seq:
        return False
    found: list[Any] = mounts
    if _ONLY_TEXT.issuperset(map(type, mounts)):
        if "~" in "".join(mounts):
            return False  # it may bring a warning
        try:
            found = long_mounts(mounts)
        except ValueError:
            return False
    elif not all(map(_is_quiet_mount, mounts)):
        return False
    if len({mount["target"] for mount in found}) < len(found):
        return False
    mounts[:] = found
    return True


def _is_quiet_mount(mount: Any) -> bool:
    """Tell whether a mount in the long form says what the short one can."""
    if type(mount) is not Map or mount.keys() != _LONG_FORM or not _ONLY_TEXT.issuperset(map(type, mount.values())):
        return False
    return mount["type"] in _KINDS and mount["source"][:1] not in ("", "~") and mount["target"] != ""
