"""How a choice is written: short, on one line, harmless, and the same wherever the submission lies."""

import functools
from collections.abc import Mapping

from grader.compose.mounted import Mount
from grader.reports.clean import clean_line
from grader.shortening import CUT, shorten

MAX_CHOICE_CHARACTERS = 160
MAX_READ_CHARACTERS = 2000  # of a value; the rest is not looked at
MAX_ITEMS = 12  # mounts or volumes in one choice
EMPTY = "(empty)"


def cut(text: str) -> str:
    """Return a text of bounded length."""
    return text if len(text) <= MAX_CHOICE_CHARACTERS else text[: MAX_CHOICE_CHARACTERS - len(CUT)].rstrip() + CUT


@functools.lru_cache(maxsize=512)
def cleaned(value: str) -> str:
    """Return a value as a choice; most values of a class are short, and the same."""
    return cut(clean_line(value)) or EMPTY


def listed(texts: list[str]) -> str | None:
    """Return the first of some texts as one choice; None: there are none."""
    if not texts:
        return None
    shown = ", ".join(texts[:MAX_ITEMS])
    return cut(clean_line(shorten(shown, MAX_READ_CHARACTERS)))


def describe_mount(mount: Mount, directory: str, led_out: Mapping[str, str]) -> str:
    """Return a mount in a short form that does not depend on where the submission lies.

    `kafka_data:/data`, `bind ./apps:/app`, `tmpfs /run`, with `:ro` behind a read-only one. `led_out` tells how
    a source outside of the submission is written.
    """
    source = mount.source or ""
    if mount.type == "bind":
        source = led_out.get(source) or _inside(source, directory)
    kind = "" if mount.type == "volume" else f"{mount.type} "
    text = f"{kind}{source}:{mount.target}" if source else f"{kind}{mount.target}"
    return clean_line(shorten(f"{text}:ro" if mount.read_only else text, MAX_READ_CHARACTERS))


def _inside(source: str, directory: str) -> str:
    if source == directory:
        return "."
    if source.startswith(directory) and source[len(directory) : len(directory) + 1] == "/":
        return f".{source[len(directory) :]}"
    return source
