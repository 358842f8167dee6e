"""Inside one process: a grade with full findings beside the parser's own work for the same text."""

import time
from collections.abc import Callable

import yaml
from yaml._yaml import CParser

ROUNDS = 60
REPEATS = 5
WARM_UP_ROUNDS = 5
# Passwords, users, databases, groups and volumes are free to choose: they differ from student to student.
STUDENTS_OWN_WORDS = (
    "root_password",
    "analytics_password",
    "social_commerce_analytics",
    "mongo-backend",
    "mysql-consumer",
    "mongodb_data",
    "kafka_data",
    "mysql_data",
)


def parse_events(text: str) -> int:
    """Read all events of a text with PyYAML's C parser, as the yardstick; return their number."""
    parser = CParser(text)
    count = 0
    while parser.check_event():
        parser.get_event()
        count += 1
    return count


def list_events(text: str) -> int:
    """Read all events of a text as a user of PyYAML gets them, with the same parser; return their number."""
    return len(list(yaml.parse(text, Loader=yaml.CLoader)))


def least(works: dict[str, tuple[Callable[[str], object], str]]) -> dict[str, float]:
    """Return the least processor time in milliseconds of each work, given with its text.

    They take turns, and no text is ever seen twice: nobody hands in the same file again. The least, because all above
    it is what else the machine does (as `timeit` has it).
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    for round_number in range(WARM_UP_ROUNDS + ROUNDS):
        for name, (work, text) in works.items():
            texts = [varied(text, round_number * REPEATS + number) for number in range(REPEATS)]
            start = time.process_time()
            for other in texts:
                work(other)
            if round_number >= WARM_UP_ROUNDS:
                times[name].append((time.process_time() - start) * 1000 / REPEATS)
    return {name: min(values) for name, values in times.items()}


def varied(solution: str, number: int) -> str:
    """Return the solution as another student writes it: with names, passwords and remarks of their own."""
    text = f"# Student {number}\n{solution}"
    for word in STUDENTS_OWN_WORDS:
        text = text.replace(word, f"{word}_{number}")
    return text


def grown(solution: str, factor: int) -> str:
    """Return the solution with so many further variables that it is about `factor` times as long."""
    line = "      MORE_SETTINGS_{number}: a text of ordinary length\n"
    wanted = len(solution) * (factor - 1)
    more = "".join(line.format(number=number) for number in range(wanted // len(line)))
    head, found, tail = solution.rpartition("    environment:\n")
    return f"{head}{found}{more}{tail}"
