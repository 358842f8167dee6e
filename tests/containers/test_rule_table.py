"""The table of rules is complete, and no word in it is dead."""

import re
from pathlib import Path

from grader.containers.rules import KAFKA_RULES, MONGODB_RULES, MYSQL_RULES

PACKAGE = Path(__file__).parents[2] / "grader" / "containers"
WORD = re.compile(r'"([a-z]+(?:-[a-z]+)+)"')


def words_in(*paths: Path) -> set[str]:
    """All hyphened words that stand in quotes in modules."""
    found: set[str] = set()
    for path in paths:
        files = path.rglob("*.py") if path.is_dir() else [path]
        for file in files:
            found.update(WORD.findall(file.read_text("utf-8")))
    return found


def test_every_rule_of_kafka_is_in_the_table() -> None:
    """And the other way round; the names of its types of values are put together."""
    words = words_in(PACKAGE / "kafka") | {"value-type", "value-bounds", "value-choice", "volume-shared"}

    assert set(KAFKA_RULES) == words - {"log-in"}


def test_every_rule_of_the_databases_is_in_the_table() -> None:
    """Both share those about files."""
    shared = words_in(PACKAGE / "file_variables.py")

    assert set(MONGODB_RULES) == words_in(PACKAGE / "mongodb.py") | shared
    assert set(MYSQL_RULES) == (words_in(PACKAGE / "mysql") | shared) - {"mysql-service"}
