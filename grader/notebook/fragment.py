"""A piece of a service, the lines of a cell, read as Docker Compose reads it where it belongs in a file."""

import re
from collections.abc import Mapping
from textwrap import dedent, indent
from typing import NamedTuple

from grader.compose.errors import Refusal
from grader.compose.files import MemoryFiles
from grader.compose.loader import load
from grader.compose.model import Loaded, Service
from grader.compose.request import Request
from grader.masking import mask_refusal

FILE = "compose.yml"
FOLDER = "/submission"
SERVICE = "container"
STEP = "  "

_LINE = re.compile(r"\bline (\d+)")
_ABOUT_FILE = re.compile(r"^(?:failed to parse|validating) <f>: ")
_OWN_PLACE = re.compile(r"^yaml: line \d+: ")


class Fragment(NamedTuple):
    """What came of reading a piece. In the file it was put in, `before` lines and `left` columns are in front of it."""

    loaded: Loaded
    before: int
    left: int

    @property
    def service(self) -> Service:
        """The service that the piece makes."""
        return self.loaded.project.services[SERVICE]

    def place(self, refusal: Refusal) -> str:
        """Return `line 2, column 1`, counted in the piece."""
        return f"line {max(refusal.at.line - self.before, 1)}, column {max(refusal.at.column - self.left, 1)}"

    def words(self, refusal: Refusal) -> str:
        """Return Compose's words without its file and service, which nobody wrote, and without a second place."""
        words = _OWN_PLACE.sub("", _ABOUT_FILE.sub("", mask_refusal(refusal)))
        words = _LINE.sub(lambda found: f"line {max(int(found[1]) - self.before, 1)}", words)
        return words.replace("<f>", "it").replace(f"services.{SERVICE}.", "")


def read_fragment(text: str, *, below: str | None = None, shell: Mapping[str, str] | None = None) -> Fragment:
    """Read the keys of a service, or what stands `below` one of them. Raises `Unreadable`."""
    opening = ["services:", f"{STEP}{SERVICE}:", f"{STEP * 2}image: image"]
    if below is not None:
        opening.append(f"{STEP * 2}{below}:")
    left = STEP * (2 if below is None else 3)
    content = "\n".join([*opening, indent(dedent(text), left), ""])
    files = MemoryFiles({FILE: content.encode("utf-8", "replace")}, FOLDER)
    loaded = load(Request(files, FOLDER, compose_files=(FILE,), variables=dict(shell or {})))
    return Fragment(loaded, len(opening), len(left))
