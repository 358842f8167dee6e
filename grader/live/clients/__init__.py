"""Programs that run inside containers: read from here, given to `python -` there, answered in one line of JSON.

They use the libraries of the platform, as its own code does, and nothing of this package.
"""

import json
import os
from typing import Any

from grader.live.process import Ran


def program(name: str) -> bytes:
    """Return the text of a program, `kafka` or `mysql`."""
    with open(os.path.join(os.path.dirname(__file__), f"{name}_client.py"), "rb") as file:
        return file.read()


def answer(ran: Ran) -> dict[str, Any] | None:
    """Return what a program answered, None where it did not come to that."""
    for line in reversed(ran.out.split("\n")):
        if line.startswith("{"):
            try:
                found = json.loads(line)
            except ValueError:
                return None
            return found if isinstance(found, dict) else None
    return None
