"""A batch under fire: killed at random moments and started again, until it is through.

python -m bench.submissions CLASS --count 3000
python -m tests.batch.fire CLASS/submissions --kills 20 --seed 1
"""

import argparse
import filecmp
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MAX_SECONDS = 600


def command(submissions: Path, out: Path, *options: str) -> list[str]:
    """Return the command line of one run."""
    return [sys.executable, "-m", "grader", "batch", str(submissions), "--out", str(out), *options]


def killed(line: list[str], after: float) -> bool:
    """Start a run and kill it (SIGKILL) after so many seconds; tell whether it still was at work."""
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def differences(one: Path, other: Path) -> list[str]:
    """Return the files that are not the same in both folders."""
    names = {os.path.relpath(path, folder) for folder in (one, other) for path in folder.rglob("*") if path.is_file()}
    _, different, missing = filecmp.cmpfiles(one, other, sorted(names), shallow=False)
    return different + missing


def run_under_fire(submissions: Path, out: Path, *, kills: int, longest: float, rng: random.Random) -> int:
    """Run a batch, killed up to `kills` times after up to `longest` seconds each; return how many kills it took."""
    done = 0
    while done < kills and killed(command(submissions, out), rng.uniform(0.05, longest)):
        done += 1
    subprocess.run(command(submissions, out), check=True, capture_output=True, timeout=MAX_SECONDS)
    return done


def main() -> None:
    """Compare an undisturbed run with one under fire, and say in how many seconds and kills."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("submissions", type=Path)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        whole, fired = Path(name) / "whole", Path(name) / "fired"
        start = time.monotonic()
        subprocess.run(command(arguments.submissions, whole), check=True, capture_output=True, timeout=MAX_SECONDS)
        seconds = time.monotonic() - start
        # each run finds what the earlier ones did, so that later kills come nearer to the end
        kills = run_under_fire(
            arguments.submissions,
            fired,
            kills=arguments.kills,
            longest=max(seconds / 4, 1.0),
            rng=random.Random(arguments.seed),
        )
        found = differences(whole, fired)
    print(f"undisturbed: {seconds:.1f} s; killed {kills} times; files that differ: {', '.join(found) or 'none'}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
