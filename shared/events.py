"""The envelope in which every change travels through Kafka."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from pydantic import BaseModel, Field, ValidationError

from shared.models import Order, Post, Product, Record, User

EVENT_VERSION: Literal[1] = 1
RECORDS: dict[str, type[Record]] = {"user": User, "product": Product, "order": Order, "post": Post}


class Change(StrEnum):
    """What happened to the record."""

    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"


class UnreadableEvent(Exception):
    """A message is no event of this platform; the text says why."""


class Event(BaseModel):
    """One change: the whole record as it was afterwards, and what happened to it.

    `type` is `KIND.CHANGE`, for example `order.created`; `version` is that of this form of envelope; `time` is when the
    change was stored.
    """

    id: UUID
    type: Annotated[str, Field(pattern="^(user|product|order|post)[.](created|updated|deleted)$")]
    version: Literal[1] = EVENT_VERSION
    time: datetime
    payload: dict[str, Any]

    @property
    def kind(self) -> str:
        """Return the first half of the type: `user`, `product`, `order` or `post`."""
        return self.type.partition(".")[0]


def new_event(kind: str, change: Change, record: Record) -> Event:
    """Wrap a record of the kind (a key of RECORDS) after it was changed."""
    return Event(id=uuid4(), type=f"{kind}.{change}", time=datetime.now(UTC), payload=record.model_dump(mode="json"))


def read_event(body: bytes | None) -> tuple[Event, Record]:
    """Return the event in the body of a message, and its payload as a record.

    Raises UnreadableEvent for everything that `new_event` would not have made.
    """
    if body is None:
        raise UnreadableEvent("the message has no body")
    try:
        event = Event.model_validate_json(body)
    except ValidationError as error:
        raise UnreadableEvent(_first_fault(error)) from error
    try:
        return event, RECORDS[event.kind].model_validate(event.payload)
    except ValidationError as error:
        raise UnreadableEvent(f"payload.{_first_fault(error)}") from error


def _first_fault(error: ValidationError) -> str:
    """Return the place of the first fault and what is wrong there."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"]) or "the body"
    return f"{place}: {first['msg']}"
