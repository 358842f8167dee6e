"""Single-point answers of the real Docker Compose, see `tests/data/compose_probes.json`."""

import json
from pathlib import Path
from typing import Any

PROBES = json.loads((Path(__file__).parents[1] / "data" / "compose_probes.json").read_text("utf-8"))


def probes(section: str) -> list[tuple[Any, Any]]:
    """Return the pairs of what was written and what Compose made of it."""
    return [(written, answer) for written, answer in PROBES[section]["cases"]]
