"""Runs the solution and its single-fault variants on a Docker engine and prints what was predicted and what happened.

    python tools/live_table.py [NAME]...

NAME selects variants by a part of their id (`kafka`, `mysql.user/root`, `solution`). Exit code 1 if anything disagrees,
3 if there is no engine.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.live.running import Run, complaints, missing_engine, outcome, run_solution, run_variant, verdict
from tests.live.variants import Variant, variants

SOLUTION = "solution"


def main(arguments: Sequence[str]) -> int:
    """Run what is selected, a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    names = parser.parse_args(arguments).names
    reason = missing_engine()
    if reason is not None:
        print(reason, file=sys.stderr)
        return 3
    selected = [one for one in (None, *variants()) if not names or any(name in _id(one) for name in names)]
    print("| variant | grade | grade live | seconds |\n|---|---|---|---|", flush=True)
    disagreeing = 0
    for one in selected:
        run = run_solution() if one is None else run_variant(one)
        found = complaints(one, run)
        disagreeing += bool(found)
        print(_row(one, run), flush=True)
        for complaint in found:
            print(f"    {_id(one)}: {complaint}", file=sys.stderr, flush=True)
    print(f"\n{len(selected)} runs, {disagreeing} disagree")
    return 1 if disagreeing else 0


def _id(variant: Variant | None) -> str:
    return SOLUTION if variant is None else variant.id


def _row(variant: Variant | None, run: Run) -> str:
    return f"| {_id(variant)} | {verdict(run.report)} | {outcome(run)} | {run.seconds:.0f} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
