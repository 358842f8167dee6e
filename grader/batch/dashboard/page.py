"""The page as text: the template with its style and program inside, each allowed to run by its hash alone."""

import base64
import hashlib
import os
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from grader.batch.output_files import GRADEBOOK, LOOK_ALIKES, REGRADE
from grader.reports.html import with_code

if TYPE_CHECKING:
    from jinja2 import Template

_FOLDER = os.path.dirname(os.path.abspath(__file__))


@lru_cache(maxsize=1)
def template() -> "Template":
    """Return the template. To load it takes as long as all that it is filled with: time for it is while others work."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = lambda number: f"{number:,}"
    environment.filters["decimal"] = _decimal
    environment.filters["with_code"] = with_code
    return environment.get_template("dashboard.html")


def render(values: Mapping[str, Any], made: date) -> str:
    """Return the page as HTML."""
    from markupsafe import Markup

    style, program = (_read(os.path.join(_FOLDER, name)) for name in ("dashboard.css", "dashboard.js"))
    return template().render(
        {
            **values,
            "made": f"{made.day} {made:%B %Y}",
            "gradebook": GRADEBOOK,
            "look_alikes": LOOK_ALIKES,
            "regrade": REGRADE,
            "style": Markup(style),
            "style_hash": _hash(style),
            "program": Markup(program),
            "program_hash": _hash(program),
            "data": Markup(escaped_json(values["data"])),
            "listed": values["data"] is not None,
        }
    )


def _read(path: str) -> str:
    # line ends as HTML reads them: the hash is of what the browser sees
    with open(path, encoding="utf-8") as file:
        return file.read().strip("\n")


def _hash(text: str) -> str:
    """Return the source expression of Content-Security-Policy for an element with this text."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _decimal(number: float | None) -> str:
    """Return a number with one decimal at most."""
    return "\N{EN DASH}" if number is None else f"{number:.1f}".removesuffix(".0")


def escaped_json(value: Mapping[str, Any] | None) -> str:
    """Return JSON that can stand inside a script element: no `<`, `>` or `&`, and ASCII only."""
    import json

    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), check_circular=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
