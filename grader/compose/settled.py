"""What the stages of Compose make of the head of a service, which is asked once for all the files that hold it."""

from typing import Any

from grader.compose.canonical import expand
from grader.compose.declarations import check_declarations
from grader.compose.decoding import check_values
from grader.compose.document import Document
from grader.compose.extensions import gather_extensions
from grader.compose.files import MemoryFiles
from grader.compose.held import Head, Part
from grader.compose.interpolation import interpolate
from grader.compose.plain import plain_service
from grader.compose.reading import Reading
from grader.compose.request import Request
from grader.compose.schema_rules import SERVICE
from grader.compose.tree import Map, clone, new_map
from grader.compose.unique import enforce, enforce_again
from grader.compose.validation import validate

# What these mean depends on files, on folders or on other services.
_ELSEWHERE = frozenset(["develop", "env_file", "extends", "label_file", "volumes"])
_BUILD_KEYS = frozenset(["args", "context", "dockerfile", "target"])
_FOLDER = "/"


def head_of(service: Map) -> Head:
    """Return what is known of a head: a service that has nothing else."""
    settled = _settled(service)
    if settled is None:
        return Head(Part(service), None, {})
    return Head(Part(service), Part(settled), plain_service(_reading(), settled))


def _settled(head: Map) -> Map | None:
    """Return the form of a head before paths are resolved; None: it has to go through the stages with its service."""
    build = head.get("build")
    if not (head.keys() <= SERVICE.fields.keys() and _ELSEWHERE.isdisjoint(head) and _is_plain(build)):
        return None
    if not (_is_text(head.get("image")) or _is_text(build) or type(build) is Map):
        return None  # without either of them the service may have been meant as something else
    root = _root(clone(head))
    document = Document(0)
    document.root = root
    reading = _reading()
    interpolate(reading, document)
    enforce(reading, root)
    validate(reading, root)
    expand(reading, root)
    enforce_again(reading, root)
    made: Map = clone(root["services"].get(_NAME))
    check_declarations(reading, root)
    gather_extensions(root)
    check_values(reading, root)
    is_quiet = not reading.ranked and not reading.notices and root["services"].get(_NAME) == made
    return made if is_quiet else None


_NAME = "x"


def _root(head: Map) -> Map:
    root, services = new_map(), new_map()
    root["services"], services[_NAME] = services, head
    root.places["services"] = services.places[_NAME] = next(iter(head.places.values()))
    return root


def _reading() -> Reading:
    reading = Reading(Request(MemoryFiles({}, _FOLDER), _FOLDER))
    reading.directory = _FOLDER
    return reading


def _is_plain(build: Any) -> bool:
    """Tell whether a build is a folder below that of the project, and little else."""
    if type(build) is Map:
        return _BUILD_KEYS.issuperset(build) and _is_plain(build.get("context"))
    return build is None or (_is_text(build) and not build.startswith("~"))


def _is_text(value: Any) -> bool:
    return type(value) is str and value != ""
