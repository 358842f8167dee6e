"""docs/platform.md says what is so."""

import re

import pytest

from tests.apps.modules import CONSUMER, ROOT, load

PAGE = ROOT / "docs" / "platform.md"
CHANGES = ("created", "updated", "deleted")
TEXT = PAGE.read_text(encoding="utf-8")


def rows_after(heading: str) -> list[list[str]]:
    """Return the cells of the table rows of a section that begin with a name in code marks."""
    section = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if "| `" in line]


def names(cell: str) -> list[str]:
    """Return what stands in code marks."""
    return re.findall("`([^`]+)`", cell)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)\)", TEXT))))
def test_every_link_leads_somewhere(link: str) -> None:
    """They are relative to the page."""
    assert (PAGE.parent / link).is_file()


def test_the_topics_are_those_of_the_code() -> None:
    """Each with its three types of events."""
    topics = load("shared.kafka.topics").TOPIC_OF_KIND
    expected = [[topic, *(f"{kind}.{change}" for change in CHANGES)] for kind, topic in topics.items()]

    assert expected == [names(" ".join(row)) for row in rows_after("The events")]


def test_the_tables_are_those_of_the_code() -> None:
    """With all their columns, in their order."""
    schema = load("src.db.schema", "mysql.connector", app=CONSUMER)
    of_every_record = columns(schema.RECORD)
    expected = {
        table: [name for name in columns(text) if not text.startswith(schema.RECORD) or name not in of_every_record]
        for table, text in schema.TABLES.items()
    }

    assert expected == {names(row[0])[0]: names(row[1]) for row in rows_after("The tables")}


def columns(text: str) -> list[str]:
    """Return the names of the columns in a part of a CREATE TABLE statement."""
    return re.findall(r"^    ([a-z_]+) [A-Z]", text, re.MULTILINE)
