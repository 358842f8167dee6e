"""Rows that only a newer revision may change.

The same event twice, or an older event after a newer one, changes nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from shared.models import Record
from src.db.connection import Cursor

Value = str | int | bool | datetime
Row = Mapping[str, Value]

RECORD_COLUMNS = ("id", "created_at", "updated_at", "deleted")


def upsert_sql(table: str, columns: Sequence[str]) -> str:
    """Return the statement that inserts a row, or changes it if `revision` is higher than that of the stored row.

    The parameters are the values of RECORD_COLUMNS, of `columns`, and of `revision`. MySQL: assignments run from left
    to right and see what was assigned before, so `revision`, which all others compare, is the last.
    """
    names = [*RECORD_COLUMNS, *columns, "revision"]
    newer = f"new_row.revision > {table}.revision"
    changes = ", ".join(f"{name} = IF({newer}, new_row.{name}, {table}.{name})" for name in names[1:])
    marks = ", ".join(["%s"] * len(names))
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks}) AS new_row ON DUPLICATE KEY UPDATE {changes}"


def store_row(cursor: Cursor, table: str, record: Record, values: Row) -> None:
    """Insert the record or bring its row up to date; `values` are its own columns."""
    times = (_utc(record.created_at), _utc(record.updated_at))
    parameters = (record.id, *times, record.deleted, *values.values(), record.revision)
    cursor.execute(upsert_sql(table, tuple(values)), parameters)


def is_current(cursor: Cursor, table: str, record: Record) -> bool:
    """Tell whether the stored row has this revision: then the rows that belong to it may be replaced.

    The row is locked by the statement before, in the same transaction.
    """
    cursor.execute(f"SELECT revision FROM {table} WHERE id = %s", (record.id,))
    return cursor.fetchone() == (record.revision,)


def replace_children(cursor: Cursor, table: str, owner: str, record: Record, rows: Sequence[Row]) -> None:
    """Replace the rows of `table` whose column `owner` holds the record's id, numbered from 1."""
    cursor.execute(f"DELETE FROM {table} WHERE {owner} = %s", (record.id,))
    for position, row in enumerate(rows, start=1):
        marks = ", ".join(["%s"] * (len(row) + 2))
        cursor.execute(
            f"INSERT INTO {table} ({owner}, position, {', '.join(row)}) VALUES ({marks})",
            (record.id, position, *row.values()),
        )


def _utc(moment: datetime) -> datetime:
    """MySQL: a DATETIME has no time zone; ours are all in UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None)
