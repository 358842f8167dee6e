"""How records become rows: the newer revision wins, whatever comes first and however often."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from tests.apps.modules import CONSUMER, load

ID = "0123456789abcdef01234567"
PRODUCT = "89abcdef0123456789abcdef"
NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
LIBRARIES = ("pydantic", "mysql.connector")


class Cursor:
    """A cursor that remembers what was executed; `revision` is what the database answers."""

    def __init__(self, revision: int) -> None:
        self.revision = revision
        self.statements: list[tuple[str, tuple[Any, ...]]] = []

    def execute(self, statement: str, parameters: tuple[Any, ...]) -> None:
        """Remember the statement."""
        self.statements.append((statement, parameters))

    def fetchone(self) -> tuple[int]:
        """Answer the question for the revision."""
        return (self.revision,)


def order(**changes: Any) -> Any:
    """Return a valid order with one line."""
    line = {"product_id": PRODUCT, "product_name": "Tea pot", "unit_price_cents": 1990, "quantity": 2}
    fields = {"user_id": ID, "items": [line], "total_cents": 3980, "created_at": NOON, "updated_at": NOON}
    return load("shared.models", "pydantic").Order(**{"id": ID, "revision": 2, **fields, **changes})


def stored(record: Any, *, revision: int) -> list[tuple[str, tuple[Any, ...]]]:
    """Return what is executed for an order where the database then holds `revision`."""
    cursor = Cursor(revision)
    load("src.repositories.records", *LIBRARIES, app=CONSUMER).STORE["order"](cursor, record)
    return cursor.statements


def test_a_row_changes_only_for_a_newer_revision() -> None:
    """Every column asks, and `revision`, which they ask for, comes last."""
    rows = load("src.repositories.rows", *LIBRARIES, app=CONSUMER)
    statement = rows.upsert_sql("posts", ("text",))
    changes = statement.partition("ON DUPLICATE KEY UPDATE ")[2].split(", ")
    names = [change.partition(" = IF(new_row.revision > posts.revision")[0] for change in changes if " = " in change]

    assert ["created_at", "updated_at", "deleted", "text", "revision"] == names


def test_every_value_has_its_mark() -> None:
    """As many parameters as marks, the id first and the revision last."""
    statement, parameters = stored(order(), revision=2)[0]

    assert statement.count("%s") == len(parameters)
    assert (ID, 2) == (parameters[0], parameters[-1])


def test_the_lines_of_the_current_revision_are_replaced() -> None:
    """Lines that are no longer in the order must not stay."""
    statements = [statement.split(" (")[0] for statement, _ in stored(order(), revision=2)]

    assert "DELETE FROM order_items WHERE order_id = %s" == statements[2]
    assert "INSERT INTO order_items" == statements[3]


def test_an_older_event_leaves_the_lines_alone() -> None:
    """The row has a higher revision already."""
    assert 2 == len(stored(order(), revision=3))


def test_times_are_stored_in_utc() -> None:
    """A DATETIME of MySQL has no time zone."""
    noon_in_india = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    _, parameters = stored(order(created_at=noon_in_india), revision=2)[0]

    assert NOON.replace(tzinfo=None) == parameters[1]


def test_columns_hold_what_the_models_allow() -> None:
    """Each column of a repository is in its table."""
    tables = load("src.db.schema", *LIBRARIES, app=CONSUMER).TABLES
    statement, _ = stored(order(), revision=2)[0]
    columns = statement.partition("(")[2].partition(")")[0].split(", ")

    assert [] == [column for column in columns if f" {column} " not in tables["orders"]]


def test_a_dead_event_is_cut_to_its_columns() -> None:
    """A long reason must not be a second fault."""
    dead_events = load("src.repositories.dead_events", *LIBRARIES, app=CONSUMER)
    cursor = Cursor(0)
    dead_events.keep(cursor, dead_events.DeadEvent("orders", 0, 7, "r" * 900, b"k" * 900, None))

    assert ("orders", 0, 7, "r" * 500, b"k" * 500, None) == cursor.statements[0][1]
