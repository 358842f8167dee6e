"""Inside one process: a grade with full findings beside the parser's own work for the same text."""

import statistics
import time
from collections.abc import Callable

from yaml._yaml import CParser

ROUNDS = 60
REPEATS = 5
WARM_UP_ROUNDS = 5


def parse_events(text: str) -> int:
    """Read all events of a text with PyYAML's C parser, as the yardstick; return their number."""
    parser = CParser(text)
    count = 0
    while parser.check_event():
        parser.get_event()
        count += 1
    return count


def medians(works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the median time of each work in milliseconds; they take turns."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for round_number in range(WARM_UP_ROUNDS + ROUNDS):
        for name, work in works.items():
            start = time.perf_counter()
            for _ in range(REPEATS):
                work()
            if round_number >= WARM_UP_ROUNDS:
                times[name].append((time.perf_counter() - start) * 1000 / REPEATS)
    return {name: statistics.median(values) for name, values in times.items()}


def grown(solution: str, factor: int) -> str:
    """Return the solution with so many further variables that it is about `factor` times as long."""
    line = "      MORE_SETTINGS_{number}: a text of ordinary length\n"
    wanted = len(solution) * (factor - 1)
    more = "".join(line.format(number=number) for number in range(wanted // len(line)))
    head, found, tail = solution.rpartition("    environment:\n")
    return f"{head}{found}{more}{tail}"
