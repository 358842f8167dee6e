"""What one side sends, the other side reads; anything else is refused with a reason."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.apps.modules import load

ID = "0123456789abcdef01234567"
NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


def user(**changes: Any) -> Any:
    """Return a valid user."""
    fields = {"username": "maria", "email": "maria@example.com", "full_name": "Maria Lopez"}
    record = {"id": ID, "revision": 1, "created_at": NOON, "updated_at": NOON, **fields, **changes}
    return load("shared.models", "pydantic").User(**record)


def body(**changes: Any) -> bytes:
    """Return the message of an event, some of its fields replaced."""
    events = load("shared.events", "pydantic")
    event = json.loads(events.new_event("user", events.Change.CREATED, user()).model_dump_json())
    return json.dumps({**event, **changes}).encode()


def test_an_event_comes_out_as_it_went_in() -> None:
    """Kind, change and the whole record survive the way through Kafka."""
    events = load("shared.events", "pydantic")
    event, record = events.read_event(body())

    assert ("user.created", "user", 1) == (event.type, event.kind, event.version)
    assert user() == record


def test_further_fields_do_no_harm() -> None:
    """A newer producer may say more than this consumer knows."""
    events = load("shared.events", "pydantic")
    payload = {**user().model_dump(mode="json"), "nickname": "mimi"}

    assert user() == events.read_event(body(payload=payload, trace="x"))[1]


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (None, "no body"),
        (b"", "Invalid JSON"),
        (b"hello", "Invalid JSON"),
        (b"\xff\xfe", "Invalid JSON"),
        (b"[]", "the body"),
        (b"{}", "id: Field required"),
    ],
)
def test_a_message_that_is_no_event_has_a_reason(message: bytes | None, reason: str) -> None:
    """The reason names the place."""
    events = load("shared.events", "pydantic")

    with pytest.raises(events.UnreadableEvent, match=reason):
        events.read_event(message)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"version": 2}, "version"),
        ({"type": "invoice.created"}, "type"),
        ({"type": "user.renamed"}, "type"),
        ({"payload": {}}, r"payload\.id: Field required"),
        ({"payload": {"id": "short"}}, r"payload\.id: String should match"),
        ({"time": "yesterday"}, "time"),
    ],
)
def test_an_event_of_another_kind_has_a_reason(changes: dict[str, Any], reason: str) -> None:
    """An unknown version or type is kept for later, not guessed."""
    events = load("shared.events", "pydantic")

    with pytest.raises(events.UnreadableEvent, match=reason):
        events.read_event(body(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"username": "Maria"},
        {"username": "me"},
        {"email": "maria"},
        {"full_name": "  "},
        {"full_name": "x" * 121},
        {"revision": 0},
    ],
)
def test_a_record_has_limits(changes: dict[str, Any]) -> None:
    """They are those of the MySQL columns, so that what the app takes can be copied."""
    pydantic = load("pydantic", "pydantic")

    with pytest.raises(pydantic.ValidationError):
        user(**changes)


def test_every_kind_has_a_topic_and_a_table() -> None:
    """A new kind of record cannot be forgotten on the way."""
    events, topics = load("shared.events", "pydantic"), load("shared.kafka.topics")
    records = load("src.repositories.records", "pydantic", "mysql.connector", app="apps/mysql_server")

    assert events.RECORDS.keys() == topics.TOPIC_OF_KIND.keys() == records.STORE.keys()
