"""Prints how far the reader agrees with recorded answers of Docker Compose, point by point and by topic.

    python tools/agreement.py [--cases DIR] [--verbose]

Exit code 1 if anything differs.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.compose.forms import answer_to, read_forms
from tests.compose.recorded import CASES, POINTS, answer, copied, differences, read_json, request_of


def main(arguments: Sequence[str]) -> int:
    """Compare every case and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=CASES, metavar="DIR")
    parser.add_argument("--verbose", action="store_true", help="print both sides of every difference")
    options = parser.parse_args(arguments)
    compared: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    topics: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for case in sorted(path for path in options.cases.iterdir() if path.is_dir()):
        expected = read_json(case / "expected.json")
        with tempfile.TemporaryDirectory() as scratch:
            folder = copied(case, Path(scratch).resolve() / "above" / "project")
            found = list(differences(expected, answer(request_of(folder)), folder))
        compared.update(("verdict", "warnings", *(POINTS[1:4] if expected["ok"] else POINTS[5:])))
        wrong.update(point for point, _, _ in found)
        names = read_json(case / "case.json").get("topics", [])
        topics.update(names)
        right.update(names if not found else ())
        for point, wanted, given in found:
            print(f"{case.name}: {point}")
            if options.verbose:
                print(f"    Compose: {wanted}\n    here:    {given}")
    for point in POINTS:
        print(f"{point:20} {compared[point] - wrong[point]:4} of {compared[point]}")
    print("\ncases without any difference, by topic")
    for topic in sorted(topics):
        print(f"  {topic:18} {right[topic]:4} of {topics[topic]}")
    print("\nsingle forms of a service without any difference, by topic")
    for topic, forms in read_forms().items():
        bad = [form for form, said in forms.items() if said != answer_to(form)]
        print(f"  {topic:30} {len(forms) - len(bad):4} of {len(forms)}")
        wrong.update(bad)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
