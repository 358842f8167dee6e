"""Names that are nearly those of a compose file: what downloads, editors and Windows make of `docker-compose.yml`."""

import re
from collections.abc import Iterable

from grader.batch.opening.members import listed
from grader.compose.discovery import OVERRIDE_NAMES

_NUMBER = re.compile(r"(\d+)\D*$")


def is_like(name: str) -> bool:
    """Tell whether a file of this name is meant to be a compose file: `docker-compose (1).yml`, `Compose.YML.txt`."""
    low = name.lower()
    if "compose" not in low or "override" in low:
        return False
    return low.endswith((".yml", ".yaml", ".txt")) or "." not in low


def beside_archive(names: Iterable[str]) -> tuple[str, ...]:
    """Say which side files of Compose lie beside an archive that is the submission: they are not part of it."""
    sides = [name for name in names if name in OVERRIDE_NAMES or name.lower().endswith(".env")]
    return (f"Not read, since it lies beside the archive: {listed(sides)}.",) if sides else ()


def newest_first(name: str) -> tuple[bool, int, str]:
    """Return a key to sort by: YAML before text, and of copies the one with the highest number, which is the newest."""
    stem, _, ending = name.rpartition(".")
    number = _NUMBER.search(stem or ending)
    return (ending.lower() not in ("yml", "yaml"), -int(number[1][:9]) if number else 0, name)
